package dev.idem.cpu.kernel;

import java.util.Arrays;

/** Turns the sums of the 16 logical lanes of a row into the two scores and the effective sample size. */
final class ScoreMerge {

    /** A lane with a larger share of the weight makes the leave-one-lane-out estimate without it meaningless. */
    private static final double LARGEST_SHARE = 0.5;

    private ScoreMerge() {}

    /**
     * Writes a row: targetScore = Σ w (−∇E)/Σ w, denoisingScore = Σ w ε/(Σ w √variance), effectiveSamples = (Σ w)²/Σ
     * w².
     *
     * <p>With bias correction both scores S are replaced by the jackknife G S − (G − 1) mean_j S_{−j} over the G lanes
     * that hold a copy, which removes the bias of order 1/copies; not when one lane has more than half of the weight.
     *
     * <p>Lanes are added in order, in double precision. Where every energy was infinite, everything written is zero.
     *
     * @param lanes number of lanes that hold a copy, at least one
     */
    static void write(LaneSums sums, int lanes, double variance, boolean biasCorrection, float[] target,
            int targetOffset, float[] denoising, int denoisingOffset, float[] effective, int effectiveOffset) {
        double weight = 0;
        double square = 0;
        double largest = 0;
        for (int lane = 0; lane < lanes; lane++) {
            weight += sums.weight[lane];
            square += sums.square[lane];
            largest = Math.max(largest, sums.weight[lane]);
        }
        boolean nowhereFinite = weight == 0 && sums.shift == Double.NEGATIVE_INFINITY;
        if (nowhereFinite) {
            Arrays.fill(target, targetOffset, targetOffset + sums.dimension, 0f);
            Arrays.fill(denoising, denoisingOffset, denoisingOffset + sums.dimension, 0f);
            effective[effectiveOffset] = 0f;
            return;
        }
        effective[effectiveOffset] = (float) (weight * weight / square);
        boolean corrected = biasCorrection && lanes > 1 && largest <= LARGEST_SHARE * weight;
        if (corrected) {
            for (int lane = 0; lane < lanes; lane++) {
                sums.rest[lane] = 1 / (weight - sums.weight[lane]);
            }
        }
        double perDeviation = 1 / Math.sqrt(variance);
        for (int axis = 0; axis < sums.dimension; axis++) {
            int from = axis * Lanes.LOGICAL;
            double force = total(sums.force, from, lanes);
            double step = total(sums.step, from, lanes);
            double targetScore = force / weight;
            double denoisingScore = step / weight;
            if (corrected) {
                targetScore = jackknife(targetScore, force, sums.force, from, sums.rest, lanes);
                denoisingScore = jackknife(denoisingScore, step, sums.step, from, sums.rest, lanes);
            }
            target[targetOffset + axis] = (float) targetScore;
            denoising[denoisingOffset + axis] = (float) (denoisingScore * perDeviation);
        }
    }

    private static double total(double[] sums, int from, int lanes) {
        double total = 0;
        for (int lane = 0; lane < lanes; lane++) {
            total += sums[from + lane];
        }
        return total;
    }

    private static double jackknife(double estimate, double total, double[] sums, int from, double[] weights,
            int lanes) {
        double others = 0;
        for (int lane = 0; lane < lanes; lane++) {
            others += (total - sums[from + lane]) * weights[lane];
        }
        return lanes * estimate - (lanes - 1) * (others / lanes);
    }
}
