package dev.idem.cpu;

/** The part of one sample among the rows of a tile. */
@FunctionalInterface
interface SampleRows {

    /** Runs rows from {@code from} (inclusive) to {@code to} (exclusive), all of one sample. */
    void run(Worker worker, int sample, int from, int to);

    /** Returns a kernel that hands on its rows sample by sample. */
    static Kernel each(int items, SampleRows part) {
        return (worker, from, to) -> {
            int row = from;
            while (row < to) {
                int sample = row / items;
                int end = Math.min(to, (sample + 1) * items);
                part.run(worker, sample, row, end);
                row = end;
            }
        };
    }
}
