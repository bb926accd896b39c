package dev.idem.cpu;

/** One op, lowered: runs on a range of rows within the worker's current tile. */
@FunctionalInterface
interface Kernel {

    /** Runs rows from {@code from} (inclusive) to {@code to} (exclusive). */
    void run(Worker worker, int from, int to);
}
