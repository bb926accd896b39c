package dev.idem.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.backend.Backend;
import dev.idem.config.EstimatorConfig;
import dev.idem.config.ReplayConfig;
import dev.idem.config.RunConfig;
import dev.idem.config.SamplerConfig;
import dev.idem.config.TrainConfig;
import dev.idem.cpu.CpuBackend;
import dev.idem.energy.GaussianMixture;
import dev.idem.reference.ReferenceBackend;
import dev.idem.task.Task;
import dev.idem.task.Tasks;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The outer loop: same bits whatever the threads, the slices and the interruptions; the same numbers as the reference. */
class TrainerTest {

    static Stream<TrainConfig> methods() {
        TrainConfig mixed = SmallRuns.train(EstimatorConfig.Kind.MIXED, ReplayConfig.Start.PRIOR,
                TrainConfig.Method.IDEM, SamplerConfig.Integrator.EULER_VARIANCE);
        return Stream.of(mixed, SmallRuns.pooled(mixed),
                SmallRuns.train(EstimatorConfig.Kind.TARGET_SCORE, ReplayConfig.Start.MONTE_CARLO,
                        TrainConfig.Method.IDEM, SamplerConfig.Integrator.POSTERIOR),
                SmallRuns.train(EstimatorConfig.Kind.DENOISING, ReplayConfig.Start.PRIOR, TrainConfig.Method.PDEM,
                        SamplerConfig.Integrator.SECOND_ORDER));
    }

    private static Trainer trainer(RunConfig config, Backend backend) {
        return new Trainer(Tasks.of(config), config, backend);
    }

    private static void epochs(Trainer trainer, int count, int slice) {
        for (int epoch = 0; epoch < count; epoch++) {
            while (trainer.stepsLeftInEpoch() > 0) {
                trainer.step(Math.min(slice, trainer.stepsLeftInEpoch()));
            }
            trainer.takeTotals();
            trainer.refill();
        }
    }

    private static Checkpoint trained(RunConfig config, Backend backend, int epochs, int slice) {
        try (Trainer trainer = trainer(config, backend)) {
            trainer.start();
            epochs(trainer, epochs, slice);
            return trainer.checkpoint();
        }
    }

    static void assertSameBits(Checkpoint actual, Checkpoint expected) {
        assertThat(actual.progress()).isEqualTo(expected.progress());
        assertThat(actual.floats().keySet()).isEqualTo(expected.floats().keySet());
        expected.floats().forEach((name, values) -> assertThat(actual.floats().get(name)).as(name).isEqualTo(values));
        expected.ints().forEach((name, values) -> assertThat(actual.ints().get(name)).as(name).isEqualTo(values));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void bitsDoNotDependOnThreadsOrSlices(TrainConfig train) {
        RunConfig config = SmallRuns.run(5, train);
        Checkpoint one = trained(config, new CpuBackend(1), 2, 6);
        assertSameBits(trained(config, new CpuBackend(2), 2, 1), one);
        assertSameBits(trained(config, new CpuBackend(5), 2, 4), one);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void agreesWithTheReferenceBackend(TrainConfig train) {
        RunConfig config = SmallRuns.run(5, train);
        Checkpoint expected = trained(config, new ReferenceBackend(), 1, 6);
        Checkpoint actual = trained(config, new CpuBackend(2), 1, 6);
        for (String name : List.of("parameters", "average", "replay", "lossTotal")) {
            float[] reference = expected.floats().get(name);
            double scale = 0;
            for (float value : reference) {
                scale = Math.max(scale, Math.abs(value));
            }
            // Adam's first steps are of size rate whatever the gradient: where a gradient is near zero its sign may differ.
            double tolerance = name.equals("replay") ? 0.02 * scale : 2e-3 * scale;
            float[] own = actual.floats().get(name);
            int off = 0;
            for (int i = 0; i < reference.length; i++) {
                off += Math.abs(own[i] - reference[i]) <= tolerance ? 0 : 1;
            }
            assertThat(off).as("elements of %s that differ", name).isLessThanOrEqualTo(reference.length / 100);
        }
    }

    @Test
    void seedsDiffer() {
        Checkpoint first = trained(SmallRuns.run(1), new CpuBackend(1), 1, 6);
        Checkpoint second = trained(SmallRuns.run(2), new CpuBackend(1), 1, 6);
        assertThat(second.floats().get("parameters")).isNotEqualTo(first.floats().get("parameters"));
        assertThat(second.floats().get("replay")).isNotEqualTo(first.floats().get("replay"));
    }

    @Test
    void continuesFromACheckpointBitForBit() {
        RunConfig config = SmallRuns.run(3);
        Checkpoint whole = trained(config, new CpuBackend(2), 4, 6);
        Checkpoint half;
        try (Trainer trainer = trainer(config, new CpuBackend(1))) {
            trainer.start();
            epochs(trainer, 1, 6);
            trainer.step(2); // in the middle of an epoch
            half = trainer.checkpoint();
        }
        try (Trainer trainer = trainer(config, new CpuBackend(2))) {
            trainer.restore(half);
            assertThat(trainer.stepsLeftInEpoch()).isEqualTo(4);
            epochs(trainer, 3, 6);
            assertSameBits(trainer.checkpoint(), whole);
        }
    }

    @Test
    void countsEnergyCallsExactly() {
        RunConfig config = SmallRuns.run(1);
        int[] copies = new MethodBuilder(Tasks.of(config), config.train()).copies(130);
        long perStep = 0;
        for (int count : copies) {
            assertThat(count).isBetween(20, 40);
            perStep += count;
        }
        assertThat(copies[129]).isGreaterThan(copies[0]);
        assertThat(trained(config, new CpuBackend(1), 2, 6).progress().energyCalls().total())
                .isEqualTo(2 * 6 * perStep);

        RunConfig warm = SmallRuns.run(1, SmallRuns.train(EstimatorConfig.Kind.MIXED, ReplayConfig.Start.MONTE_CARLO,
                TrainConfig.Method.IDEM, SamplerConfig.Integrator.POSTERIOR));
        assertThat(trained(warm, new CpuBackend(1), 1, 6).progress().energyCalls().total())
                .isEqualTo(6 * perStep + 100L * 12 * 40);
    }

    @Test
    void aPooledStepCallsTheEnergyOnceForEachCopyOfTheBatch() {
        RunConfig config = SmallRuns.run(1, SmallRuns.pooled(SmallRuns.run(1).train()));
        long inBand = Arrays.stream(new MethodBuilder(Tasks.of(config), config.train()).copies(130))
                .filter(count -> count == 5).count();
        double levels = Math.log(0.12 / 0.01) / Math.log(1 / 0.002); // uniform in ln σ
        assertThat((double) inBand).isCloseTo(130 * levels, within(1.0));
        assertThat(trained(config, new CpuBackend(1), 1, 6).progress().energyCalls().total())
                .isEqualTo(6 * (2 * 130 + 3 * inBand));
    }

    @Test
    void poolingIsRefusedForManyDimensions() {
        GaussianMixture mixture = GaussianMixture.of(9, new double[] {1}, new double[9], new double[] {1});
        Task task = new Task("wide", "nine dimensions", mixture, 1, 1);
        RunConfig config = SmallRuns.run(1, SmallRuns.pooled(SmallRuns.run(1).train()));
        assertThatThrownBy(() -> new Trainer(task, config, new CpuBackend(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("estimator.pooling = batch is for targets of at most 8 dimensions, and this one has 9: set "
                        + "estimator.pooling = none, and estimator.copies as high as can be paid for");
    }

    /** An untrained denoiser is the exact score of N(0, s² I): the sampler must give that distribution. */
    @Test
    void samplesOfAnUntrainedDenoiserAreGaussian() {
        RunConfig config = SmallRuns.run(1);
        TrainConfig train = config.train();
        SamplerConfig fine = new SamplerConfig(SamplerConfig.Integrator.SECOND_ORDER, 60, 1, 0.002, 0, 0);
        RunConfig sampling = SmallRuns.run(1, new TrainConfig(train.method(), train.noise(), train.network(),
                train.estimator(), train.loss(), train.optimiser(), train.replay(), train.refine(), fine, fine,
                train.loop(),
                train.evaluation()));
        float[] initial = new MethodBuilder(Tasks.gmm40(), train).model().initialParameters(1);
        int count = 20_000;
        try (TrainedSampler sampler = new TrainedSampler(Tasks.gmm40(), sampling,
                new TrainedSampler.Weights(initial, 0)).on(new CpuBackend(2))) {
            float[] samples = sampler.sample(count, 11);
            double deviation = 0.47 * 50;
            for (int axis = 0; axis < 2; axis++) {
                double sum = 0;
                double squares = 0;
                for (int row = 0; row < count; row++) {
                    sum += samples[2 * row + axis];
                    squares += samples[2 * row + axis] * samples[2 * row + axis];
                }
                assertThat(sum / count).isCloseTo(0, within(4 * deviation / Math.sqrt(count))); // 4 standard errors
                assertThat(squares / count / (deviation * deviation)).isCloseTo(1, within(0.05));
            }
            assertThat(sampler.sample(1500, 11)).isEqualTo(Arrays.copyOf(samples, 3000));
            assertThat(sampler.sample(3, 12)).isNotEqualTo(Arrays.copyOf(samples, 6));
        }
    }
}
