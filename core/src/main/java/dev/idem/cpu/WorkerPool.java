package dev.idem.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs the chunks of a stage on a fixed set of threads, the caller's among them; no allocation per stage.
 *
 * <p>The caller waits for the chunks, not for the threads: on a busy machine a thread that the scheduler wakes too late
 * costs nothing but its help. So a thread may ask for work of a stage that is long over, and what it asks must tell:
 * a <em>ticket</em> is one number that names the stage, its number of chunks and the chunk, and drawing one is a single
 * addition. Whoever holds a ticket of a chunk that exists also holds up the stage, so what it reads of the stage is right.
 *
 * <p>Threads wait for the next stage by spinning for some ten microseconds, then by giving way, then by parking: a training
 * step is a few milliseconds long and has about six stages.
 */
final class WorkerPool implements AutoCloseable {

    private static final int SPINS = 20_000;
    private static final int YIELDS = 50;

    private static final int CHUNK_BITS = 24;
    private static final long CHUNK_MASK = (1L << CHUNK_BITS) - 1;
    private static final int STAGE_SHIFT = 2 * CHUNK_BITS;

    private final Worker[] workers;
    private final Thread[] threads;
    /** [stage number][chunks of the stage][next chunk]. */
    private final AtomicLong tickets = new AtomicLong();
    private final AtomicInteger completed = new AtomicInteger();
    private @Nullable Stage stage;
    private long stageNumber;
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
        completed.setPlain(0);
        stageNumber++;
        tickets.set(stageNumber << STAGE_SHIFT | (long) chunks << CHUNK_BITS); // publishes the two above
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        work(workers[0]);
        for (int waits = 0; completed.get() < chunks; waits++) {
            giveWay(waits);
        }
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            rethrow(thrown);
        }
    }

    /** Nothing is right or wrong by it; it leaves the processor to a thread that has something to do. */
    @SuppressWarnings("ThreadPriorityCheck")
    private static void giveWay(int waits) {
        if (waits < SPINS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
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
        int waits = 0;
        while (!closed) {
            if (isChunk(tickets.get())) {
                work(worker);
                waits = 0;
            } else if (waits < SPINS + YIELDS) {
                giveWay(waits++);
            } else {
                LockSupport.park(this);
            }
        }
    }

    private void work(Worker worker) {
        for (long ticket = tickets.getAndIncrement(); isChunk(ticket); ticket = tickets.getAndIncrement()) {
            try {
                Stage current = stage;
                if (current != null) {
                    current.run(worker, (int) (ticket & CHUNK_MASK));
                }
            } catch (RuntimeException | Error e) { // handed to the thread that runs the program
                failure = e;
            } finally {
                completed.getAndIncrement();
            }
        }
    }

    private static boolean isChunk(long ticket) {
        return (ticket & CHUNK_MASK) < (ticket >>> CHUNK_BITS & CHUNK_MASK);
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }
}
