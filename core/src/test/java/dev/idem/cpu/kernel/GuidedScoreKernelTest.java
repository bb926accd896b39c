package dev.idem.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.energy.LennardJones;
import dev.idem.energy.PairDoubleWell;
import dev.idem.energy.ParticleEnergy;
import dev.idem.fixture.Configurations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Guided scores against exact ones, quadrature and the symmetries. */
class GuidedScoreKernelTest {

    private record Result(float[] target, float[] denoising, float effective) {}

    private static Result run(ParticleEnergy energy, float[] clean, float[] x, float variance, int copies, int steps,
            int row) {
        float[] target = new float[x.length];
        float[] denoising = new float[x.length];
        float[] effective = new float[1];
        GuidedScoreKernel.run(clean, 0, x, 0, variance, row, copies, steps, 5, 6, 7, 8, target, 0, denoising, 0,
                effective, 0, new GuidedScratch(energy));
        return new Result(target, denoising, effective[0]);
    }

    /** A helix with noise of the variance, centred. */
    private static float[] noised(ParticleEnergy energy, float variance, int row) {
        float[] x = new float[energy.dimension()];
        NormalKernel.normals(1, 2, 3, 4, row, 1, x.length, x, 0, new NoiseScratch());
        float[] clean = Configurations.helices(energy, 1);
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.fma((float) Math.sqrt(variance), x[i], clean[i]);
        }
        ParticleKernel.removeMean(x, 0, energy.particles(), energy.axes());
        return x;
    }

    /** A trap without pairs to speak of: each copy has the same weight, and the right mixture of scores no error. */
    @ParameterizedTest
    @ValueSource(floats = {1e-4f, 0.01f, 0.3f, 4f})
    void gaussianIsExact(float variance) {
        double spring = 1.7;
        LennardJones trap = new LennardJones(6, 3, 1e-15, 1, spring, 1e-2);
        float[] x = noised(trap, variance, 3);
        for (int copies : new int[] {1, 16, 50}) {
            Result result = run(trap, Configurations.helices(trap, 1), x, variance, copies, 1, 9);
            assertThat(result.effective).isCloseTo(copies, within(1e-4f * copies));
            double v = 1 / spring;
            double c = v / (v + variance);
            for (int i = 0; i < x.length; i++) {
                double mixed = c * result.target[i] + (1 - c) * result.denoising[i];
                assertThat(mixed).isCloseTo(-x[i] / (v + variance), within(2e-5 / Math.sqrt(variance)));
            }
        }
    }

    /** Two particles on a line at distance 2u: the posterior of u by quadrature. */
    @ParameterizedTest
    @ValueSource(floats = {0.01f, 0.1f, 0.2f})
    void agreesWithQuadrature(float variance) {
        PairDoubleWell well = new PairDoubleWell(2, 1, 0.9, -2, 0, 3);
        double at = 2.1;
        double sum = 0;
        double force = 0;
        double step = 0;
        double[] point = new double[2];
        double[] slope = new double[2];
        for (double u = -8; u < 8; u += 1e-4) {
            point[0] = u;
            point[1] = -u;
            double weight = Math.exp(-well.energyAndForce(point, 0, slope, 0) - (u - at) * (u - at) / variance);
            sum += weight;
            force += weight * slope[0];
            step += weight * (u - at) / variance;
        }
        int batches = 200;
        double[] targets = new double[batches];
        double[] denoisings = new double[batches];
        for (int row = 0; row < batches; row++) {
            Result result = run(well, new float[] {2, -2}, new float[] {(float) at, (float) -at}, variance, 2000, 4,
                    row);
            targets[row] = result.target[0];
            denoisings[row] = result.denoising[0];
        }
        agree(targets, force / sum);
        agree(denoisings, step / sum);
    }

    /** Four standard errors of the mean, and the bias of order 1/2000. */
    private static void agree(double[] values, double exact) {
        double mean = 0;
        double square = 0;
        for (double value : values) {
            mean += value / values.length;
            square += value * value / values.length;
        }
        double error = Math.sqrt(Math.max(0, square - mean * mean) / values.length);
        assertThat(error).isLessThan(0.02);
        assertThat(mean).isCloseTo(exact, within(4 * error + 1e-3));
    }

    /** At small noise the copies of the published proposal are many enough to tell. */
    @ParameterizedTest
    @MethodSource("dev.idem.fixture.Configurations#particles")
    void agreesWithTheMonteCarloScore(ParticleEnergy energy) {
        float variance = 4e-4f;
        float[] helix = Configurations.helices(energy, 1);
        PosteriorMode relaxed = new PosteriorMode(energy);
        assertThat(relaxed.find(helix, 0, helix, 0, 1, 60)).isTrue();
        int dimension = helix.length;
        float[] clean = new float[dimension];
        float[] x = new float[dimension];
        NormalKernel.normals(1, 2, 3, 4, 5, 1, dimension, x, 0, new NoiseScratch());
        for (int i = 0; i < dimension; i++) {
            clean[i] = (float) relaxed.point()[i];
            x[i] = Math.fma((float) Math.sqrt(variance), x[i], clean[i]);
        }
        ParticleKernel.removeMean(x, 0, energy.particles(), energy.axes());
        LaneEnergy lanes = LaneEnergy.of(energy);
        float[] target = new float[dimension];
        float[] denoising = new float[dimension];
        float[] effective = new float[1];
        AnalyticScoreKernel.run(lanes, x, 0, new float[] {variance}, 0, 1, 1, new int[] {200_000}, 0, 1, 2, 3, 4,
                false, target, 0, denoising, 0, effective, 0, null, 0, new AnalyticScoreScratch(lanes));
        assertThat(effective[0]).isGreaterThan(300);
        Result own = run(energy, clean, x, variance, 4000, 4, 1);
        // The spread of y − x is at most √h an axis where the energy is convex, and not much above it elsewhere.
        double error = Math.sqrt((1 / effective[0] + 1 / own.effective) / variance);
        double difference = 0;
        double[] mean = new double[energy.axes()];
        for (int i = 0; i < dimension; i++) {
            mean[i % mean.length] += denoising[i] / energy.particles();
        }
        for (int i = 0; i < dimension; i++) {
            double d = own.denoising[i] - (denoising[i] - mean[i % mean.length]);
            difference += d * d;
        }
        assertThat(Math.sqrt(difference / dimension)).isLessThan(2 * error);
    }

    @ParameterizedTest
    @MethodSource("dev.idem.fixture.Configurations#particles")
    void scoresAreMeanFreeWhereverTheParticlesAre(ParticleEnergy energy) {
        float[] x = noised(energy, 0.01f, 3);
        float[] clean = Configurations.helices(energy, 1);
        Result first = run(energy, clean, x, 0.01f, 40, 3, 1);
        for (int i = 0; i < x.length; i++) {
            x[i] += 0.5f;
            clean[i] -= 2;
        }
        Result second = run(energy, clean, x, 0.01f, 40, 3, 1);
        double scale = 0;
        double[] sums = new double[2 * energy.axes()];
        for (int i = 0; i < x.length; i++) {
            scale = Math.max(scale, Math.abs(first.target[i]) + Math.abs(first.denoising[i]));
            sums[i % energy.axes()] += first.target[i];
            sums[energy.axes() + i % energy.axes()] += first.denoising[i];
        }
        assertThat(sums).containsExactly(new double[sums.length], within(1e-5 * scale));
        for (int i = 0; i < x.length; i++) {
            assertThat((double) second.target[i]).isCloseTo(first.target[i], within(1e-3 * scale));
            assertThat((double) second.denoising[i]).isCloseTo(first.denoising[i], within(1e-3 * scale));
        }
    }

    /** The search commutes with turning all axes into each other and the particles' order round. */
    @Test
    void modeTurnsWithTheParticles() {
        LennardJones cluster = LennardJones.cluster(13);
        float[] clean = Configurations.helices(cluster, 1);
        float[] x = noised(cluster, 0.01f, 3);
        PosteriorMode one = new PosteriorMode(cluster);
        PosteriorMode other = new PosteriorMode(cluster);
        assertThat(one.find(clean, 0, x, 0, 0.01, 6)).isTrue();
        assertThat(other.find(turned(clean), 0, turned(x), 0, 0.01, 6)).isTrue();
        assertThat(other.translationPrecision()).isEqualTo(one.translationPrecision());
        for (int i = 0; i < 13; i++) {
            for (int axis = 0; axis < 3; axis++) {
                assertThat(other.point()[3 * (12 - i) + (axis + 1) % 3]).isCloseTo(one.point()[3 * i + axis],
                        within(1e-10));
            }
        }
    }

    private static float[] turned(float[] x) {
        float[] turned = new float[x.length];
        int last = x.length / 3 - 1;
        for (int i = 0; i <= last; i++) {
            for (int axis = 0; axis < 3; axis++) {
                turned[3 * (last - i) + (axis + 1) % 3] = x[3 * i + axis];
            }
        }
        return turned;
    }

    /** Where the search has arrived the force of the posterior vanishes. */
    @Test
    void searchArrivesAtTheMode() {
        LennardJones cluster = LennardJones.cluster(13);
        float[] clean = Configurations.helices(cluster, 1);
        float[] x = noised(cluster, 0.01f, 3);
        PosteriorMode mode = new PosteriorMode(cluster);
        assertThat(mode.find(clean, 0, x, 0, 0.01, 30)).isTrue();
        double[] force = new double[39];
        cluster.energyAndForce(mode.point(), 0, force, 0);
        for (int i = 0; i < 39; i++) {
            assertThat(force[i]).isCloseTo((mode.point()[i] - mode.x[i]) / 0.01, within(1e-8));
        }
    }

    @Test
    void rowsWithoutCopiesOrEnergyGetNothing() {
        LennardJones cluster = LennardJones.cluster(4);
        float[] clean = Configurations.helices(cluster, 1);
        float[] far = clean.clone();
        far[0] = 1e38f;
        for (Result result : new Result[] {run(cluster, clean, clean, 0.01f, 0, 3, 1),
                run(new LennardJones(4, 3, 1, 1, 1, 1e-60), new float[12], clean, 0.01f, 20, 3, 1),
                run(cluster, far, clean, 1e-38f, 20, 0, 1)}) {
            assertThat(result.target).containsOnly(0f);
            assertThat(result.denoising).containsOnly(0f);
            assertThat(result.effective).isZero();
        }
        clean[3] = Float.NaN;
        assertThat(run(cluster, far, clean, 0.01f, 20, 3, 1).target).containsOnly(Float.NaN);
        assertThatThrownBy(() -> run(cluster, far, far, 1, -1, 3, 2)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 2").hasMessageContaining("-1");
    }
}
