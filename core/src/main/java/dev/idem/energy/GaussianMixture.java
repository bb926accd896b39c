package dev.idem.energy;

import java.util.Arrays;
import java.util.Objects;

/**
 * A mixture of isotropic Gaussians: E(x) = −ln Σ_m w_m N(x; μ_m, s_m² I), normalised, so that log Z = 0.
 *
 * <p>Immutable. Shapes: weights [mode], means [mode][axis], standardDeviations [mode].
 *
 * <p>Source: the 40-mode mixture of Midgley et al., "Flow annealed importance sampling bootstrap" (arXiv 2208.01893),
 * is the instance {@code gmm40}.
 */
public final class GaussianMixture implements AnalyticEnergy {

    private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

    private final int dimension;
    private final double[] weights; // [mode]
    private final double[] means; // [mode][axis]
    private final double[] standardDeviations; // [mode]

    private GaussianMixture(int dimension, double[] weights, double[] means, double[] standardDeviations) {
        this.dimension = dimension;
        this.weights = weights;
        this.means = means;
        this.standardDeviations = standardDeviations;
    }

    /**
     * Makes a mixture; the weights are divided by their sum.
     *
     * <p>Read, copied: weights [mode], means [mode][axis], standardDeviations [mode].
     *
     * @throws IllegalArgumentException if a size does not match, a weight is not positive and finite, a mean is not
     *             finite or a standard deviation is not positive and finite
     */
    public static GaussianMixture of(int dimension, double[] weights, double[] means, double[] standardDeviations) {
        int modes = weights.length;
        if (dimension < 1 || modes < 1) {
            throw new IllegalArgumentException(
                    "a mixture needs dimension >= 1 and at least one mode, got " + dimension + " and " + modes);
        }
        if (means.length != modes * dimension || standardDeviations.length != modes) {
            throw new IllegalArgumentException("a mixture of " + modes + " modes in dimension " + dimension + " needs "
                    + modes * dimension + " means and " + modes + " standard deviations, got " + means.length + " and "
                    + standardDeviations.length);
        }
        double total = 0;
        for (int mode = 0; mode < modes; mode++) {
            requirePositive("weight", mode, weights[mode]);
            requirePositive("standard deviation", mode, standardDeviations[mode]);
            total += weights[mode];
        }
        for (int i = 0; i < means.length; i++) {
            if (!Double.isFinite(means[i])) {
                throw new IllegalArgumentException(
                        "mean of mode " + i / dimension + " must be finite, got " + means[i]);
            }
        }
        double[] normalised = weights.clone();
        for (int mode = 0; mode < modes; mode++) {
            normalised[mode] /= total;
        }
        return new GaussianMixture(dimension, normalised, means.clone(), standardDeviations.clone());
    }

    private static void requirePositive(String what, int mode, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    what + " of mode " + mode + " must be positive and finite, got " + value);
        }
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public double energy(double[] x, int offset) {
        return -logDensity(x, offset);
    }

    @Override
    public double energyAndForce(double[] x, int offset, double[] force, int forceOffset) {
        return -logDensityAndScore(x, offset, force, forceOffset);
    }

    /** Returns the number of modes. */
    public int modes() {
        return weights.length;
    }

    /** Returns a copy of the weights [mode]; they sum to one. */
    public double[] weights() {
        return weights.clone();
    }

    /** Returns a copy of the means [mode][axis]. */
    public double[] means() {
        return means.clone();
    }

    /** Returns a copy of the standard deviations [mode]. */
    public double[] standardDeviations() {
        return standardDeviations.clone();
    }

    /**
     * Returns the mixture of factor · x: means and standard deviations are multiplied.
     *
     * @throws IllegalArgumentException if factor is not positive and finite
     */
    public GaussianMixture scaled(double factor) {
        requirePositive("scale factor", 0, factor);
        double[] scaledMeans = means.clone();
        double[] scaledDeviations = standardDeviations.clone();
        for (int i = 0; i < scaledMeans.length; i++) {
            scaledMeans[i] *= factor;
        }
        for (int i = 0; i < scaledDeviations.length; i++) {
            scaledDeviations[i] *= factor;
        }
        return new GaussianMixture(dimension, weights, scaledMeans, scaledDeviations);
    }

    /**
     * Returns the mixture convolved with N(0, variance · I), whose score is the exact score of the noised target.
     *
     * @throws IllegalArgumentException if variance is negative or not finite
     */
    public GaussianMixture smoothed(double variance) {
        if (!(variance >= 0) || Double.isInfinite(variance)) {
            throw new IllegalArgumentException("variance must be finite and >= 0, got " + variance);
        }
        double[] widened = standardDeviations.clone();
        for (int mode = 0; mode < widened.length; mode++) {
            widened[mode] = Math.sqrt(widened[mode] * widened[mode] + variance);
        }
        return new GaussianMixture(dimension, weights, means, widened);
    }

    /**
     * Returns the log density ln Σ_m w_m N(x; μ_m, s_m² I) = −E(x), by log-sum-exp in double precision.
     *
     * <p>Read: x [axis] from offset. Not modified.
     */
    public double logDensity(double[] x, int offset) {
        double max = Double.NEGATIVE_INFINITY;
        for (int mode = 0; mode < weights.length; mode++) {
            max = Math.max(max, logTerm(x, offset, mode));
        }
        if (max == Double.NEGATIVE_INFINITY) {
            return max;
        }
        double sum = 0;
        for (int mode = 0; mode < weights.length; mode++) {
            sum += StrictMath.exp(logTerm(x, offset, mode) - max);
        }
        return max + StrictMath.log(sum);
    }

    /**
     * Returns the log density and writes its gradient, Σ_m ρ_m(x) (μ_m − x)/s_m² with ρ the posterior weights.
     *
     * <p>Read: x [axis] from offset. Modified: gradient [axis] from gradientOffset.
     */
    public double logDensityAndScore(double[] x, int offset, double[] score, int scoreOffset) {
        double logDensity = logDensity(x, offset);
        Arrays.fill(score, scoreOffset, scoreOffset + dimension, 0);
        for (int mode = 0; mode < weights.length; mode++) {
            double share = StrictMath.exp(logTerm(x, offset, mode) - logDensity)
                    / (standardDeviations[mode] * standardDeviations[mode]);
            for (int axis = 0; axis < dimension; axis++) {
                score[scoreOffset + axis] += share * (means[mode * dimension + axis] - x[offset + axis]);
            }
        }
        return logDensity;
    }

    private double logTerm(double[] x, int offset, int mode) {
        double squared = 0;
        for (int axis = 0; axis < dimension; axis++) {
            double difference = x[offset + axis] - means[mode * dimension + axis];
            squared += difference * difference;
        }
        double deviation = standardDeviations[mode];
        return StrictMath.log(weights[mode]) - dimension * (0.5 * LOG_TWO_PI + StrictMath.log(deviation))
                - 0.5 * squared / (deviation * deviation);
    }

    /** Returns the root mean square over the axes of the standard deviation of the whole mixture, per coordinate. */
    public double coordinateDeviation() {
        double variance = 0;
        for (int axis = 0; axis < dimension; axis++) {
            double mean = 0;
            double square = 0;
            for (int mode = 0; mode < weights.length; mode++) {
                double mu = means[mode * dimension + axis];
                double deviation = standardDeviations[mode];
                mean += weights[mode] * mu;
                square += weights[mode] * (mu * mu + deviation * deviation);
            }
            variance += square - mean * mean;
        }
        return Math.sqrt(variance / dimension);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GaussianMixture that && dimension == that.dimension
                && Arrays.equals(weights, that.weights) && Arrays.equals(means, that.means)
                && Arrays.equals(standardDeviations, that.standardDeviations);
    }

    @Override
    public int hashCode() {
        return Objects.hash(dimension, Arrays.hashCode(weights), Arrays.hashCode(means),
                Arrays.hashCode(standardDeviations));
    }

    @Override
    public String toString() {
        return "mixture of " + weights.length + " Gaussians in dimension " + dimension;
    }
}
