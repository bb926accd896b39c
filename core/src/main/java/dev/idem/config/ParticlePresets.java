package dev.idem.config;

import dev.idem.config.EstimatorConfig.Kind;
import dev.idem.config.EstimatorConfig.Mixing;
import dev.idem.config.EstimatorConfig.Pooling;
import dev.idem.config.EstimatorConfig.Source;
import dev.idem.config.NetworkConfig.Predicts;
import dev.idem.config.NoiseConfig.Schedule;
import dev.idem.config.ReplayConfig.Start;
import dev.idem.config.SamplerConfig.Integrator;
import dev.idem.config.SamplerConfig.LastStep;
import dev.idem.config.TrainConfig.Method;
import dev.idem.program.Activation;
import java.util.List;

/**
 * The settings of the particle tasks: published and ours.
 *
 * <p>Not taken over of the published ones: the learning rate falls there by a tenth when a noisy validation loss has not improved for some hundred epochs; here it
 * is constant. Results are those of the last step, not of the best of several checkpoints.
 */
final class ParticlePresets {

    private static final String DW4 = "dw4";
    private static final String LJ13 = "lj13";
    private static final String LJ55 = "lj55";

    /** Steps within which the virial of first points is that of equilibrium: four times what lj13 takes. */
    private static final int MOST_DESCENT = 1000;

    /** Langevin steps between two tests, for stiff clusters. */
    private static final int TRAJECTORY = 10;

    /** Smallest noise that our networks of particles are trained at. */
    private static final double SMALLEST_NOISE = 0.01;

    private ParticlePresets() {}

    static List<String> tasks() {
        return List.of(DW4, LJ13, LJ55);
    }

    static TrainConfig of(String task, String name, double dataDeviation) {
        return switch (name) {
            case Presets.DEFAULT -> ours(task, dataDeviation);
            case Presets.PURE -> pure(task, ours(task, dataDeviation));
            case Presets.REFERENCE -> reference(task, dataDeviation);
            case Presets.SMOKE -> smoke(task, ours(task, dataDeviation));
            default -> throw new IllegalArgumentException("there is no preset '" + name + "'; presets: "
                    + String.join(", ", Presets.names()));
        };
    }

    private static TrainConfig ours(String task, double dataDeviation) {
        return switch (task) {
            // Modes far apart: copies where their weights are even, for they alone correct the weights of the modes.
            case DW4 ->
                ours(dataDeviation, 6, new Size(64, 3), new Estimate(Source.BLEND, 100, 0.3),
                        new LoopConfig(128, 200, 40, 5),
                        new ReplayConfig(10_000, Start.RELAXED, 2048, 512, 1),
                        new RefineConfig(1000, 10_000, 200, 512, 0.03, 300, 1),
                        to(120, 0.05), restarted(to(120, 0.05), 50, 0.5), new EvaluationConfig(10_000, 1000, 10));
            case LJ13 -> ours(dataDeviation, 3, new Size(64, 3), new Estimate(Source.PAIR, 1, 0.05),
                    new LoopConfig(128, 200, 50, 5),
                    new ReplayConfig(10_000, Start.RELAXED, 2048, 256, 1),
                    new RefineConfig(200, 1000, 200, 256, 3.5e-4, 300, TRAJECTORY),
                    halfWay(100), restarted(halfWay(200), 80, 0.1), new EvaluationConfig(10_000, 1000, 10, 200));
            // A large cluster needs the distances of many estimates of the denoised point, more than it needs width.
            default -> ours(dataDeviation, 4, new Size(32, 6), new Estimate(Source.PAIR, 1, 0.05),
                    new LoopConfig(32, 400, 16, 2),
                    new ReplayConfig(4000, Start.RELAXED, 512, 64, 1),
                    new RefineConfig(1000, 4000, 300, 256, 1.9e-4, 300, TRAJECTORY),
                    to(60, SMALLEST_NOISE), restarted(halfWay(60), 24, 0.1),
                    new EvaluationConfig(1000, 500, 4, 1000));
        };
    }

    /** Without chains: what they did is left to the outer loop, which refills often, and once the network has learned something. */
    private static TrainConfig pure(String task, TrainConfig chains) {
        return switch (task) {
            case DW4 -> pure(chains, manyCopies(chains.estimator()), new LoopConfig(128, 60, 140, 10),
                    new ReplayConfig(4096, Start.VIRIAL, 4096, 256, 10), chains.refill(), chains.refill());
            case LJ13 -> pure(chains, guided(chains.estimator()), new LoopConfig(128, 50, 140, 10),
                    new ReplayConfig(2048, Start.VIRIAL, 2048, 256, 10), halfWay(140),
                    restarted(halfWay(140), 40, 0.1));
            default -> pure(chains, guided(chains.estimator()), new LoopConfig(32, 100, 160, 5),
                    new ReplayConfig(2048, Start.VIRIAL, 2048, 64, 10), halfWay(140),
                    restarted(halfWay(140), 40, 0.1));
        };
    }

    /** For posteriors of several modes: where copies are uneven many of them, for they alone correct the modes' weights. */
    private static EstimatorConfig manyCopies(EstimatorConfig chains) {
        return new EstimatorConfig(chains.kind(), chains.mixing(), chains.width(), chains.mixingDecay(),
                chains.mixingBound(), Pooling.NONE, 100, 100, 0, 2000, 0.25, 2.5, true, 0, Source.BLEND, 2, 8, 0.15, 6,
                chains.mixingStart());
    }

    private static EstimatorConfig guided(EstimatorConfig pairs) {
        return new EstimatorConfig(pairs.kind(), pairs.mixing(), pairs.width(), pairs.mixingDecay(),
                pairs.mixingBound(), Pooling.NONE, 32, 32, 0, 0, 0.01, 0.12, false, 0, Source.GUIDED, 1, 3, 0.15, 6,
                pairs.mixingStart());
    }

    private static TrainConfig pure(TrainConfig chains, EstimatorConfig estimator, LoopConfig loop,
            ReplayConfig replay, SamplerConfig refill, SamplerConfig sampler) {
        RefineConfig refine = chains.refine();
        return new TrainConfig(chains.method(), chains.noise(), chains.network(), estimator, chains.loss(),
                chains.optimiser(), replay,
                new RefineConfig(0, 0, MOST_DESCENT, 0, refine.stepSize(), refine.largestForce(), refine.trajectory()),
                refill, sampler, loop, chains.evaluation());
    }

    private static SamplerConfig to(int levels, double sigmaMin) {
        return new SamplerConfig(Integrator.POSTERIOR, levels, 1, sigmaMin, 0, 0);
    }

    private static SamplerConfig halfWay(int levels) {
        return new SamplerConfig(Integrator.POSTERIOR, levels, 1, SMALLEST_NOISE, 0, 0, LastStep.HALF, 0,
                SamplerConfig.RESTART_SIGMA);
    }

    private static SamplerConfig restarted(SamplerConfig first, int again, double from) {
        return new SamplerConfig(first.integrator(), first.steps(), 1, first.sigmaMin(), 0, 0,
                first.lastStep(), again, from);
    }

    /** What our estimates differ in: source, copies, and the width that the learned mixing starts with. */
    private record Estimate(Source source, int copies, double width) {}

    /** What our networks differ in. */
    private record Size(int hidden, int blocks) {}

    private static TrainConfig ours(double dataDeviation, double sigmaMax, Size network, Estimate estimate,
            LoopConfig loop,
            ReplayConfig replay, RefineConfig refine, SamplerConfig refill, SamplerConfig sampler,
            EvaluationConfig evaluation) {
        return new TrainConfig(Method.IDEM, new NoiseConfig(Schedule.LOG_UNIFORM, SMALLEST_NOISE, sigmaMax),
                new NetworkConfig(NetworkConfig.Kind.CLUSTER, network.hidden, network.blocks, 128, Activation.SILU, 1,
                        1, Predicts.DENOISER,
                        dataDeviation),
                new EstimatorConfig(Kind.MIXED, Mixing.LEARNED, estimate.width, 0.99, 1e3, Pooling.NONE,
                        estimate.copies, estimate.copies, 0, 0, 0.01, 0.12, false, 0, estimate.source, 5, 25, 0.15, 8,
                        10),
                new LossConfig(LossConfig.Weight.DENOISER, LossConfig.Levels.STRATIFIED),
                new OptimiserConfig(2e-3, 200, 0.01, 0.9, 0.99, 1e-8, 1, 0.999), replay, refine, refill, sampler, loop,
                evaluation);
    }

    private static TrainConfig reference(String task, double dataDeviation) {
        return switch (task) {
            case DW4 -> reference(dataDeviation, new NoiseConfig(Schedule.GEOMETRIC, 1e-5, 3), 3, 1000, 1,
                    new LoopConfig(512, 100, 1000, 10), 1000);
            case LJ13 -> reference(dataDeviation, new NoiseConfig(Schedule.GEOMETRIC, 0.01, 2), 5, 1000, 0.9,
                    new LoopConfig(512, 100, 1000, 10), 1000);
            default -> reference(dataDeviation, new NoiseConfig(Schedule.GEOMETRIC, 0.5, 4), 5, 100, 0.5,
                    new LoopConfig(128, 100, 2000, 5), 128);
        };
    }

    private static TrainConfig reference(double dataDeviation, NoiseConfig noise, int layers, int copies,
            double noiseScale, LoopConfig loop, int refillPoints) {
        SamplerConfig sampler = new SamplerConfig(Integrator.EULER_TIME, 1000, noiseScale, noise.sigmaMin(), 0, 0);
        return new TrainConfig(Method.IDEM, noise,
                new NetworkConfig(NetworkConfig.Kind.EGNN, 128, layers, 128, Activation.SILU, 1, 1, Predicts.SCORE,
                        dataDeviation),
                new EstimatorConfig(Kind.TARGET_SCORE, Mixing.KNOWN, dataDeviation, 0.99, 1e3, Pooling.NONE, copies,
                        copies, 0, 0, 0.01, 0.12, false, 20, Source.MONTE_CARLO, 5, 25, 0.15, 8, 0),
                new LossConfig(LossConfig.Weight.UNIT, LossConfig.Levels.UNIFORM),
                new OptimiserConfig(1e-3, 0, 1, 0.9, 0.999, 1e-8, 0.5, 0),
                new ReplayConfig(10_000, Start.PRIOR, 1024, refillPoints, 1), RefineConfig.NONE, sampler, sampler, loop,
                new EvaluationConfig(10_000, 1000, 10));
    }

    /** Ours, cut to half a minute: a narrow network, few steps, a small replay. */
    private static TrainConfig smoke(String task, TrainConfig whole) {
        boolean large = task.equals(LJ55);
        NetworkConfig network = whole.network();
        EstimatorConfig estimator = whole.estimator();
        OptimiserConfig optimiser = whole.optimiser();
        RefineConfig refine = whole.refine();
        int copies = Math.min(estimator.copies(), 30);
        SamplerConfig sampler = to(large ? 20 : 40, whole.refill().sigmaMin());
        return new TrainConfig(whole.method(), whole.noise(),
                new NetworkConfig(network.kind(), large ? 16 : 32, 2, network.embedding(), network.activation(),
                        network.coordinateScale(), network.timeScale(), network.predicts(), network.dataDeviation()),
                new EstimatorConfig(estimator.kind(), estimator.mixing(), estimator.width(), estimator.mixingDecay(),
                        estimator.mixingBound(), Pooling.NONE, copies, copies, 0, 0, 0.01, 0.12, false, 0,
                        estimator.source(), 5, 25, 0.15, 8, estimator.mixingStart()),
                whole.loss(),
                new OptimiserConfig(optimiser.learningRate(), 20, optimiser.finalFraction(), optimiser.beta1(),
                        optimiser.beta2(), optimiser.epsilon(), optimiser.clipNorm(), 0.98),
                new ReplayConfig(1000, Start.RELAXED, large ? 64 : 256, large ? 16 : 64, 1),
                new RefineConfig(100, large ? 1000 : 2000, refine.relaxSteps(), large ? 16 : 64, refine.stepSize(),
                        refine.largestForce(), refine.trajectory()),
                sampler, sampler, large ? new LoopConfig(16, 60, 4, 2) : new LoopConfig(64, 100, 6, 3),
                large ? new EvaluationConfig(200, 50, 2) : new EvaluationConfig(1000, 200, 2));
    }
}
