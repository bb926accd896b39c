package dev.idem.tempering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.energy.GaussianMixture;
import dev.idem.eval.EnergyAndForce;
import dev.idem.eval.ModeWeights;
import dev.idem.task.Tasks;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ParallelTemperingTest {

    private static final int PARTICLES = 5;
    private static final int AXES = 2;

    /** E = ½ Σ |x_i − x̄|²: energy has mean and variance 4, x·∇E mean 8. */
    private static final EnergyAndForce OSCILLATOR = (x, offset, force, forceOffset) -> {
        double energy = 0;
        for (int axis = 0; axis < AXES; axis++) {
            double mean = 0;
            for (int i = 0; i < PARTICLES; i++) {
                mean += x[offset + i * AXES + axis] / PARTICLES;
            }
            for (int i = 0; i < PARTICLES; i++) {
                double difference = x[offset + i * AXES + axis] - mean;
                energy += difference * difference / 2;
                force[forceOffset + i * AXES + axis] = -difference;
            }
        }
        return energy;
    };

    private static final TemperingTarget PARTICLES_IN_A_WELL = new TemperingTarget(OSCILLATOR, PARTICLES,
            PARTICLES * AXES, 1, 3);

    private record Drawn(float[] samples, TemperingReport report) {}

    private static Drawn draw(TemperingTarget target, TemperingSettings settings, int samples, long seed, int threads)
            throws IOException {
        float[] all = new float[samples * target.dimension()];
        int[] place = {0};
        TemperingReport report = ParallelTempering.sample(target, settings, samples, seed, threads, (part, rows) -> {
            System.arraycopy(part, 0, all, place[0], rows * target.dimension());
            place[0] += rows * target.dimension();
        }, TemperingListener.NONE);
        assertThat(place[0]).isEqualTo(all.length);
        return new Drawn(all, report);
    }

    private static TemperingSettings settings(int burnIn) {
        return TemperingSettings.DEFAULT.withBurnIn(burnIn);
    }

    @Test
    void particlesHaveTheirKnownMeans() throws IOException {
        TemperingReport report = draw(PARTICLES_IN_A_WELL, settings(640), 4000, 1, 2).report();
        ObservableReport energy = report.observables().get(0);
        ObservableReport virial = report.observables().get(1);
        assertThat(energy.name()).isEqualTo("energy");
        // Five standard errors; the errors themselves are known to a few per cent.
        assertThat(Math.abs(energy.mean() - 4)).isLessThan(5 * energy.standardError());
        assertThat(Math.abs(virial.mean() - 8)).isLessThan(5 * virial.standardError());
        assertThat(energy.deviation()).isBetween(1.85, 2.15);
        assertThat(energy.standardError()).isLessThan(0.06);
        assertThat(report.mixed()).isTrue();
        assertThat(report.effectiveSize()).isGreaterThan(2000);
        assertThat(report.roundTrips()).isGreaterThan(100);
    }

    @Test
    void configurationsHaveNoCentreOfMass() throws IOException {
        float[] samples = draw(PARTICLES_IN_A_WELL, settings(64), 40, 1, 1).samples();
        for (int row = 0; row < 40; row++) {
            double sum = 0;
            for (int i = 0; i < PARTICLES; i++) {
                sum += samples[row * PARTICLES * AXES + i * AXES];
            }
            assertThat(Math.abs(sum)).isLessThan(1e-6);
        }
    }

    @Test
    void bitsAreAFunctionOfTheSeedNotOfThreads() throws IOException {
        Drawn alone = draw(PARTICLES_IN_A_WELL, settings(64), 1100, 5, 1);
        Drawn together = draw(PARTICLES_IN_A_WELL, settings(64), 1100, 5, 3);
        assertThat(together.samples()).isEqualTo(alone.samples());
        assertThat(together.report()).isEqualTo(alone.report());
        assertThat(draw(PARTICLES_IN_A_WELL, settings(64), 1100, 6, 1).samples()).isNotEqualTo(alone.samples());
    }

    @Test
    void everyEnergyIsCounted() throws IOException {
        AtomicLong calls = new AtomicLong();
        EnergyAndForce counted = (x, offset, force, forceOffset) -> {
            calls.incrementAndGet();
            return OSCILLATOR.at(x, offset, force, forceOffset);
        };
        TemperingReport report = draw(new TemperingTarget(counted, PARTICLES, PARTICLES * AXES, 1, 3), settings(64),
                100, 1, 2).report();
        assertThat(report.energyCalls()).isEqualTo(calls.get()).isGreaterThan(report.burnInCalls());
        assertThat(report.sweeps()).isEqualTo(13L * report.thinning());
    }

    @Test
    void stopsAtANumberOfEnergyCalls() throws IOException {
        AtomicLong rows = new AtomicLong();
        TemperingReport report = ParallelTempering.sampleWithin(PARTICLES_IN_A_WELL, TemperingSettings.DEFAULT, 400_000,
                160, 1, 2, (part, count) -> rows.addAndGet(count), TemperingListener.NONE);
        assertThat(rows.get()).isEqualTo(160);
        // Of a thousand sweeps or so what is left over is less than one for each of the 20 samples of an ensemble.
        assertThat((double) report.energyCalls()).isCloseTo(400_000, within(0.04 * 400_000));
        assertThat(report.burnInCalls()).isLessThan(200_000);
        assertThatIllegalArgumentException().isThrownBy(() -> ParallelTempering.sampleWithin(PARTICLES_IN_A_WELL,
                TemperingSettings.DEFAULT, 200_000, 100_000, 1, 1, (part, count) -> {}, TemperingListener.NONE))
                .withMessageContaining("200000 energy calls are too few for 100000 samples");
    }

    @Test
    void ratesAreTunedToWhatWasAskedFor() throws IOException {
        // A stiff valley: 20 axes with deviations from 0.1 to 2.
        int dimension = 20;
        EnergyAndForce valley = (x, offset, force, forceOffset) -> {
            double energy = 0;
            for (int axis = 0; axis < dimension; axis++) {
                double deviation = 0.1 + 0.1 * axis;
                double scaled = x[offset + axis] / deviation;
                energy += scaled * scaled / 2;
                force[forceOffset + axis] = -scaled / deviation;
            }
            return energy;
        };
        TemperingReport report = draw(TemperingTarget.of(valley, dimension, 1, 10), settings(1024), 800, 1, 2)
                .report();
        assertThat(report.levels().getFirst().temperature()).isEqualTo(1);
        assertThat(report.levels().getLast().temperature()).isEqualTo(10);
        for (LevelReport level : report.levels()) {
            assertThat(level.acceptance()).isBetween(0.65, 0.85);
            if (level.temperature() < 10) {
                assertThat(level.exchangeRate()).isBetween(0.25, 0.6);
            }
        }
        ObservableReport energy = report.observables().getFirst();
        assertThat(Math.abs(energy.mean() - dimension / 2.0)).isLessThan(5 * energy.standardError());
    }

    @Test
    void findsTheWeightsOfFarModes() throws IOException {
        GaussianMixture mixture = Tasks.gmm40().exactMixture().orElseThrow();
        EnergyAndForce energy = (x, offset, force, forceOffset) -> -mixture.logDensityAndScore(x, offset, force,
                forceOffset);
        TemperingSettings settings = new TemperingSettings(8, 640, 0.35, 0.75, 4, 12);
        Drawn drawn = draw(TemperingTarget.of(energy, 2, 23, 100), settings, 1600, 3, 2);
        long[] counts = new ModeWeights(mixture.means(), 2).add(drawn.samples()).counts();
        // Pearson's statistic of independent samples has mean 39 and deviation 8.8, of these about as many times more as
        // they outnumber their effective size: 5 deviations.
        double chiSquared = Arrays.stream(counts).mapToDouble(count -> (count - 40) * (count - 40) / 40.0).sum();
        double effective = drawn.report().effectiveSize();
        assertThat(effective).isGreaterThan(400);
        assertThat(chiSquared * effective / 1600).isLessThan(39 + 5 * 8.8);
        assertThat(Arrays.stream(counts).min().orElseThrow()).isPositive();
    }

    @Test
    void aHotterDensityFails() throws IOException {
        // The check can fail: the same chains judged by the means of a density at temperature 1.1.
        ObservableReport energy = draw(PARTICLES_IN_A_WELL, settings(640), 4000, 1, 2).report().observables().get(0);
        assertThat(Math.abs(energy.mean() - 4.4)).isGreaterThan(5 * energy.standardError());
    }

    @Test
    void refusesWrongNumbers() {
        assertThatIllegalArgumentException().isThrownBy(() -> draw(PARTICLES_IN_A_WELL, settings(64), 0, 1, 1))
                .withMessageContaining("samples is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> settings(63)).withMessageContaining("burnIn is 63");
        assertThatIllegalArgumentException().isThrownBy(() -> new TemperingTarget(OSCILLATOR, 3, 10, 1, 3))
                .withMessageContaining("particles is 3");
        assertThatIllegalArgumentException().isThrownBy(() -> TemperingTarget.of(OSCILLATOR, 10, 0, 3))
                .withMessageContaining("spread is 0");
    }
}
