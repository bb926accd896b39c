package dev.idem.config;

import dev.idem.config.EstimatorConfig.Kind;
import dev.idem.config.EstimatorConfig.Mixing;
import dev.idem.config.EstimatorConfig.Pooling;
import dev.idem.config.NetworkConfig.Predicts;
import dev.idem.config.NoiseConfig.Schedule;
import dev.idem.config.ReplayConfig.Start;
import dev.idem.config.SamplerConfig.Integrator;
import dev.idem.config.TrainConfig.Method;
import dev.idem.program.Activation;
import java.util.List;

/**
 * The settings that a run starts from.
 *
 * <p>{@link #REFERENCE} is the published method at its own settings; {@link #DEFAULT} is ours, {@link #PURE} ours without Markov chains; {@link #SMOKE} is a short
 * run for automatic checks.
 */
public final class Presets {

    /** Our settings: the mixed estimator, a preconditioned network, levels uniform in ln σ, training from the prior. */
    public static final String DEFAULT = "default";

    /** Our settings without any Markov chain; differs from {@link #DEFAULT} for particles only. */
    public static final String PURE = "pure";

    /** The published settings. */
    public static final String REFERENCE = "reference";

    /** Our settings, cut to some seconds; of particles, to half a minute. */
    public static final String SMOKE = "smoke";

    /** Up to this dimension our settings pool copies; more can be asked for. */
    private static final int LARGEST_POOLED_DIMENSION = 2;

    private Presets() {}

    /** Returns the names of all presets. */
    public static List<String> names() {
        return List.of(DEFAULT, PURE, REFERENCE, SMOKE);
    }

    /**
     * Returns a preset for a task.
     *
     * @param task name of the task
     * @throws IllegalArgumentException if there is no such preset
     */
    public static TrainConfig of(String task, String name, TargetScale target) {
        return ParticlePresets.tasks().contains(task)
                ? ParticlePresets.of(task, name, target.dataDeviation())
                : of(name, target);
    }

    /**
     * Returns a preset for a target without structure.
     *
     * @throws IllegalArgumentException if there is no such preset
     */
    public static TrainConfig of(String name, TargetScale target) {
        return switch (name) {
            case DEFAULT, PURE -> ours(target, new LoopConfig(256, 200, 50, 10),
                    new EvaluationConfig(120_000, 1000, 120));
            case SMOKE -> ours(target, new LoopConfig(256, 50, 10, 5), new EvaluationConfig(5000, 500, 4));
            case REFERENCE -> reference(target.dataDeviation());
            default -> throw new IllegalArgumentException(
                    "there is no preset '" + name + "'; presets: " + String.join(", ", names()));
        };
    }

    private static TrainConfig ours(TargetScale target, LoopConfig loop, EvaluationConfig evaluation) {
        double dataDeviation = target.dataDeviation();
        double sigmaMax = dataDeviation * 3.2;
        double sigmaMin = sigmaMax * 3.3e-3;
        return new TrainConfig(Method.IDEM, new NoiseConfig(Schedule.LOG_UNIFORM, sigmaMin, sigmaMax),
                new NetworkConfig(NetworkConfig.Kind.MLP, 128, 3, 128, Activation.SILU, 50, 25, Predicts.DENOISER,
                        dataDeviation),
                estimator(target, sigmaMax),
                new LossConfig(LossConfig.Weight.DENOISER, LossConfig.Levels.STRATIFIED),
                new OptimiserConfig(3e-3, 150, 0.01, 0.9, 0.999, 1e-8, 1, 0.9995),
                new ReplayConfig(10_000, Start.PRIOR, 2048, 1024, 1), RefineConfig.NONE,
                new SamplerConfig(Integrator.SECOND_ORDER, 30, 1, sigmaMin, 0, 0),
                new SamplerConfig(Integrator.SECOND_ORDER, 40, 1, sigmaMin, 0, 0), loop, evaluation);
    }

    /** Pooled copies, most where errors are largest; copies of each row's own where pooling has not been measured. */
    private static EstimatorConfig estimator(TargetScale target, double sigmaMax) {
        double bandFrom = sigmaMax / 150;
        double bandTo = sigmaMax * 0.08;
        return target.dimension() <= LARGEST_POOLED_DIMENSION
                ? new EstimatorConfig(Kind.MIXED, Mixing.LEARNED, target.dataDeviation(), 0.99, 1e3, Pooling.BATCH, 4,
                        4, 0, 16, bandFrom, bandTo, false, 0, EstimatorConfig.Source.MONTE_CARLO, 5, 25, 0.15, 8, 0)
                : new EstimatorConfig(Kind.MIXED, Mixing.LEARNED, target.dataDeviation(), 0.99, 1e3, Pooling.NONE, 200,
                        24, 0.5, 0, bandFrom, bandTo, true, 0, EstimatorConfig.Source.MONTE_CARLO, 5, 25, 0.15, 8, 0);
    }

    private static TrainConfig reference(double dataDeviation) {
        SamplerConfig sampler = new SamplerConfig(Integrator.EULER_TIME, 1000, 1, 1e-5, 0, 0);
        return new TrainConfig(Method.IDEM, new NoiseConfig(Schedule.GEOMETRIC, 1e-5, 1),
                new NetworkConfig(NetworkConfig.Kind.MLP, 128, 3, 128, Activation.GELU, 25, 1, Predicts.SCORE,
                        dataDeviation),
                new EstimatorConfig(Kind.TARGET_SCORE, Mixing.KNOWN, dataDeviation, 0.99, 1e3,
                        Pooling.NONE, 500, 500, 0, 0, 0.01, 0.12, false, 70, EstimatorConfig.Source.MONTE_CARLO, 5, 25,
                        0.15, 8,
                        0),
                new LossConfig(LossConfig.Weight.VARIANCE, LossConfig.Levels.UNIFORM),
                new OptimiserConfig(5e-4, 0, 1, 0.9, 0.999, 1e-8, 0.5, 0),
                new ReplayConfig(10_000, Start.MONTE_CARLO, 1024, 1000, 1), RefineConfig.NONE, sampler, sampler,
                new LoopConfig(512, 100, 1000, 10), new EvaluationConfig(120_000, 1000, 120));
    }
}
