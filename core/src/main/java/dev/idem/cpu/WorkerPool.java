package dev.idem.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs the chunks of a stage on a fixed set of threads, the caller's among them; no allocation per stage.
 *
 * <p>Threads wait for the next stage by spinning for some ten microseconds, then by parking: a training step is a few
 * milliseconds long and has about six stages.
 */
final class WorkerPool implements AutoCloseable {

    private static final int SPINS = 20_000;

    private final Worker[] workers;
    private final Thread[] threads;
    private final AtomicInteger nextChunk = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger epoch = new AtomicInteger();
    private @Nullable Stage stage;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    WorkerPool(int threadCount, int arenaSize) {
        workers = new Worker[threadCount];
        for (int i = 0; i < threadCount; i++) {
            workers[i] = new Worker(arenaSize);
        }
        threads = new Thread[threadCount - 1];
        for (int i = 0; i < threads.length; i++) {
            Worker worker = workers[i + 1];
            threads[i] = new Thread(() -> serve(worker), "idem-worker-" + (i + 1));
            threads[i].setDaemon(true);
            threads[i].start();
        }
    }

    /** Runs all chunks of a stage and returns when they are done; rethrows what a kernel threw. */
    void run(Stage next) {
        int chunks = next.chunks();
        if (chunks == 1 || threads.length == 0) {
            for (int chunk = 0; chunk < chunks; chunk++) {
                next.run(workers[0], chunk);
            }
            return;
        }
        stage = next;
        nextChunk.setPlain(0);
        running.setPlain(threads.length);
        epoch.getAndIncrement(); // publishes the three above
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        work(workers[0], next);
        while (running.get() != 0) {
            Thread.onSpinWait();
        }
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            rethrow(thrown);
        }
    }

    private static void rethrow(Throwable thrown) {
        switch (thrown) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(thrown);
        }
    }

    private void serve(Worker worker) {
        int seen = 0;
        while (true) {
            int spins = 0;
            while (epoch.get() == seen) {
                if (closed) {
                    return;
                }
                if (spins++ < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            seen++;
            Stage current = stage;
            if (current != null) {
                work(worker, current);
            }
            running.getAndDecrement();
        }
    }

    private void work(Worker worker, Stage current) {
        int chunks = current.chunks();
        try {
            for (int chunk = nextChunk.getAndIncrement(); chunk < chunks; chunk = nextChunk.getAndIncrement()) {
                current.run(worker, chunk);
            }
        } catch (RuntimeException | Error e) { // handed to the thread that runs the program
            failure = e;
            nextChunk.set(chunks);
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }
}
