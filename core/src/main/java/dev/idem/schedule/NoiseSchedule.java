package dev.idem.schedule;

/**
 * A variance-exploding noise schedule over time t in [0, 1]: x_t = x_0 + √variance(t) ε, ε ~ N(0, I).
 *
 * <p>variance(t) is the accumulated variance h(t) = variance(0) + ∫_0^t diffusion(s)² ds; t = 0 is data, t = 1 is
 * noise. Unit: the square of the coordinates' unit.
 *
 * <p>Source: the iDEM reference implementation, {@code noise_schedules.py}; {@link LogUniform} is the levels of Karras
 * et al. (arXiv 2206.00364) in the same form.
 */
public sealed interface NoiseSchedule {

    /** Returns the accumulated variance h(t). */
    double variance(double t);

    /** Returns the diffusion coefficient g(t) of dx = g(t) dW. */
    double diffusion(double t);

    /** Returns the time at which the accumulated variance is {@code variance}; the inverse of {@link #variance}. */
    double timeOf(double variance);

    /** Returns the standard deviation √variance(1) of the noise at the end. */
    default double finalDeviation() {
        return Math.sqrt(variance(1));
    }

    /** h(t) = σ_min² (r^{2t} − 1), g(t) = σ_min r^t √(2 ln r), r = σ_max/σ_min: the published schedule. */
    record Geometric(double sigmaMin, double sigmaMax) implements NoiseSchedule {

        /** @throws IllegalArgumentException unless 0 &lt; sigmaMin &lt; sigmaMax &lt; ∞ */
        public Geometric {
            requireRange(sigmaMin, sigmaMax);
        }

        @Override
        public double variance(double t) {
            return sigmaMin * sigmaMin * StrictMath.expm1(2 * t * logRatio());
        }

        @Override
        public double diffusion(double t) {
            return exponentialDiffusion(sigmaMin, logRatio(), t);
        }

        @Override
        public double timeOf(double variance) {
            return StrictMath.log1p(variance / (sigmaMin * sigmaMin)) / (2 * logRatio());
        }

        private double logRatio() {
            return StrictMath.log(sigmaMax / sigmaMin);
        }
    }

    /** h(t) = σ_min² r^{2t}: the noise level σ = √h is uniform in ln σ, and never below σ_min. */
    record LogUniform(double sigmaMin, double sigmaMax) implements NoiseSchedule {

        /** @throws IllegalArgumentException unless 0 &lt; sigmaMin &lt; sigmaMax &lt; ∞ */
        public LogUniform {
            requireRange(sigmaMin, sigmaMax);
        }

        @Override
        public double variance(double t) {
            return sigmaMin * sigmaMin * StrictMath.exp(2 * t * logRatio());
        }

        @Override
        public double diffusion(double t) {
            return exponentialDiffusion(sigmaMin, logRatio(), t);
        }

        @Override
        public double timeOf(double variance) {
            return StrictMath.log(variance / (sigmaMin * sigmaMin)) / (2 * logRatio());
        }

        private double logRatio() {
            return StrictMath.log(sigmaMax / sigmaMin);
        }
    }

    /** h(t) = β t^p, g(t) = √(β p t^{p−1}); p = 1 is "linear", p = 2 "quadratic". */
    record Power(double beta, double exponent) implements NoiseSchedule {

        /** @throws IllegalArgumentException unless both are positive and finite */
        public Power {
            if (!(beta > 0 && exponent > 0) || Double.isInfinite(beta) || Double.isInfinite(exponent)) {
                throw new IllegalArgumentException(
                        "power schedule needs beta > 0 and exponent > 0, got " + beta + " and " + exponent);
            }
        }

        @Override
        public double variance(double t) {
            return beta * StrictMath.pow(t, exponent);
        }

        @Override
        public double diffusion(double t) {
            return Math.sqrt(beta * exponent * StrictMath.pow(t, exponent - 1));
        }

        @Override
        public double timeOf(double variance) {
            return StrictMath.pow(variance / beta, 1 / exponent);
        }
    }

    /** Returns g(t) = σ_min r^t √(2 ln r), of both schedules whose noise level grows exponentially. */
    private static double exponentialDiffusion(double sigmaMin, double logRatio, double t) {
        return sigmaMin * StrictMath.exp(t * logRatio) * Math.sqrt(2 * logRatio);
    }

    private static void requireRange(double sigmaMin, double sigmaMax) {
        if (!(sigmaMin > 0 && sigmaMin < sigmaMax) || Double.isInfinite(sigmaMax)) {
            throw new IllegalArgumentException(
                    "noise schedule needs 0 < sigmaMin < sigmaMax, got " + sigmaMin + " and " + sigmaMax);
        }
    }
}
