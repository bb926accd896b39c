package dev.idem.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.energy.GaussianMixture;
import dev.idem.energy.HostEnergy;
import dev.idem.energy.InvalidEnergyException;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** The score of a user's energy: equal to that of the fused kernel, walls, and energies that are none. */
class HostScoreKernelTest {

    private static final int ROWS = 6;

    /** A mixture as a user would write it, with whatever a test wants to go wrong. */
    private static final class MixtureEnergy implements HostEnergy {
        private final GaussianMixture mixture;
        private final ToDoubleFunction<double[]> replacement;
        private final float wrongSlope;
        int largestBatch;
        int calls;

        MixtureEnergy(GaussianMixture mixture, ToDoubleFunction<double[]> replacement, float wrongSlope) {
            this.mixture = mixture;
            this.replacement = replacement;
            this.wrongSlope = wrongSlope;
        }

        @Override
        public int dimension() {
            return mixture.dimension();
        }

        @Override
        public void evaluate(float[] x, int rows, double[] energy, float[] gradient) {
            assertThat(Thread.holdsLock(this)).isTrue();
            int dimension = dimension();
            largestBatch = Math.max(largestBatch, rows);
            calls += rows;
            double[] point = new double[dimension];
            double[] score = new double[dimension];
            for (int row = 0; row < rows; row++) {
                for (int axis = 0; axis < dimension; axis++) {
                    point[axis] = x[row * dimension + axis];
                }
                energy[row] = -mixture.logDensityAndScore(point, 0, score, 0);
                double other = replacement.applyAsDouble(point);
                boolean wrong = other != 0;
                energy[row] = wrong ? other : energy[row];
                for (int axis = 0; axis < dimension; axis++) {
                    gradient[row * dimension + axis] = wrong ? wrongSlope : (float) -score[axis];
                }
            }
        }
    }

    private record Result(float[] target, float[] denoising, float[] effective, double[] logMeanWeight) {}

    @Test
    void scoresAreThoseOfTheFusedKernel() {
        for (int dimension : new int[] {1, 2, 3, 8}) {
            for (int copies : new int[] {1, 15, 16, 17, 256, 257, 600}) {
                GaussianMixture mixture = wide(dimension);
                for (boolean biasCorrection : new boolean[] {false, true}) {
                    MixtureEnergy energy = new MixtureEnergy(mixture, point -> 0, 0f);
                    Result host = run(energy, dimension, copies, biasCorrection);
                    Result fused = fused(mixture, copies, biasCorrection);
                    assertThat(energy.calls).isEqualTo(ROWS * copies);
                    assertThat(energy.largestBatch).isEqualTo(Math.min(copies, 256));
                    assertClose(host.target, fused.target, 3e-5f);
                    assertClose(host.denoising, fused.denoising, 3e-5f);
                    assertClose(host.effective, fused.effective, 1e-5f * copies);
                    for (int row = 0; row < ROWS; row++) {
                        assertThat(host.logMeanWeight[row]).isCloseTo(fused.logMeanWeight[row], within(1e-5));
                    }
                }
            }
        }
    }

    @Test
    void aWallHasNoWeightAndItsGradientIsNotRead() {
        GaussianMixture mixture = wide(2);
        Result walled = run(
                new MixtureEnergy(mixture, point -> point[0] > 0.1 ? Double.POSITIVE_INFINITY : 0, Float.NaN),
                2, 400, false);
        for (int row = 0; row < ROWS; row++) {
            double weight = 0;
            double step = 0;
            for (int copy = 0; copy < 400; copy++) {
                double e0 = ScoreReference.noise(row, copy, 0, 2);
                double e1 = ScoreReference.noise(row, copy, 1, 2);
                double[] y = {x(2)[2 * row] + Math.sqrt(variance()[row]) * e0,
                        x(2)[2 * row + 1] + Math.sqrt(variance()[row]) * e1};
                double w = y[0] > 0.1 ? 0 : Math.exp(mixture.logDensity(y, 0));
                weight += w;
                step += w * e0 / Math.sqrt(variance()[row]);
            }
            if (weight > 0) {
                assertThat((double) walled.denoising[2 * row]).isCloseTo(step / weight, within(1e-4));
            }
        }
    }

    @Test
    void aRowInsideAWallGetsNothing() {
        Result walled = run(new MixtureEnergy(wide(2), point -> Double.POSITIVE_INFINITY, Float.NaN), 2, 40, true);
        assertThat(walled.target).containsOnly(0f);
        assertThat(walled.denoising).containsOnly(0f);
        assertThat(walled.effective).containsOnly(0f);
        assertThat(walled.logMeanWeight).containsOnly(Double.NEGATIVE_INFINITY);
    }

    @Test
    void aGradientThatIsNaNWhereTheWeightVanishesIsNotRead() {
        Result result = run(new MixtureEnergy(wide(2), point -> point[0] > 0 ? 1e6 : 0, Float.NaN), 2, 400, false);
        for (float value : result.target) {
            assertThat(value).isNotNaN();
        }
    }

    @Test
    void energiesThatAreNoneAreRefused() {
        for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(
                    () -> run(new MixtureEnergy(wide(2), point -> point[0] > 0.3 ? bad : 0, 0f), 2, 100, false))
                    .isInstanceOf(InvalidEnergyException.class).hasMessageContaining("energy " + bad + " at [0.");
        }
        assertThatThrownBy(
                () -> run(new MixtureEnergy(wide(2), point -> point[0] > 0.3 ? 1 : 0, Float.NaN), 2, 100, false))
                .isInstanceOf(InvalidEnergyException.class).hasMessageContaining("gradient component 0 is NaN at [0.")
                .hasMessageContaining("energy is 1.0");
        assertThatThrownBy(() -> run(new MixtureEnergy(wide(2), point -> 0, 0f), 2, 0, false))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("got 0");
    }

    @Test
    void hugeEnergiesNeitherOverflowNorVanish() {
        for (double shift : new double[] {-1e6, 1e6}) {
            GaussianMixture mixture = wide(2);
            MixtureEnergy shifted = new MixtureEnergy(mixture, point -> shift - mixture.logDensity(point, 0), 1f);
            Result result = run(shifted, 2, 100, false);
            Result plain = run(new MixtureEnergy(mixture, point -> 0, 0f), 2, 100, false);
            assertClose(result.denoising, plain.denoising, 1e-6f);
            assertThat(result.target).containsOnly(-1f);
            assertThat(result.logMeanWeight[0]).isCloseTo(plain.logMeanWeight[0] - shift, within(1e-6));
        }
    }

    private static Result run(HostEnergy energy, int dimension, int copies, boolean biasCorrection) {
        Result result = result(dimension);
        HostScoreKernel.run(energy, x(dimension), 0, variance(), 0, ROWS, 0, copies(copies), 0, ScoreReference.LOW,
                ScoreReference.HIGH, ScoreReference.STREAM, ScoreReference.STEP, biasCorrection, result.target, 0,
                result.denoising, 0, result.effective, 0, result.logMeanWeight, 0, new HostScoreScratch(dimension));
        return result;
    }

    private static Result fused(GaussianMixture mixture, int copies, boolean biasCorrection) {
        int dimension = mixture.dimension();
        Result result = result(dimension);
        MixtureConstants constants = MixtureConstants.of(mixture);
        MixtureScoreKernel.run(constants, x(dimension), 0, variance(), 0, ROWS, 0, copies(copies), 0,
                ScoreReference.LOW,
                ScoreReference.HIGH, ScoreReference.STREAM, ScoreReference.STEP, biasCorrection, result.target, 0,
                result.denoising, 0, result.effective, 0, result.logMeanWeight, 0, new ScoreScratch(constants));
        return result;
    }

    private static Result result(int dimension) {
        return new Result(new float[ROWS * dimension], new float[ROWS * dimension], new float[ROWS], new double[ROWS]);
    }

    /** Returns a mixture so wide that float arithmetic loses nothing. */
    private static GaussianMixture wide(int dimension) {
        double[] means = new double[3 * dimension];
        for (int i = 0; i < means.length; i++) {
            means[i] = 0.3 * (i % 5 - 2);
        }
        return GaussianMixture.of(dimension, new double[] {1, 2, 3}, means, new double[] {0.5, 0.7, 1});
    }

    private static float[] x(int dimension) {
        float[] x = new float[ROWS * dimension];
        for (int i = 0; i < x.length; i++) {
            x[i] = 0.25f * (i % 7 - 3);
        }
        return x;
    }

    private static float[] variance() {
        return new float[] {1e-4f, 0.01f, 0.1f, 0.3f, 1f, 0.5f};
    }

    private static int[] copies(int copies) {
        int[] counts = new int[ROWS];
        Arrays.fill(counts, copies);
        return counts;
    }

    private static void assertClose(float[] actual, float[] expected, float relative) {
        assertThat(actual).hasSameSizeAs(expected);
        float largest = 1f;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], org.assertj.core.api.Assertions.within(relative * largest));
        }
    }
}
