package dev.idem.cpu.kernel;

import java.util.Arrays;

/** Working memory of the kernels that pool the copies of a batch, one for each worker: O(dimension · copies + rows). */
public final class PoolScratch {

    final GaussianSumScratch sum;
    final LaneSums laneSums;
    final double[] energy = new double[GaussianSumScratch.TILE]; // [point]
    final float[] tile; // [point][axis]
    final float[] gradient; // [point][axis]

    // The copies of a batch, as PooledScoreKernel.load left them; arrays [axis][copy] have the stride of padded.
    int copies;
    int padded;
    float[] points = new float[0]; // [axis][copy]
    float[] force = new float[0]; // [axis][copy]
    float[] logWeight = new float[0]; // [copy], relative to the largest
    float[] weight = new float[0]; // [copy], of the current row
    int[] liveBlocks = new int[0]; // blocks of 16 copies that the current row reaches
    final float[] lanes = new float[Lanes.LOGICAL];

    /**
     * Makes scratch memory.
     *
     * @throws IllegalArgumentException if dimension is not positive
     */
    public PoolScratch(int dimension) {
        if (dimension < 1) {
            throw new IllegalArgumentException("dimension must be at least 1, got " + dimension);
        }
        sum = new GaussianSumScratch(dimension);
        laneSums = new LaneSums(dimension);
        tile = new float[dimension * GaussianSumScratch.TILE];
        gradient = new float[dimension * GaussianSumScratch.TILE];
    }

    /** Makes room for so many copies; those behind the last, up to a multiple of 16, have weight zero. */
    void reserve(int count) {
        int dimension = laneSums.dimension;
        copies = count;
        int wanted = Math.ceilDiv(count, Lanes.LOGICAL) * Lanes.LOGICAL;
        if (wanted != padded) {
            padded = wanted;
            points = new float[dimension * padded];
            force = new float[dimension * padded];
            logWeight = new float[padded];
            weight = new float[padded];
            liveBlocks = new int[padded / Lanes.LOGICAL];
        }
        Arrays.fill(logWeight, count, padded, Float.NEGATIVE_INFINITY);
    }
}
