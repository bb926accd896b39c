package dev.idem.cpu.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Weighs copies as draws from the mixture of all rows' proposals: logWeight = −E − ln q, in units of ln 2, q(y) = Σ_r n_r
 * h_r^(−dimension/2) exp(−|y − x_r|²/(2 h_r)).
 *
 * <p>Numerics: ln q in float by {@link GaussianSumKernel}; the difference in double precision, stored in two floats.
 *
 * <p>Source: the balance heuristic of Veach and Guibas, "Optimally combining sampling techniques for Monte Carlo
 * rendering" (SIGGRAPH 1995).
 */
public final class BalanceKernel {

    private static final double LOG2_E = 1 / StrictMath.log(2);

    private BalanceKernel() {}

    /**
     * Takes the proposals of a batch, for any number of {@link #run} after it.
     *
     * <p>Read: variance [row], firstCopy [row + 1], each from its start. Modified: scratch.
     */
    public static void load(float[] variance, int[] firstCopy, int rows, PoolScratch s) {
        GaussianSumScratch sum = s.sum;
        sum.reserve(rows);
        for (int row = 0; row < rows; row++) {
            sum.peaks[row] = firstCopy[row + 1] - firstCopy[row];
            sum.curvatures[row] = variance[row];
        }
        float half = 0.5f * sum.dimension;
        for (int row = 0; row < rows; row += Lanes.COUNT) {
            FloatVector h = FloatVector.fromArray(Lanes.FLOAT, sum.curvatures, row);
            FloatVector logCount = VectorMath.log(FloatVector.fromArray(Lanes.FLOAT, sum.peaks, row));
            logCount.sub(VectorMath.log(h).mul(half)).mul(GaussianSumKernel.LOG2_E).intoArray(sum.peaks, row);
            FloatVector.broadcast(Lanes.FLOAT, 0.5f * GaussianSumKernel.LOG2_E).div(h).intoArray(sum.curvatures, row);
        }
    }

    /**
     * Weighs consecutive copies.
     *
     * <p>Read: x [row][axis] from its start; points [copy][axis], energy [copy][2], each from its offset; the proposals in
     * scratch. Modified: logWeight [copy][2] from its offset, −∞ where the energy is +∞; scratch.
     */
    public static void run(float[] x, int rows, float[] points, int pointsOffset, int copies, float[] energy,
            int energyOffset, float[] logWeight, int logWeightOffset, PoolScratch s) {
        int dimension = s.sum.dimension;
        for (int first = 0; first < copies; first += GaussianSumScratch.TILE) {
            int count = Math.min(GaussianSumScratch.TILE, copies - first);
            s.sum.load(points, pointsOffset + first * dimension, count);
            GaussianSumKernel.run(x, 0, rows, count, false, s.sum);
            subtract(count, s.sum.logSum, energy, energyOffset + 2 * first, logWeight, logWeightOffset + 2 * first);
        }
    }

    private static void subtract(int count, float[] logDensity, float[] energy, int from, float[] logWeight, int to) {
        for (int copy = 0; copy < count; copy++) {
            double value = (double) energy[from + 2 * copy] + energy[from + 2 * copy + 1];
            double log = value == Double.POSITIVE_INFINITY
                    ? Double.NEGATIVE_INFINITY
                    : -value * LOG2_E - logDensity[copy];
            TwoFloats.write(log, logWeight, to + 2 * copy);
        }
    }
}
