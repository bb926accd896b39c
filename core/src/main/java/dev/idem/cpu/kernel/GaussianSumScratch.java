package dev.idem.cpu.kernel;

import java.util.Arrays;

/** Working memory of {@link GaussianSumKernel}, one for each worker: O(components + dimension · 64). */
final class GaussianSumScratch {

    /** Points handled at once, a multiple of 16. */
    static final int TILE = 64;

    final int dimension;
    final float[] points; // [axis][point]
    final float[] logSum = new float[TILE]; // [point]
    final float[] total = new float[TILE]; // [point], relative to the largest term
    final float[] pull; // [axis][point]

    // Of the components of the current sum; whoever calls the kernel writes the first two.
    float[] peaks = new float[0]; // [component]
    float[] curvatures = new float[0]; // [component]
    float[] terms = new float[0]; // [component][lane]

    GaussianSumScratch(int dimension) {
        this.dimension = dimension;
        points = new float[dimension * TILE];
        pull = new float[dimension * TILE];
    }

    /** Makes room for so many components, rounded up to whole vectors. */
    void reserve(int components) {
        int padded = Math.ceilDiv(components, Lanes.LOGICAL) * Lanes.LOGICAL;
        if (peaks.length < padded) {
            peaks = new float[padded];
            curvatures = new float[padded];
            terms = new float[padded * Lanes.COUNT];
        }
    }

    /** Takes consecutive points [point][axis]; those behind the last, up to a multiple of 16, are zero. */
    void load(float[] from, int offset, int count) {
        int end = Math.ceilDiv(count, Lanes.LOGICAL) * Lanes.LOGICAL;
        for (int axis = 0; axis < dimension; axis++) {
            for (int point = 0; point < count; point++) {
                points[axis * TILE + point] = from[offset + point * dimension + axis];
            }
            Arrays.fill(points, axis * TILE + count, axis * TILE + end, 0f);
        }
    }
}
