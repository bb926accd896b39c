package dev.idem.cpu;

import java.util.Arrays;
import java.util.List;

/** A maximal run of ops over the same number of samples without sums read inside; run by tiles of samples, pass by pass. */
final class Segment implements Stage {

    private final Tiling tiling;
    private final Pass[] passes;
    private final Partial[] partials;

    Segment(Tiling tiling, List<Pass> passes, List<Partial> partials) {
        this.tiling = tiling;
        this.passes = passes.toArray(Pass[]::new);
        this.partials = partials.toArray(Partial[]::new);
    }

    /** A sum over rows: [chunk][size] partials that a {@link Merge} adds up in chunk order. */
    record Partial(float[] values, int size) {}

    /**
     * A run of ops over the same items, executed together on a tile of rows after the other.
     *
     * @param items items of a sample
     * @param tileRows rows of a tile
     * @param kernels in order
     */
    record Pass(int items, int tileRows, List<Kernel> kernels) {

        void run(Worker worker, int fromSample, int toSample) {
            int end = toSample * items;
            for (int from = fromSample * items; from < end; from += tileRows) {
                worker.enterTile(from);
                int to = Math.min(end, from + tileRows);
                for (int i = 0; i < kernels.size(); i++) {
                    kernels.get(i).run(worker, from, to);
                }
            }
        }
    }

    @Override
    public int chunks() {
        return tiling.chunks();
    }

    @Override
    public void run(Worker worker, int chunk) {
        for (Partial partial : partials) {
            Arrays.fill(partial.values, chunk * partial.size, (chunk + 1) * partial.size, 0f);
        }
        int end = Math.min(tiling.samples(), (chunk + 1) * tiling.chunkSamples());
        for (int from = chunk * tiling.chunkSamples(); from < end; from += tiling.tileSamples()) {
            worker.enter(chunk, from);
            int to = Math.min(end, from + tiling.tileSamples());
            for (Pass pass : passes) {
                pass.run(worker, from, to);
            }
        }
    }
}
