package dev.idem.train;

import dev.idem.backend.Session;
import dev.idem.config.EstimatorConfig;
import dev.idem.config.LossConfig;
import dev.idem.config.NetworkConfig;
import dev.idem.config.OptimiserConfig;
import dev.idem.config.RefineConfig;
import dev.idem.config.ReplayConfig;
import dev.idem.config.SamplerConfig;
import dev.idem.config.TrainConfig;
import dev.idem.diffusion.Integrator;
import dev.idem.diffusion.Levels;
import dev.idem.diffusion.ScoreEstimator;
import dev.idem.diffusion.ScoreModel;
import dev.idem.energy.ParticleEnergy;
import dev.idem.nn.ClusterNetwork;
import dev.idem.nn.Egnn;
import dev.idem.nn.Mlp;
import dev.idem.nn.PointNetwork;
import dev.idem.nn.RadialBases;
import dev.idem.optim.Optimiser;
import dev.idem.program.Buffer;
import dev.idem.program.LossWeight;
import dev.idem.program.NoiseBins;
import dev.idem.program.Role;
import dev.idem.program.TargetOp;
import dev.idem.schedule.LearningRate;
import dev.idem.schedule.NoiseSchedule;
import dev.idem.task.ReferenceSystem;
import dev.idem.task.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Turns the settings' names into the parts of the method. */
final class MethodBuilder {

    /** Bins of the noise level, for the learned mixing and for metrics. */
    static final int NOISE_BINS = 32;

    private final Task task;
    private final TrainConfig config;
    private final NoiseSchedule schedule;

    MethodBuilder(Task task, TrainConfig config) {
        this.task = task;
        this.config = config;
        this.schedule = config.noise().toSchedule();
        if (pooled() && task.dimension() > TargetOp.PooledScore.LARGEST_DIMENSION) {
            throw new IllegalArgumentException("estimator.pooling = batch is for targets of at most "
                    + TargetOp.PooledScore.LARGEST_DIMENSION + " dimensions, and this one has " + task.dimension()
                    + ": set estimator.pooling = none, and estimator.copies as high as can be paid for");
        }
    }

    NoiseSchedule schedule() {
        return schedule;
    }

    /** Returns the number of particles whose centre of mass is kept at zero; 0 if points have no such. */
    int particles() {
        return task.particles().map(ParticleEnergy::particles).orElse(0);
    }

    NoiseBins bins() {
        return new NoiseBins(NOISE_BINS, config.noise().sigmaMin(), schedule.finalDeviation());
    }

    ScoreModel model() {
        NetworkConfig network = config.network();
        double deviation = network.dataDeviation();
        return switch (network.kind()) {
            case MLP -> model(new Mlp(task.dimension(), network.hidden(), network.blocks(), network.embedding(),
                    network.activation(), network.coordinateScale(), network.timeScale()));
            case EGNN -> {
                ParticleEnergy system = requireParticles();
                yield model(new Egnn(system.particles(), system.axes(), network.hidden(), network.blocks()));
            }
            case CLUSTER -> {
                ParticleEnergy system = requireParticles();
                yield new ScoreModel.ClusterDenoiser(new ClusterNetwork(system.particles(), system.axes(),
                        network.hidden(), network.blocks(), RadialBases.pairs(deviation),
                        RadialBases.nodes(deviation)));
            }
        };
    }

    private ScoreModel model(PointNetwork points) {
        NetworkConfig network = config.network();
        return switch (network.predicts()) {
            case SCORE -> new ScoreModel.Direct(points);
            case DENOISER -> new ScoreModel.ScaledDenoiser(points, network.dataDeviation());
        };
    }

    private ParticleEnergy requireParticles() {
        return task.particles().orElseThrow(() -> new IllegalArgumentException("network.kind = "
                + config.network().kind().name().toLowerCase(Locale.ROOT) + " is for particles, and task "
                + task.name() + " has none: set mlp"));
    }

    ScoreEstimator estimator() {
        EstimatorConfig estimator = config.estimator();
        ScoreEstimator.Combination combination = switch (estimator.kind()) {
            case TARGET_SCORE -> new ScoreEstimator.TargetScore();
            case DENOISING -> new ScoreEstimator.DenoisingScore();
            case MIXED -> switch (estimator.mixing()) {
                case KNOWN -> new ScoreEstimator.KnownMixing(estimator.width());
                case LEARNED -> new ScoreEstimator.LearnedMixing(bins(), estimator.mixingDecay(),
                        estimator.mixingBound());
            };
        };
        return new ScoreEstimator(task.energy(), combination, estimator.biasCorrection(), estimator.clip(),
                Math.max(1, particles()));
    }

    LossWeight lossWeight() {
        return switch (config.loss().weight()) {
            case UNIT -> new LossWeight.Unit();
            case VARIANCE -> new LossWeight.Variance();
            case DENOISER -> new LossWeight.Denoiser(config.network().dataDeviation());
        };
    }

    boolean stratified() {
        return config.loss().levels() == LossConfig.Levels.STRATIFIED;
    }

    Optimiser optimiser() {
        OptimiserConfig optimiser = config.optimiser();
        LearningRate rate = new LearningRate(optimiser.learningRate(), optimiser.warmupSteps(),
                config.loop().totalSteps(), optimiser.finalFraction());
        return new Optimiser(rate, optimiser.beta1(), optimiser.beta2(), optimiser.epsilon(), optimiser.clipNorm(),
                optimiser.averageDecay());
    }

    /** Returns the standard deviation that the reverse process starts from. */
    double priorDeviation() {
        double noise = schedule.variance(1);
        double data = config.network().predicts() == NetworkConfig.Predicts.DENOISER
                ? config.network().dataDeviation()
                : 0; // the published prior has the variance of the noise alone
        return Math.sqrt(noise + data * data);
    }

    /**
     * Returns the integrator of a sampler.
     *
     * @param learnedWidth the target's local width from the learned mixing; 0 if nothing is known
     */
    Integrator integrator(SamplerConfig sampler, double learnedWidth) {
        double width = sampler.integrator() != SamplerConfig.Integrator.SECOND_ORDER
                ? 0
                : sampler.width() > 0 ? sampler.width() : learnedWidth;
        Integrator first = way(sampler, sampler.steps(), schedule.finalDeviation(), width);
        return sampler.restartSteps() == 0
                ? first
                : new Integrator.Restarted(first,
                        way(sampler, sampler.restartSteps(), sampler.restartSigma(), width), sampler.restartSigma());
    }

    /** Returns the integrator from a noise level down. */
    private static Integrator way(SamplerConfig sampler, int steps, double sigmaMax, double width) {
        Levels levels = new Levels(steps, sampler.sigmaMin(), sigmaMax, sampler.rho(), width);
        boolean half = sampler.lastStep() == SamplerConfig.LastStep.HALF;
        return switch (sampler.integrator()) {
            case EULER_TIME -> new Integrator.EulerTime(steps, sampler.noiseScale());
            case EULER_VARIANCE -> new Integrator.EulerVariance(levels);
            case POSTERIOR -> new Integrator.Posterior(levels, half);
            case SECOND_ORDER -> new Integrator.SecondOrder(levels, width, half);
        };
    }

    /**
     * Returns the target's local standard deviation as the learned mixing sees it: the median of √(h c/(1 − c)) over the
     * bins where c lies between 0.2 and 0.8; 0 if there is no such bin.
     *
     * <p>For a Gaussian of variance v the best coefficient is c = v/(v + h).
     */
    double learnedWidth(List<Double> mixing) {
        NoiseBins bins = bins();
        double[] widths = IntStream.range(0, mixing.size())
                .filter(bin -> mixing.get(bin) > 0.2 && mixing.get(bin) < 0.8)
                .mapToDouble(bin -> bins.centre(bin) * Math.sqrt(mixing.get(bin) / (1 - mixing.get(bin)))).sorted()
                .toArray();
        return widths.length == 0 ? 0 : widths[widths.length / 2];
    }

    /** Returns the number of Monte-Carlo copies of each row of a batch. */
    int[] copies(int rows) {
        int[] copies = new int[rows];
        double largest = schedule.finalDeviation();
        for (int row = 0; row < rows; row++) {
            double level = Math.sqrt(schedule.variance((row + 0.5) / rows));
            copies[row] = config.estimator().copiesAt(level, largest);
        }
        return copies;
    }

    boolean pooled() {
        return config.estimator().pooling() == EstimatorConfig.Pooling.BATCH;
    }

    /** Returns where a training step's copies come from; empty if it has none. */
    Optional<ScoreEstimator.Copies> trainingCopies() {
        int batch = config.loop().batchSize();
        if (!config.estimator().usesCopies()) {
            return Optional.empty();
        }
        return Optional.of(pooled()
                ? new ScoreEstimator.PooledCopies(Buffer.ints("firstCopy", batch + 1, 1, Role.CONSTANT),
                        Math.toIntExact(callsPerStep()))
                : new ScoreEstimator.OwnCopies(Buffer.ints("copies", batch, 1, Role.CONSTANT)));
    }

    /** Returns what a training step's estimate is made of: whichever of the two there are. */
    ScoreEstimator.Source source(Optional<ScoreEstimator.Copies> copies, Optional<ScoreEstimator.Pairs> pairs) {
        EstimatorConfig estimator = config.estimator();
        if (copies.isPresent() && pairs.isPresent()) {
            return new ScoreEstimator.Blended(guided(copies.get(), pairs.get()), pairs.get(), estimator.blendFrom(),
                    estimator.blendTo());
        }
        return copies.<ScoreEstimator.Source>map(own -> own).or(() -> pairs).orElseThrow();
    }

    /** Returns as many copies, but drawn around the mode of each pair's posterior if the settings say so. */
    private ScoreEstimator.Copies guided(ScoreEstimator.Copies copies, ScoreEstimator.Pairs pairs) {
        EstimatorConfig estimator = config.estimator();
        return estimator.source() == EstimatorConfig.Source.GUIDED && copies instanceof ScoreEstimator.OwnCopies own
                ? new ScoreEstimator.GuidedCopies(own.counts(), pairs.clean(),
                        ParticleEnergy.withHessian(task.energy()), estimator.newtonSteps())
                : copies;
    }

    /** Writes the constants of {@link #trainingCopies}. */
    void writeCopies(Session session, ScoreEstimator.Copies copies) {
        int[] counts = copies(config.loop().batchSize());
        switch (copies) {
            case ScoreEstimator.OwnCopies own -> session.write(own.counts(), counts);
            case ScoreEstimator.GuidedCopies guided -> session.write(guided.counts(), counts);
            case ScoreEstimator.PooledCopies pooled -> {
                int[] first = new int[counts.length + 1];
                for (int row = 0; row < counts.length; row++) {
                    first[row + 1] = first[row] + counts[row];
                }
                session.write(pooled.firstCopy(), first);
            }
        }
    }

    /** Returns the number of energy calls of one training step. */
    long callsPerStep() {
        EstimatorConfig estimator = config.estimator();
        if (!estimator.usesCopies()) {
            return 0;
        }
        IntStream copies = Arrays.stream(copies(config.loop().batchSize()));
        return estimator.source() == EstimatorConfig.Source.GUIDED
                ? copies.mapToLong(count -> TargetOp.GuidedScore.calls(count, estimator.newtonSteps())).sum()
                : copies.asLongStream().sum();
    }

    /** Returns the largest number of energy calls that filling the replay for the first time takes, by use. */
    EnergyCalls callsToStart() {
        ReplayConfig replay = config.replay();
        long targets = replay.startsByMonteCarlo()
                ? (long) replay.startPoints() * config.refill().allSteps() * config.estimator().copies()
                : 0;
        RefineConfig refine = config.refine();
        long each = !config.keepsForces()
                ? 0
                : switch (replay.start()) {
                    case RELAXED -> 1L + refine.relaxSteps() + refine.startSteps();
                    case VIRIAL -> 1L + refine.relaxSteps();
                    default -> 1;
                };
        return new EnergyCalls(targets, replay.startPoints() * each);
    }

    /** Returns the largest number of energy calls of one refill: fewer if no new point has to be relaxed. */
    EnergyCalls callsPerRefill() {
        RefineConfig refine = config.refine();
        long chains = refine.steps() > 0 ? refine.relaxSteps() + refine.steps() : 0;
        long each = config.keepsForces() ? 1 + chains : 0;
        return new EnergyCalls(0, config.replay().refillPoints() * each + (long) refine.oldPoints() * refine.steps());
    }

    /** Returns the number of refills left after some epochs. */
    int refillsAfter(int epochs) {
        return Math.max(0, config.loop().epochs() - Math.max(epochs, config.replay().firstRefill() - 1));
    }

    /** Returns the mean of x·∇E at equilibrium: the number of degrees of freedom. */
    int equilibriumVirial() {
        return task.particles().map(system -> (system.particles() - 1) * system.axes()).orElse(task.dimension());
    }

    /** Returns the energy above which a configuration counts as exploded; infinite if nothing is known of the energy. */
    double explosionBound() {
        return task.particles().flatMap(ReferenceSystem::bandOf)
                .map(ReferenceSystem.EnergyBand::explosionBound).orElse(Double.POSITIVE_INFINITY);
    }

    /** Returns the learned mixing's running sums before the first step. */
    float[] mixingStart(ScoreEstimator.LearnedMixing learned) {
        EstimatorConfig estimator = config.estimator();
        double rows = (double) config.loop().batchSize() / NOISE_BINS;
        return learned.start(estimator.width(), estimator.mixingStart() * rows * task.dimension());
    }
}
