package dev.idem.config;

/**
 * The reverse process.
 *
 * @param integrator how a step is made
 * @param steps number of steps from the largest noise level down, each one evaluation of the network
 * @param noiseScale γ, factor of the noise of euler-time: as published, with the drift unchanged; else 1
 * @param sigmaMin noise level at which the last step is made; at least noise.sigmaMin
 * @param rho spacing of the levels: 0 for equal steps in ln(σ² + width²), else in σ^(1/rho); euler-time has its own
 * @param width standard deviation of the target's modes for second-order, in model coordinates; 0 to take it from the
 *            learned mixing, where there is one, else a point mass
 * @param lastStep where the last step at {@code sigmaMin} goes
 * @param restartSteps further steps, made after samples have been noised once more; 0 for no restart
 * @param restartSigma noise level of the restart, in model coordinates
 */
public record SamplerConfig(Integrator integrator, int steps, double noiseScale, double sigmaMin, double rho,
        double width, LastStep lastStep, int restartSteps, double restartSigma) {

    /** Where the restart begins if nothing else is said. */
    public static final double RESTART_SIGMA = 0.1;

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

    /** Where the last step goes. */
    public enum LastStep {
        /** To the denoised point: narrower than the target by the smallest noise; of second-order, to a draw of its width around it. */
        DENOISED,
        /** Half way to it: of the target's own width, to first order in the smallest noise variance. */
        HALF
    }

    /** Returns a sampler that goes to the denoised point in the end and makes no restart. */
    public SamplerConfig(Integrator integrator, int steps, double noiseScale, double sigmaMin, double rho,
            double width) {
        this(integrator, steps, noiseScale, sigmaMin, rho, width, LastStep.DENOISED, 0, RESTART_SIGMA);
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
        boolean choosesLast = integrator == Integrator.POSTERIOR || integrator == Integrator.SECOND_ORDER;
        Names.require(lastStep == LastStep.DENOISED || choosesLast, "sampler.lastStep", Names.of(lastStep),
                Names.of(LastStep.DENOISED) + " for integrator " + Names.of(integrator));
        Names.require(restartSteps >= 0 && restartSteps <= 100_000, "sampler.restartSteps", restartSteps,
                "in [0, 100000]");
        Names.require(restartSteps == 0 || integrator != Integrator.EULER_TIME, "sampler.restartSteps", restartSteps,
                "0 for integrator " + Names.of(Integrator.EULER_TIME));
        Names.require(Names.positive(restartSigma), "sampler.restartSigma", restartSigma, "positive and finite");
        Names.require(restartSteps == 0 || restartSigma > sigmaMin, "sampler.restartSigma", restartSigma,
                "above sampler.sigmaMin (" + sigmaMin + ")");
    }

    /** Returns the number of all steps. */
    public int allSteps() {
        return steps + restartSteps;
    }
}
