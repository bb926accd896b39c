package dev.idem.diffusion;

/**
 * Noise levels from σ_max down to σ_min at which the score is evaluated.
 *
 * <p>If rho is zero the levels are equally spaced in ln(σ² + w²), in ln σ where the width w is zero; else σ_i =
 * (σ_max^{1/ρ} + i/(N−1) (σ_min^{1/ρ} − σ_max^{1/ρ}))^ρ.
 *
 * <p>Source: the second form is equation 5 of Karras et al. (arXiv 2206.00364).
 *
 * @param steps number of levels, at least one; a single level is σ_max
 * @param sigmaMin smallest level
 * @param sigmaMax largest level
 * @param rho spacing; 0 for equal steps in ln(σ² + w²)
 * @param width w, the target's local standard deviation; finer noise than that decides nothing
 */
public record Levels(int steps, double sigmaMin, double sigmaMax, double rho, double width) {

    /** @throws IllegalArgumentException if a value is out of range */
    public Levels {
        if (steps < 1 || !(sigmaMin > 0 && sigmaMin < sigmaMax) || !(rho >= 0) || !(width >= 0)) {
            throw new IllegalArgumentException(
                    "levels need steps >= 1, 0 < sigmaMin < sigmaMax, rho >= 0 and width >= 0, got "
                            + steps + ", " + sigmaMin + ", " + sigmaMax + ", " + rho + ", " + width);
        }
    }

    /** Returns the noise variance before a step. */
    public double variance(int step) {
        double share = steps == 1 ? 0 : (double) step / (steps - 1);
        if (rho == 0) {
            double shift = width * width;
            double low = sigmaMin * sigmaMin + shift;
            double high = sigmaMax * sigmaMax + shift;
            return step == 0
                    ? sigmaMax * sigmaMax
                    : Math.max(sigmaMin * sigmaMin, high * StrictMath.pow(low / high, share) - shift);
        }
        double high = StrictMath.pow(sigmaMax, 1 / rho);
        double low = StrictMath.pow(sigmaMin, 1 / rho);
        double sigma = StrictMath.pow(high + share * (low - high), rho);
        return sigma * sigma;
    }

    /** Returns the noise variance after a step: that before the next one, zero after the last. */
    public double varianceAfter(int step) {
        return step == steps - 1 ? 0 : variance(step + 1);
    }
}
