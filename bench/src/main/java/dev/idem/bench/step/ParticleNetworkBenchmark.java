package dev.idem.bench.step;

import dev.idem.autodiff.Gradients;
import dev.idem.backend.Session;
import dev.idem.cpu.CpuBackend;
import dev.idem.nn.ClusterNetwork;
import dev.idem.nn.Egnn;
import dev.idem.nn.ParameterLayout;
import dev.idem.nn.RadialBases;
import dev.idem.optim.Optimiser;
import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.CounterOp;
import dev.idem.program.GradientOp;
import dev.idem.program.LossOp;
import dev.idem.program.LossWeight;
import dev.idem.program.NoiseOp;
import dev.idem.program.Program;
import dev.idem.program.ProgramBuilder;
import dev.idem.program.Role;
import dev.idem.schedule.LearningRate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast are the networks of particles at their real sizes?
 *
 * <p>{@code trainStep}: forward, loss, backward, clipping and Adam. {@code samplerStep}: forward with one time for all. The secondary
 * score {@code megaFlop} is how many million operations, two for a multiply-add, the algorithm's own matrix products make in a second:
 * no recomputation, no activations. Read it beside {@link dev.idem.bench.kernel.FmaPeakBenchmark} of the same session, run with as many
 * threads.
 *
 * <p>Performance notes. One core of a virtual machine (Zen 3, 256 bits, JDK 25.0.3) whose cores others use; smallest time of each kernel
 * and tile in some hundred steps of LJ-13, 128 wide, against a ceiling of 98 to 100 GFLOP/s: 54 to 55 % of it in a training step, 56 %
 * for DW-4. Shares: the six products of an edge 70 %, of which the two weight gradients, at 63 GFLOP/s where the others reach 78, a
 * third; the products of particles 12 %; the attention gate 7 %; the move's last layer 6 %; all between particles and pairs 5 %.
 *
 * <p>What was tried:
 * <ul>
 * <li>Dot products of one row after the other: 340 ns for a row of the gate's gradient instead of 200. A row waits for its sums.
 * <li>The gate's gradient as one loop for both of its results: 320 ns, and C2 made an object of one vector in every turn, 1 KB for a
 * row. One method for each result: 200 ns, nothing allocated.
 * <li>Layers to one column as a matrix product: 260 ns for a row of the gradient instead of 140.
 * <li>Tiles of 32, 96 and 128 rows instead of 64: 5 % slower, equal, equal. Twice the samples in a tile: equal.
 * </ul>
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@State(Scope.Benchmark)
public class ParticleNetworkBenchmark {

    private static final double DATA_DEVIATION = 0.7;

    /** Networks: the published one at its published sizes, and the preconditioned one at those of its study. */
    public enum Setting {
        /** Four particles in the plane. */
        DW4(4, 2, 3, 512, 1000),
        /** Thirteen particles. */
        LJ13(13, 3, 5, 512, 1000),
        /** Fifty-five particles. */
        LJ55(55, 3, 5, 128, 128),
        /** Thirteen particles, preconditioned, 64 wide. */
        CLUSTER13(13, 3, 3, 128, 1000);

        final int particles;
        final int axes;
        final int layers;
        final int batch;
        final int sampled;

        Setting(int particles, int axes, int layers, int batch, int sampled) {
            this.particles = particles;
            this.axes = axes;
            this.layers = layers;
            this.batch = batch;
            this.sampled = sampled;
        }

        private int hidden() {
            return this == CLUSTER13 ? 64 : 128;
        }

        private Egnn egnn() {
            return new Egnn(particles, axes, hidden(), layers);
        }

        private ClusterNetwork cluster() {
            return new ClusterNetwork(particles, axes, hidden(), layers, RadialBases.pairs(DATA_DEVIATION),
                    RadialBases.nodes(DATA_DEVIATION));
        }

        ParameterLayout layout() {
            return this == CLUSTER13 ? cluster().layout() : egnn().layout();
        }

        float[] initialParameters() {
            return this == CLUSTER13 ? cluster().initialParameters(1) : egnn().initialParameters(1, false);
        }

        Buffer apply(ProgramBuilder builder, Buffer parameters, Buffer x, Buffer time) {
            return this == CLUSTER13
                    ? cluster().apply(builder, parameters, x, time)
                    : egnn().apply(builder, parameters, x, time);
        }

        /** Returns the operations of the products of one sample, forward: every weight once for each row it meets. */
        double operations() {
            double pairs = particles * (particles - 1) / (this == CLUSTER13 ? 2.0 : 1.0);
            double products = 0;
            for (ParameterLayout.Slice slice : layout().slices()) {
                String name = slice.name();
                boolean perEdge = name.contains(".edge2.") || (name.contains(".move") && !name.contains("Gain"))
                        || name.contains(".gate.") || name.contains(".message.") || name.contains(".radial.");
                boolean perNode = name.contains(".node") || name.contains(".ends.") || name.startsWith("centre.")
                        || name.startsWith("position.");
                if (name.endsWith(".weight") && name.contains(".edge1.")) {
                    products += (2.0 * hidden() * particles + 2 * pairs) * hidden();
                } else if (name.endsWith(".weight")) {
                    products += slice.size() * (perEdge ? pairs : perNode ? particles : 1.0);
                }
            }
            return 2 * products;
        }
    }

    /** Which network at which size. */
    @Param({"DW4", "LJ13", "LJ55", "CLUSTER13"})
    public Setting setting;

    /** Worker threads. */
    @Param({"1", "2"})
    public int threads;

    private Session session;
    private Program train;
    private Program sample;

    /** Operations of the products, for the secondary score. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Work {
        /** Million operations. */
        public long megaFlop;
    }

    /** Compiles the programs and checks that a step gives finite numbers. */
    @Setup(Level.Trial)
    public void compile() {
        Optimiser optimiser = new Optimiser(new LearningRate(1e-3, 0, 100_000, 0.1), 0.9, 0.99, 1e-8, 0.5, 0);
        Optimiser.State state = optimiser.state(setting.layout().size());
        Buffer counter = Counter.buffer("counter");
        Buffer loss = Buffer.floats("loss", 1, 1, Role.OUTPUT);
        train = train(optimiser, state, counter, loss);
        Buffer time = Buffer.floats("sampleTime", 1, 1, Role.STATE);
        Buffer points = Buffer.floats("points", setting.sampled, setting.particles * setting.axes, Role.STATE);
        Buffer output = Buffer.floats("output", setting.sampled, points.columns(), Role.OUTPUT);
        ProgramBuilder builder = new ProgramBuilder("sample", 100);
        builder.add(new GradientOp.Add(setting.apply(builder, state.parameters(), points, time), output, false));
        sample = builder.build();
        session = new CpuBackend(threads).compile(List.of(train, sample));
        session.write(state.parameters(), setting.initialParameters());
        session.write(counter, Counter.start(1));
        session.write(time, new float[] {0.3f});
        float[] start = new float[points.shape().size()];
        for (int i = 0; i < start.length; i++) {
            start[i] = (float) StrictMath.sin(i);
        }
        session.write(points, start);
        session.run(train, 1);
        float[] value = new float[1];
        session.read(loss, value);
        if (!Float.isFinite(value[0])) {
            throw new IllegalStateException("the loss is " + value[0]);
        }
    }

    private Program train(Optimiser optimiser, Optimiser.State state, Buffer counter, Buffer loss) {
        int batch = setting.batch;
        int dimension = setting.particles * setting.axes;
        ProgramBuilder builder = new ProgramBuilder("train", 0);
        Buffer x = builder.scratch("x", batch, dimension);
        builder.add(new NoiseOp.Gaussian(counter, x, 1, builder.stream()));
        Buffer target = builder.scratch("target", batch, dimension);
        builder.add(new NoiseOp.Gaussian(counter, target, 1, builder.stream()));
        Buffer time = Buffer.floats("time", batch, 1, Role.SCRATCH);
        builder.add(new NoiseOp.Times(counter, time, true, builder.stream()));
        Buffer output = setting.apply(builder, state.parameters(), x, time);
        Buffer rowLoss = builder.scratch("rowLoss", batch, 1);
        builder.add(new LossOp.SquaredError(output, target, time, rowLoss, new LossWeight.Unit()));
        builder.add(new LossOp.Mean(rowLoss, loss));
        optimiser.step(builder, Gradients.of(builder, loss, state.parameters()), counter, state);
        builder.add(new CounterOp.Advance(counter, Counter.STEP, 1));
        return builder.build();
    }

    /** Frees the threads. */
    @TearDown(Level.Trial)
    public void close() {
        session.close();
    }

    /** A training step without its target. */
    @Benchmark
    public void trainStep(Work work) {
        session.run(train, 1);
        work.megaFlop += (long) (3e-6 * setting.batch * setting.operations());
    }

    /** The network for a batch of the sampler. */
    @Benchmark
    public void samplerStep(Work work) {
        session.run(sample, 1);
        work.megaFlop += (long) (1e-6 * setting.sampled * setting.operations());
    }
}
