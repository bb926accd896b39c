package dev.idem.eval;

/**
 * Kish's effective number of weighted samples, (Σ w)² / Σ w².
 *
 * <p>Source: Kish, Survey Sampling, 1965. It lies between 1 (one sample has all the weight) and n (all weights are
 * equal).
 */
public final class EffectiveSampleSize {

    private EffectiveSampleSize() {}

    /**
     * Returns the effective number of samples from the logarithms of their weights, up to any common constant.
     *
     * <p>Numerics: weights are scaled by the greatest one before the exponential, so nothing overflows; strict
     * mathematics, summed in the order given.
     *
     * @param logWeights −∞ is a weight of 0; not modified
     * @throws IllegalArgumentException if there are none, one is NaN or +∞, or all are −∞
     */
    public static double ofLogWeights(double[] logWeights) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < logWeights.length; k++) {
            double logWeight = logWeights[k];
            if (Double.isNaN(logWeight) || logWeight == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "logWeights[" + k + "] is " + logWeight + ", must be a number below +∞");
            }
            greatest = Math.max(greatest, logWeight);
        }
        if (greatest == Double.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "logWeights has " + logWeights.length + " values and no finite one, must have at least one");
        }
        double sum = 0;
        double squares = 0;
        for (double logWeight : logWeights) {
            double weight = StrictMath.exp(logWeight - greatest);
            sum += weight;
            squares += weight * weight;
        }
        return sum * sum / squares;
    }
}
