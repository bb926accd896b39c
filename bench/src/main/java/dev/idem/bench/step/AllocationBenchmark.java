package dev.idem.bench.step;

import dev.idem.config.Presets;
import dev.idem.config.RunConfig;
import dev.idem.cpu.CpuBackend;
import dev.idem.task.Task;
import dev.idem.task.Tasks;
import dev.idem.train.Trainer;
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
 * Does a training step allocate? Run with {@code -prof gc} and compare the bytes per call of 1 and of 100 steps.
 *
 * <p>A call makes a record of the progress, some tens of bytes whatever its number of steps, and JMH itself allocates some thousand
 * bytes per iteration, which few calls share. What a step allocates would show a hundred times in the longer call. Average time, because
 * the sample buffers of the sampling mode are counted too. Long warm-up: until C2 has compiled a kernel its vectors are objects.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 4)
@Measurement(iterations = 3, time = 4)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@State(Scope.Benchmark)
public class AllocationBenchmark {

    /** Settings. */
    @Param({Presets.DEFAULT, Presets.REFERENCE})
    public String preset;

    /** Steps of a call. */
    @Param({"1", "100"})
    public int steps;

    /** Worker threads. */
    @Param({"2"})
    public int threads;

    private Trainer trainer;

    /** Compiles the programs. */
    @Setup(Level.Trial)
    public void compile() {
        Task task = Tasks.gmm40();
        RunConfig config = RunConfig.of(task.name(), preset, 1, Presets.of(preset, task.scale()));
        trainer = new Trainer(task, config, new CpuBackend(threads));
        trainer.startFromPrior();
    }

    /** Frees the threads. */
    @TearDown(Level.Trial)
    public void close() {
        trainer.close();
    }

    /** Training steps. */
    @Benchmark
    public void trainSteps() {
        trainer.step(steps);
    }
}
