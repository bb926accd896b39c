package dev.idem.train;

import dev.idem.config.EstimatorConfig;
import dev.idem.config.EvaluationConfig;
import dev.idem.config.LoopConfig;
import dev.idem.config.LossConfig;
import dev.idem.config.NetworkConfig;
import dev.idem.config.NoiseConfig;
import dev.idem.config.OptimiserConfig;
import dev.idem.config.RefineConfig;
import dev.idem.config.ReplayConfig;
import dev.idem.config.RunConfig;
import dev.idem.config.SamplerConfig;
import dev.idem.config.TrainConfig;
import dev.idem.program.Activation;

/** Configurations of the mixture small enough for unit tests. */
final class SmallRuns {

    private SmallRuns() {}

    static TrainConfig train(EstimatorConfig.Kind kind, ReplayConfig.Start start, TrainConfig.Method method,
            SamplerConfig.Integrator integrator) {
        // A clip of 1, because a reverse process driven by larger estimates from 40 copies doubles rounding errors at every step.
        SamplerConfig sampler = new SamplerConfig(integrator, 12, 1, 0.002, 0, 0);
        return new TrainConfig(method, new NoiseConfig(NoiseConfig.Schedule.LOG_UNIFORM, 0.002, 1),
                new NetworkConfig(NetworkConfig.Kind.MLP, 24, 1, 8, Activation.SILU, 25, 1,
                        NetworkConfig.Predicts.DENOISER, 0.47),
                new EstimatorConfig(kind, EstimatorConfig.Mixing.LEARNED, 0.03, 0.99, 1e3,
                        EstimatorConfig.Pooling.NONE, 40, 20, 1, 0, 0.01, 0.12, true, 1,
                        EstimatorConfig.Source.MONTE_CARLO, 5, 25, 0.15, 8, 0),
                new LossConfig(LossConfig.Weight.DENOISER, LossConfig.Levels.STRATIFIED),
                new OptimiserConfig(1e-3, 5, 0.1, 0.9, 0.999, 1e-8, 1, 0.99),
                new ReplayConfig(300, start, 100, 70, 1), RefineConfig.NONE, sampler, sampler,
                new LoopConfig(130, 6, 5, 2),
                new EvaluationConfig(200, 50, 2));
    }

    /** The same training with copies pooled over the batch: 5 of each row between noise levels 0.01 and 0.12, else 2. */
    static TrainConfig pooled(TrainConfig train) {
        EstimatorConfig estimator = train.estimator();
        return new TrainConfig(train.method(), train.noise(), train.network(),
                new EstimatorConfig(estimator.kind(), estimator.mixing(), estimator.width(), estimator.mixingDecay(),
                        estimator.mixingBound(), EstimatorConfig.Pooling.BATCH, 2, 2, 0, 5, 0.01, 0.12, false, 0,
                        EstimatorConfig.Source.MONTE_CARLO, 5, 25, 0.15, 8, 0),
                train.loss(), train.optimiser(), train.replay(), train.refine(), train.refill(), train.sampler(),
                train.loop(),
                train.evaluation());
    }

    static RunConfig run(long seed) {
        return RunConfig.of("gmm40", "default", seed, train(EstimatorConfig.Kind.MIXED, ReplayConfig.Start.PRIOR,
                TrainConfig.Method.IDEM, SamplerConfig.Integrator.EULER_VARIANCE));
    }

    static RunConfig run(long seed, TrainConfig train) {
        return RunConfig.of("gmm40", "default", seed, train);
    }
}
