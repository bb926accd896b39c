package dev.idem.bench.step;

import dev.idem.backend.Session;
import dev.idem.cpu.CpuBackend;
import dev.idem.energy.ParticleEnergy;
import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.CounterOp;
import dev.idem.program.EnergyOp;
import dev.idem.program.MoveRule;
import dev.idem.program.NoiseOp;
import dev.idem.program.PairOp;
import dev.idem.program.Program;
import dev.idem.program.ProgramBuilder;
import dev.idem.program.Role;
import dev.idem.program.TargetOp;
import dev.idem.schedule.NoiseSchedule;
import dev.idem.task.Task;
import dev.idem.task.Tasks;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
 * How long do the energies of particles take at the published sizes?
 *
 * <p>{@code target}: the score target of a batch of relaxed configurations noised at times drawn uniformly (DW-4 and LJ-13:
 * 512 rows with 1000 copies, LJ-55: 128 with 100), clipped at 20 for each particle. {@code move}: one Metropolis-adjusted
 * Langevin step of the same rows.
 *
 * <p>Two forks of a few seconds, as in {@link StepBenchmark}. The rows are relaxed from normal ones by descent and chains, so
 * that as few copies have a weight as in training, and forces are worked out for as few.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@State(Scope.Benchmark)
public class ParticleBenchmark {

    private static final int RELAXING = 300;
    private static final double LARGEST_FORCE = 20;

    /** The task. */
    @Param({"dw4", "lj13", "lj55"})
    public String task;

    /** Worker threads. */
    @Param({"1", "2"})
    public int threads;

    private int rows;
    private ParticleEnergy energy;
    private Buffer counter;
    private Buffer points;
    private Buffer energies;
    private Buffer forces;
    private Buffer steps;
    private Buffer moves;
    private Program target;
    private Program move;
    private Session session;

    /** Relaxes the rows, compiles the programs and checks that energies and scores are finite. */
    @Setup(Level.Trial)
    public void compile() {
        Task chosen = switch (task) {
            case "dw4" -> Tasks.dw4();
            case "lj13" -> Tasks.lj13();
            case "lj55" -> Tasks.lj55();
            default -> throw new IllegalArgumentException("task must be dw4, lj13 or lj55, got " + task);
        };
        energy = (ParticleEnergy) chosen.energy();
        boolean large = energy.particles() > 13;
        rows = large ? 128 : 512;
        counter = Counter.buffer("counter");
        points = state("points", energy.dimension());
        energies = state("energies", 1);
        forces = state("forces", energy.dimension());
        steps = state("steps", 1);
        moves = state("moves", 1);
        Buffer copies = Buffer.ints("copies", rows, 1, Role.CONSTANT);
        Buffer scores = Buffer.floats("scores", rows, energy.dimension(), Role.OUTPUT);
        NoiseSchedule schedule = switch (task) {
            case "dw4" -> new NoiseSchedule.Geometric(1e-5, 3);
            case "lj13" -> new NoiseSchedule.Geometric(0.01, 2);
            default -> new NoiseSchedule.Geometric(0.5, 4);
        };
        target = target(copies, scores, schedule);
        move = move("move", MoveRule.exact(300), 100);
        Program start = start();
        Program descend = move("descend", MoveRule.descent(LARGEST_FORCE, 0.3), 200);
        Program adapt = move("adapt", MoveRule.adapting(300, 0.05), 300);
        session = new CpuBackend(threads).compile(List.of(target, move, start, descend, adapt));
        int[] counts = new int[rows];
        Arrays.fill(counts, large ? 100 : 1000);
        session.write(copies, counts);
        session.write(counter, Counter.start(1));
        float[] sizes = new float[rows];
        Arrays.fill(sizes, 1e-3f);
        session.write(steps, sizes);
        session.run(start, 1);
        session.run(descend, RELAXING);
        Arrays.fill(sizes, 1e-4f);
        session.write(steps, sizes);
        session.run(adapt, RELAXING);
        session.run(target, 1);
        check(energies, 1);
        check(scores, energy.dimension());
    }

    private void check(Buffer buffer, int columns) {
        float[] values = new float[rows * columns];
        session.read(buffer, values);
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalStateException(buffer + " is not finite");
            }
        }
    }

    private Buffer state(String name, int columns) {
        return Buffer.floats(name, rows, columns, Role.STATE);
    }

    private Program start() {
        ProgramBuilder builder = new ProgramBuilder("start", 400);
        builder.add(new NoiseOp.Gaussian(counter, points, 1, builder.stream()));
        builder.add(new PairOp.Displacement(points, null, points, energy.particles()));
        builder.add(new EnergyOp.OfRows(points, energies, forces, energy));
        return builder.build();
    }

    private Program move(String name, MoveRule rule, int stream) {
        ProgramBuilder builder = new ProgramBuilder(name, stream);
        builder.add(new EnergyOp.Move(counter, points, energies, forces, steps, null, moves, energy, rule,
                builder.stream()));
        builder.add(new CounterOp.Advance(counter, Counter.STEP, 1));
        return builder.build();
    }

    private Program target(Buffer copies, Buffer scores, NoiseSchedule schedule) {
        ProgramBuilder builder = new ProgramBuilder("target", 0);
        int dimension = energy.dimension();
        Buffer time = builder.scratch("time", rows, 1);
        builder.add(new NoiseOp.Times(counter, time, false, builder.stream()));
        Buffer variance = builder.scratch("variance", rows, 1);
        builder.add(new NoiseOp.Variances(time, variance, schedule));
        Buffer x = builder.scratch("x", rows, dimension);
        builder.add(new NoiseOp.Perturb(counter, points, variance, x, builder.stream()));
        builder.add(new PairOp.Displacement(x, null, x, energy.particles()));
        Buffer raw = builder.scratch("raw", rows, dimension);
        Buffer denoising = builder.scratch("denoising", rows, dimension);
        Buffer effective = builder.scratch("effective", rows, 1);
        builder.add(new TargetOp.MonteCarloScore(counter, x, variance, copies, raw, denoising, effective, energy,
                false, builder.stream()));
        builder.add(new TargetOp.ClipParts(raw, scores, LARGEST_FORCE, energy.particles()));
        builder.add(new CounterOp.Advance(counter, Counter.STEP, 1));
        return builder.build();
    }

    /** Frees the threads. */
    @TearDown(Level.Trial)
    public void close() {
        session.close();
    }

    /** The Monte-Carlo target with what it needs. */
    @Benchmark
    public void target() {
        session.run(target, 1);
    }

    /** One Metropolis-adjusted Langevin step of every row. */
    @Benchmark
    public void move() {
        session.run(move, 1);
    }
}
