package dev.idem.schedule;

/**
 * Learning rate as a function of the number of optimiser steps already made.
 *
 * <p>rate(n) = base · min(1, (n+1)/warmupSteps) · decay(n/totalSteps), where decay is one, or falls from one to
 * {@code finalFraction} along half a cosine.
 *
 * @param base the largest rate
 * @param warmupSteps steps over which the rate rises linearly; 0 for none
 * @param totalSteps length of the decay; later steps keep the final rate
 * @param finalFraction what is left of the rate at the end; 1 for a constant rate
 */
public record LearningRate(double base, int warmupSteps, int totalSteps, double finalFraction) {

    /** Terms up to this power: the next is below 1e-17. */
    private static final int SERIES_END = 17;

    /** @throws IllegalArgumentException if a value is out of range */
    public LearningRate {
        if (!(base > 0) || Double.isInfinite(base)) {
            throw new IllegalArgumentException("learning rate must be positive and finite, got " + base);
        }
        if (warmupSteps < 0 || totalSteps < 1) {
            throw new IllegalArgumentException("learning rate needs warmupSteps >= 0 and totalSteps >= 1, got "
                    + warmupSteps + " and " + totalSteps);
        }
        if (!(finalFraction >= 0 && finalFraction <= 1)) {
            throw new IllegalArgumentException("finalFraction must lie in [0, 1], got " + finalFraction);
        }
    }

    /** Returns the rate of the step after {@code steps} steps. */
    public double at(int steps) {
        double warmup = warmupSteps == 0 ? 1 : Math.min(1, (steps + 1.0) / warmupSteps);
        double progress = Math.min(1, (double) steps / totalSteps);
        return base * warmup * (finalFraction + (1 - finalFraction) * halfCosine(progress));
    }

    /**
     * Returns (1 + cos πp)/2 = cos² (πp/2), by the series of cosine and sine on [0, π/4]: the functions of StrictMath
     * allocate an array at each call, and a training step must not.
     */
    private static double halfCosine(double progress) {
        boolean firstHalf = progress <= 0.5;
        double angle = 0.5 * Math.PI * (firstHalf ? progress : 1 - progress);
        double term = firstHalf ? 1 : angle;
        double root = term;
        for (int n = firstHalf ? 1 : 2; n < SERIES_END; n += 2) {
            term *= -angle * angle / (n * (n + 1.0));
            root += term;
        }
        return root * root;
    }
}
