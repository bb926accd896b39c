package dev.idem.train;

import com.sun.management.ThreadMXBean;
import dev.idem.config.Presets;
import dev.idem.config.RunConfig;
import dev.idem.cpu.CpuBackend;
import dev.idem.task.Task;
import dev.idem.task.Tasks;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Counts the bytes that a training step allocates once the compiler has done its work, in a virtual machine whose
 * profiles no other test has spoilt.
 */
final class AllocationProbe {

    private static final int STEPS = 20;
    private static final int ATTEMPTS = 60;

    private AllocationProbe() {}

    /** Writes the bytes of {@value #STEPS} further steps to the file that is the first argument. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), Long.toString(perStep(Tasks.gmm40())));
    }

    /** Returns the bytes that {@value #STEPS} steps of the task's default preset allocate. */
    static long perStep(Task task) {
        RunConfig config = RunConfig.of(task.name(), Presets.DEFAULT, 1,
                Presets.of(task.name(), Presets.DEFAULT, task.scale()));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long one = Long.MAX_VALUE; // a call allocates a little of its own
        long many = Long.MAX_VALUE;
        try (Trainer trainer = new Trainer(task, config, new CpuBackend(1))) {
            trainer.startFromPrior();
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                one = Math.min(one, allocated(threads, trainer, 1));
                many = Math.min(many, allocated(threads, trainer, STEPS + 1));
            }
        }
        return many - one;
    }

    private static long allocated(ThreadMXBean threads, Trainer trainer, int steps) {
        long before = threads.getCurrentThreadAllocatedBytes();
        trainer.step(steps);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
