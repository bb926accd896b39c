package dev.idem.config;

import dev.idem.schedule.NoiseSchedule;

/**
 * Noise levels.
 *
 * @param schedule how the noise grows with time
 * @param sigmaMin smallest noise level, in model coordinates; linear and quadratic ignore it
 * @param sigmaMax largest noise level, in model coordinates
 */
public record NoiseConfig(Schedule schedule, double sigmaMin, double sigmaMax) {

    /** The schedules by name. */
    public enum Schedule {
        /** h(t) = σ_min² (r^{2t} − 1): as published. */
        GEOMETRIC,
        /** h(t) = σ_min² r^{2t}: uniform in ln σ from σ_min on. */
        LOG_UNIFORM,
        /** h(t) = σ_max² t. */
        LINEAR,
        /** h(t) = σ_max² t². */
        QUADRATIC
    }

    /** @throws IllegalArgumentException unless 0 &lt; sigmaMin &lt; sigmaMax */
    public NoiseConfig {
        Names.require(Names.positive(sigmaMin), "noise.sigmaMin", sigmaMin, "positive and finite");
        Names.require(Names.positive(sigmaMax) && sigmaMax > sigmaMin, "noise.sigmaMax", sigmaMax,
                "finite and above noise.sigmaMin (" + sigmaMin + ")");
    }

    boolean startsAtZero() {
        return schedule != Schedule.LOG_UNIFORM;
    }

    /** Returns the schedule as data. */
    public NoiseSchedule toSchedule() {
        return switch (schedule) {
            case GEOMETRIC -> new NoiseSchedule.Geometric(sigmaMin, sigmaMax);
            case LOG_UNIFORM -> new NoiseSchedule.LogUniform(sigmaMin, sigmaMax);
            case LINEAR -> new NoiseSchedule.Power(sigmaMax * sigmaMax, 1);
            case QUADRATIC -> new NoiseSchedule.Power(sigmaMax * sigmaMax, 2);
        };
    }
}
