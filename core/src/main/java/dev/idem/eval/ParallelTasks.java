package dev.idem.eval;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/** Runs independent numbered tasks on a few threads of its own; each task writes only to its own place. */
public final class ParallelTasks {

    private ParallelTasks() {}

    /**
     * Runs tasks 0 … count − 1, in no fixed order, and returns when all have ended.
     *
     * @param count number of tasks
     * @param threads at least 1; with 1 the tasks run in order on the calling thread
     * @param task called once for each number
     * @throws CancellationException if the calling thread is interrupted; tasks already begun have ended, the interrupt
     *             flag is set again
     * @throws RuntimeException the first exception of a task; no further tasks begin
     */
    public static void run(int count, int threads, IntConsumer task) {
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable worker = () -> {
            for (int k = next.getAndIncrement(); k < count; k = next.getAndIncrement()) {
                try {
                    task.accept(k);
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                    next.set(count);
                }
                if (Thread.currentThread().isInterrupted()) {
                    next.set(count);
                }
            }
        };
        Thread[] helpers = new Thread[Math.min(threads, count) - 1];
        for (int k = 0; k < helpers.length; k++) {
            helpers[k] = Thread.ofPlatform().daemon().name("idem-eval-" + k).start(worker);
        }
        worker.run();
        joinAll(helpers, next, count);
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while comparing samples");
        }
        switch (failure.get()) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> {
                // all went well: the worker catches nothing else
            }
        }
    }

    /** Waits for all; an interrupt only keeps further tasks from beginning, and is set again. */
    private static void joinAll(Thread[] helpers, AtomicInteger next, int count) {
        boolean interrupted = false;
        for (Thread helper : helpers) {
            while (helper.isAlive()) {
                try {
                    helper.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    next.set(count);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
