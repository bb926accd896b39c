package dev.idem.bench.step;

import dev.idem.backend.Backends;
import dev.idem.config.Presets;
import dev.idem.config.RunConfig;
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
 * How long is a whole step at a task's published sizes?
 *
 * <p>{@code trainStep}: a whole inner step (points, noise, target of all copies, network forward and backward, clipping, Adam), which the
 * public PyTorch code is timed at as target and gradient step. {@code samplerSteps}: 20 steps of the reverse process in a row, so that the
 * start is one twentieth, for 1000 points (LJ-55: 128).
 *
 * <p>Two forks of a few seconds: the machine is shared, so medians of many short iterations tell more than long ones; a step of LJ-55 takes
 * seconds, so give it longer ones ({@code -w 8 -r 7}). What a step allocates is a question for {@link AllocationBenchmark}.
 *
 * <p>Other devices than the CPU need a benchmarks.jar with the GPU backend and TornadoVM's flags, see bench/README.md; forks inherit them. The
 * first call of each compiles kernels, so the first iterations mean nothing.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@State(Scope.Benchmark)
public class StepBenchmark {

    private static final int SAMPLER_STEPS = 20;

    /** Task, at the settings of its preset {@code reference}. */
    @Param({"gmm40"})
    public String task;

    /** Name of a device as {@code --device} takes it. */
    @Param({"cpu"})
    public String device;

    /** Worker threads of the CPU backend; others take no notice. */
    @Param({"1", "2"})
    public int threads;

    private Trainer trainer;

    /** Compiles the programs and fills the replay from the prior. */
    @Setup(Level.Trial)
    public void compile() {
        Task target = Tasks.byName(task);
        RunConfig config = RunConfig.of(task, Presets.REFERENCE, 1,
                Presets.of(task, Presets.REFERENCE, target.scale()));
        trainer = new Trainer(target, config, Backends.open(Backends.device(device), threads));
        trainer.startFromPrior();
    }

    /** Frees the threads. */
    @TearDown(Level.Trial)
    public void close() {
        trainer.close();
    }

    /** A whole inner training step. */
    @Benchmark
    public void trainStep() {
        trainer.step(1);
    }

    /** Steps of the reverse process; divide by 20. */
    @Benchmark
    public void samplerSteps() {
        trainer.samplerSteps(SAMPLER_STEPS);
    }
}
