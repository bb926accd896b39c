package dev.idem.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.backend.Backend;
import dev.idem.config.ConfigReader;
import dev.idem.config.ConfigRequest;
import dev.idem.config.RunConfig;
import dev.idem.cpu.CpuBackend;
import dev.idem.energy.ParticleEnergy;
import dev.idem.eval.Estimate;
import dev.idem.task.Task;
import dev.idem.task.Tasks;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Samplers without a network, and Langevin steps of samples that are there. */
class ControlsTest {

    private static final TrainedSampler.Langevin STEPS = new TrainedSampler.Langevin(30, 0.02, true);

    private static final int RELAX_STEPS = 600;

    private static RunConfig config(String task, String... more) {
        Stream<String> sets = Stream.of("network.hidden=8", "sampler.steps=6", "sampler.restartSteps=0",
                "refine.relaxSteps=" + RELAX_STEPS);
        String[] all = Stream.concat(sets, Stream.of(more)).toArray(String[]::new);
        return ConfigReader.resolve(ConfigRequest.of(task, "default").with(all), run -> Tasks.of(run).scale());
    }

    private static Controls controls(String task, int threads, String... more) {
        RunConfig config = config(task, more);
        return new Controls(Tasks.of(config), config.train(), new CpuBackend(threads), threads);
    }

    private static double[] energies(Task task, float[] samples) {
        ParticleEnergy energy = task.particles().orElseThrow();
        double[] x = new double[samples.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = samples[i];
        }
        return IntStream.range(0, x.length / energy.dimension())
                .mapToDouble(row -> energy.energy(x, row * energy.dimension())).toArray();
    }

    /** Mean of E of dw4 by its own reference sampler: −22.54. */
    @Test
    void chainsOfFixedStepSizeAreExact() {
        int chains = 600;
        Controls.Control drawn = controls("dw4", 2).langevin(600 * 6001, chains, 1);
        Estimate energy = Estimate.ofMean(energies(Tasks.dw4(), drawn.samples()));
        assertThat(energy.value()).isCloseTo(-22.54, within(4 * energy.standardError()));
        assertThat(energy.standardError()).isLessThan(0.15);
        assertThat(drawn.description()).contains("600 chains").contains("first half");
    }

    @Test
    void chainsThatHaveNotArrivedAreSeen() {
        Controls.Control drawn = controls("dw4", 2).langevin(600 * 9, 600, 1);
        Estimate energy = Estimate.ofMean(energies(Tasks.dw4(), drawn.samples()));
        assertThat(energy.value()).isGreaterThan(-22.54 + 5 * energy.standardError());
    }

    @ParameterizedTest
    @CsvSource({"60000, 1", "61234, 1", "60000, 10", "61234, 10"})
    void langevinMakesAsManyCallsAsAskedFor(long calls, int trajectory) {
        Controls.Control drawn = controls("lj13", 1, "refine.trajectory=" + trajectory).langevin(calls, 40, 1);
        assertThat(drawn.energyCalls()).isLessThanOrEqualTo(calls).isGreaterThan(calls - 40L * trajectory);
    }

    @Test
    void langevinKeepsMoreThanOneStateOfAChain() {
        float[] samples = controls("dw4", 1).langevin(1024 * 401, 2500, 1).samples();
        assertThat(samples).hasSize(2500 * 8);
        int moved = 0;
        for (int row = 2048; row < 2500; row++) {
            moved += samples[row * 8] == samples[(row - 1024) * 8] ? 0 : 1;
        }
        assertThat(moved).as("of 452 chains").isGreaterThan(400);
    }

    @Test
    void temperingStopsAtTheCallsAskedFor() {
        Controls.Control drawn = controls("dw4", 2).tempering(600_000, 400, 1);
        assertThat((double) drawn.energyCalls()).isCloseTo(600_000, within(0.05 * 600_000));
        Estimate energy = Estimate.ofMean(energies(Tasks.dw4(), drawn.samples()));
        assertThat(energy.value()).isCloseTo(-22.54, within(6 * energy.standardError())); // correlated samples
    }

    @Test
    void relaxedPriorDrawsAreCountedWhole() {
        Controls.Control drawn = controls("lj13", 1).relaxed(new TrainedSampler.Langevin(50, 5e-4, true), 60, 1);
        assertThat(drawn.energyCalls()).isEqualTo(60 * (1 + RELAX_STEPS + 1 + 50));
        // Far below the energy at which a sample has exploded, where the replay's descent would have stopped.
        assertThat(Arrays.stream(energies(Tasks.lj13(), drawn.samples())).max().orElseThrow()).isLessThan(-15);
    }

    @Test
    void bitsDoNotDependOnThreads() {
        for (String task : new String[] {"dw4", "lj13"}) {
            assertThat(controls(task, 2).langevin(8000, 37, 5).samples())
                    .isEqualTo(controls(task, 1).langevin(8000, 37, 5).samples());
            assertThat(controls(task, 2).relaxed(STEPS, 37, 5).samples())
                    .isEqualTo(controls(task, 1).relaxed(STEPS, 37, 5).samples());
        }
    }

    @Test
    void refusesTooFewCalls() {
        assertThatThrownBy(() -> controls("dw4", 1).langevin(100, 50, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("100 energy calls are too few for 50 samples");
        assertThatThrownBy(() -> controls("dw4", 1).tempering(10_000, 50, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10000 energy calls are too few for 50 samples");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, Integer.MAX_VALUE / 8 + 1})
    void refusesNumbersOfSamplesThatNoArrayHolds(int samples) {
        Controls controls = controls("dw4", 1);
        String message = "samples is " + samples + ", must be in 1 … 268435455";
        assertThatIllegalArgumentException().isThrownBy(() -> controls.langevin(1_000_000, samples, 1))
                .withMessage(message);
        assertThatIllegalArgumentException().isThrownBy(() -> controls.tempering(1_000_000, samples, 1))
                .withMessage(message);
        assertThatIllegalArgumentException().isThrownBy(() -> controls.relaxed(STEPS, samples, 1))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 17})
    void movesWholeRowsOnly(int values) {
        try (TrainedSampler sampler = sampler(config("dw4"), new CpuBackend(1))) {
            assertThatIllegalArgumentException().isThrownBy(() -> sampler.moved(new float[values], STEPS, 3))
                    .withMessage("samples has " + values + " values, must be a positive multiple of the dimension 8");
        }
    }

    private static TrainedSampler sampler(RunConfig config, Backend backend) {
        Task task = Tasks.of(config);
        float[] parameters = new float[new MethodBuilder(task, config.train()).model().layout().size()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) (0.1 * Math.cos(0.37 * i));
        }
        return new TrainedSampler(task, config, new TrainedSampler.Weights(parameters, 0)).on(backend);
    }

    /** Moving afterwards is what drawing with Langevin steps does, bit for bit, whatever the batches. */
    @ParameterizedTest
    @ValueSource(ints = {5, 1100})
    void movedSamplesAreThoseDrawnWithLangevin(int count) {
        RunConfig config = config("dw4");
        try (TrainedSampler bare = sampler(config, new CpuBackend(2));
                TrainedSampler moving = sampler(config, new CpuBackend(2)).langevin(STEPS)) {
            MovedSamples moved = bare.moved(bare.sample(count, 3), STEPS, 3);
            assertThat(moved.samples()).isEqualTo(moving.sample(count, 3));
            assertThat(moved.acceptance()).isBetween(0.05, 0.999);
            assertThat(moved.energyCalls()).isEqualTo(31L * count);
        }
    }
}
