package dev.idem.bench.step;

import dev.idem.backend.Session;
import dev.idem.cpu.CpuBackend;
import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.CounterOp;
import dev.idem.program.NoiseOp;
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
 * How long does the score target of the 40-mode mixture take at the published sizes: 512 points with 500 copies each, times drawn uniformly,
 * published schedule?
 *
 * <p>Two forks of a few seconds: the machine is shared, so medians of many short iterations tell more than long ones.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@State(Scope.Benchmark)
public class TargetBenchmark {

    private static final int ROWS = 512;
    private static final int COPIES = 500;

    /** Worker threads. */
    @Param({"1", "2"})
    public int threads;

    private Session session;
    private Program target;

    /** Compiles the programs and checks that they give finite numbers. */
    @Setup(Level.Trial)
    public void compile() {
        Task task = Tasks.gmm40();
        Buffer counter = Counter.buffer("counter");
        Buffer copies = Buffer.ints("copies", ROWS, 1, Role.CONSTANT);
        Buffer scores = Buffer.floats("scores", ROWS, 2, Role.OUTPUT);
        target = target(task, counter, copies, scores);
        session = new CpuBackend(threads).compile(List.of(target));
        int[] counts = new int[ROWS];
        Arrays.fill(counts, COPIES);
        session.write(copies, counts);
        session.write(counter, Counter.start(1));
        session.run(target, 1);
        float[] values = new float[ROWS * 2];
        session.read(scores, values);
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalStateException("the target is not finite");
            }
        }
    }

    private static Program target(Task task, Buffer counter, Buffer copies, Buffer scores) {
        ProgramBuilder builder = new ProgramBuilder("target", 0);
        Buffer x = builder.scratch("x", ROWS, 2);
        builder.add(new NoiseOp.Gaussian(counter, x, 1, builder.stream()));
        Buffer time = builder.scratch("time", ROWS, 1);
        builder.add(new NoiseOp.Times(counter, time, false, builder.stream()));
        Buffer variance = builder.scratch("variance", ROWS, 1);
        builder.add(new NoiseOp.Variances(time, variance, new NoiseSchedule.Geometric(1e-5, 1)));
        Buffer denoising = builder.scratch("denoising", ROWS, 2);
        Buffer effective = builder.scratch("effective", ROWS, 1);
        builder.add(new TargetOp.MonteCarloScore(counter, x, variance, copies, scores, denoising, effective,
                task.energy(), false, builder.stream()));
        builder.add(new CounterOp.Advance(counter, Counter.STEP, 1));
        return builder.build();
    }

    /** Frees the threads. */
    @TearDown(Level.Trial)
    public void close() {
        session.close();
    }

    /** The Monte-Carlo target. */
    @Benchmark
    public void target() {
        session.run(target, 1);
    }
}
