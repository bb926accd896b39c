package dev.idem.cpu;

import java.util.Arrays;
import java.util.List;

/** A maximal run of row-wise and reducing ops over the same number of rows, run tile by tile. */
final class Segment implements Stage {

    private final int rows;
    private final int tileRows;
    private final int chunkRows;
    private final Kernel[] kernels;
    private final Partial[] partials;

    Segment(int rows, int tileRows, int chunkRows, List<Kernel> kernels, List<Partial> partials) {
        this.rows = rows;
        this.tileRows = tileRows;
        this.chunkRows = chunkRows;
        this.kernels = kernels.toArray(Kernel[]::new);
        this.partials = partials.toArray(Partial[]::new);
    }

    /** A sum over rows: [chunk][size] partials that a {@link Merge} adds up in chunk order. */
    record Partial(float[] values, int size) {}

    @Override
    public int chunks() {
        return (rows + chunkRows - 1) / chunkRows;
    }

    @Override
    public void run(Worker worker, int chunk) {
        for (Partial partial : partials) {
            Arrays.fill(partial.values, chunk * partial.size, (chunk + 1) * partial.size, 0f);
        }
        int end = Math.min(rows, (chunk + 1) * chunkRows);
        for (int from = chunk * chunkRows; from < end; from += tileRows) {
            worker.enter(chunk, from);
            int to = Math.min(end, from + tileRows);
            for (Kernel kernel : kernels) {
                kernel.run(worker, from, to);
            }
        }
    }
}
