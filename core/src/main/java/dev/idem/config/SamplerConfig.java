package dev.idem.config;

/**
 * The reverse process.
 *
 * @param integrator how a step is made
 * @param steps number of steps, each one evaluation of the network
 * @param noiseScale γ, factor of the noise of euler-time: as published, with the drift unchanged; else 1
 * @param sigmaMin noise level at which the last step is made; at least noise.sigmaMin
 * @param rho spacing of the levels: 0 for equal steps in ln(σ² + width²), else in σ^(1/rho); euler-time has its own
 * @param width standard deviation of the target's modes for second-order, in model coordinates; 0 to take it from the
 *            learned mixing, where there is one, else a point mass
 */
public record SamplerConfig(Integrator integrator, int steps, double noiseScale, double sigmaMin, double rho,
        double width) {

    /** How a step is made. */
    public enum Integrator {
        /** Euler–Maruyama on equal steps of time, noise in the last step too: as published. */
        EULER_TIME,
        /** Euler–Maruyama in the variance, then a step to the denoised point. */
        EULER_VARIANCE,
        /** The exact step of a point mass at the denoised point. */
        POSTERIOR,
        /** The exact step of a Gaussian of the target's local width, second order in its centre. */
        SECOND_ORDER
    }

    /** @throws IllegalArgumentException if a value is out of range */
    public SamplerConfig {
        Names.require(steps >= 1 && steps <= 100_000, "sampler.steps", steps, "in [1, 100000]");
        Names.require(noiseScale >= 0 && noiseScale <= 10, "sampler.noiseScale", noiseScale, "in [0, 10]");
        Names.require(Names.positive(sigmaMin), "sampler.sigmaMin", sigmaMin, "positive and finite");
        Names.require(rho >= 0 && rho <= 100, "sampler.rho", rho, "in [0, 100]");
        Names.require(width >= 0 && !Double.isInfinite(width), "sampler.width", width, ">= 0 and finite");
        Names.require(noiseScale == 1 || integrator == Integrator.EULER_TIME, "sampler.noiseScale", noiseScale,
                "1 for integrator " + Names.of(integrator));
    }
}
