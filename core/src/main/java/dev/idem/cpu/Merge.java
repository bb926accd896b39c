package dev.idem.cpu;

import dev.idem.cpu.kernel.ReductionKernel;

/** Adds the partials of a sum over rows in chunk order, a range of elements per chunk of its own. */
final class Merge implements Stage {

    private static final int RANGE = 8192;

    private final Segment.Partial partial;
    private final int parts;
    private final float[] sum;

    Merge(Segment.Partial partial, int parts, float[] sum) {
        this.partial = partial;
        this.parts = parts;
        this.sum = sum;
    }

    @Override
    public int chunks() {
        return (partial.size() + RANGE - 1) / RANGE;
    }

    @Override
    public void run(Worker worker, int chunk) {
        int from = chunk * RANGE;
        int to = Math.min(partial.size(), from + RANGE);
        ReductionKernel.mergePartials(partial.values(), parts, partial.size(), from, to, sum);
    }
}
