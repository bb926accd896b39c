package dev.idem.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.energy.GaussianMixture;
import dev.idem.random.Normals;
import dev.idem.task.Tasks;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fused score of mixtures against its definition in double precision, and against the exact smoothed score. */
class MixtureScoreKernelTest {

    private static final int FIRST_ROW = 40;
    private static final int OFFSET = 3;

    /** Everything that a run writes. */
    private record Result(float[] target, float[] denoising, float[] effective, double[] logMeanWeight) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 39})
    void scoresAreThoseOfTheDefinition(int dimension) {
        int informative = 0;
        boolean planar = dimension == 2;
        for (int modes : planar ? new int[] {1, 2, 7, 40} : new int[] {1, 7, 40}) {
            for (int copies : planar ? new int[] {1, 3, 15, 16, 17, 100, 500} : new int[] {1, 17, 100}) {
                for (boolean sameWidths : new boolean[] {true, false}) {
                    GaussianMixture mixture = mixture(dimension, modes, sameWidths);
                    informative += assertLikeReference(mixture, points(mixture, 1), copies);
                }
            }
        }
        assertThat(informative).isGreaterThan(60);
    }

    @Test
    void pointsFarAwayAreNoDifferent() {
        for (int dimension : new int[] {1, 2, 3}) {
            GaussianMixture mixture = mixture(dimension, 7, dimension == 2);
            assertLikeReference(mixture, points(mixture, 100), 100);
        }
    }

    @Test
    void severalTilesOfCopiesAreOneSum() {
        for (boolean sameWidths : new boolean[] {true, false}) {
            GaussianMixture mixture = mixture(2, 3, sameWidths);
            assertLikeReference(mixture, points(mixture, 1), 5003);
        }
    }

    /** Compares rows of several noise levels; returns how many have weights that are better than guesswork. */
    private static int assertLikeReference(GaussianMixture mixture, float[] x, int copies) {
        int dimension = mixture.dimension();
        int rows = x.length / dimension;
        float[] variance = variances(rows);
        Result plain = run(mixture, x, variance, copies, false);
        Result corrected = run(mixture, x, variance, copies, true);
        int informative = 0;
        for (int row = 0; row < rows; row++) {
            double[] point = new double[dimension];
            for (int axis = 0; axis < dimension; axis++) {
                point[axis] = x[row * dimension + axis];
            }
            ScoreReference reference = new ScoreReference(mixture, point, variance[row], copies, FIRST_ROW + row);
            // Exponents are right to a few units of the last place of their parts, weights to that relatively.
            double relative = 2e-6 + 3e-7 * reference.exponentScale;
            if (relative > 0.1) {
                continue;
            }
            informative++;
            double forceError = relative * reference.forceScale;
            double stepError = relative * 10 * Math.sqrt(dimension) / Math.sqrt(variance[row]);
            assertThat((double) plain.effective[row]).isCloseTo(reference.effective,
                    within(4 * relative * reference.effective));
            assertThat(plain.logMeanWeight[row]).isCloseTo(reference.logMeanWeight, within(2 * relative));
            for (int axis = 0; axis < dimension; axis++) {
                assertThat((double) plain.target[row * dimension + axis]).isCloseTo(reference.target[axis],
                        within(forceError));
                assertThat((double) plain.denoising[row * dimension + axis]).isCloseTo(reference.denoising[axis],
                        within(stepError));
            }
            double largestShare = reference.correctBias();
            if (copies > 1 && largestShare < 0.49) {
                for (int axis = 0; axis < dimension; axis++) {
                    assertThat((double) corrected.target[row * dimension + axis]).isCloseTo(reference.target[axis],
                            within(60 * forceError));
                    assertThat((double) corrected.denoising[row * dimension + axis])
                            .isCloseTo(reference.denoising[axis], within(60 * stepError));
                }
            } else if (copies == 1 || largestShare > 0.51) {
                assertThat(slice(corrected.target, row, dimension))
                        .containsExactly(slice(plain.target, row, dimension));
                assertThat(slice(corrected.denoising, row, dimension))
                        .containsExactly(slice(plain.denoising, row, dimension));
            }
        }
        return informative;
    }

    @Test
    void manyCopiesConvergeToTheSmoothedScore() {
        GaussianMixture mixture = gmm40();
        float[] x = {0f, 0f, 0.1f, -0.3f, -0.33f, -0.29f, 0.7f, 0.7f};
        int copies = 1 << 20;
        for (double variance : new double[] {0.001, 0.1}) {
            float[] variances = new float[4];
            Arrays.fill(variances, (float) variance);
            Result result = run(mixture, x, variances, copies, false);
            for (int row = 0; row < 4; row++) {
                double[] score = new double[2];
                double logDensity = mixture.smoothed(variance)
                        .logDensityAndScore(new double[] {x[2 * row], x[2 * row + 1]}, 0, score, 0);
                // Standard errors of a self-normalised mean of terms of size 1/σ and, for T, √h/σ².
                double error = 6 / Math.sqrt(result.effective[row]);
                double width = 1.3132616875 / 50;
                assertThat(result.logMeanWeight[row]).isCloseTo(logDensity, within(error));
                for (int axis = 0; axis < 2; axis++) {
                    assertThat((double) result.denoising[2 * row + axis]).isCloseTo(score[axis],
                            within(error / Math.sqrt(variance)));
                    assertThat((double) result.target[2 * row + axis]).isCloseTo(score[axis], within(error / width));
                }
            }
        }
    }

    /** The published mixture in its model coordinates at three points, noise variance 0.001; from double precision. */
    @Test
    void smoothedScoresOfThePublishedMixture() {
        double[][] expected = {{0, 0, -13.974461957, -73.2518661, 52.0453565},
                {0.1, -0.3, -11.549719658, -34.2688293, -65.2099882},
                {0.7, 0.7, -6.982289709, -2.2692634, 3.4829084}};
        for (double[] row : expected) {
            Result result = run(gmm40(), new float[] {(float) row[0], (float) row[1]}, new float[] {0.001f}, 1 << 20,
                    true);
            double error = 5 / Math.sqrt(result.effective[0]);
            // In the published coordinates the density is 50² times smaller.
            assertThat(result.logMeanWeight[0] - 2 * Math.log(50)).isCloseTo(row[2], within(error));
            for (int axis = 0; axis < 2; axis++) {
                assertThat((double) result.target[axis]).isCloseTo(row[3 + axis], within(error / 0.0263));
                assertThat((double) result.denoising[axis]).isCloseTo(row[3 + axis], within(error / 0.0316));
            }
        }
    }

    @Test
    void biasCorrectionRemovesMostOfTheBias() {
        // One Gaussian: at copies = 32 the plain estimate of its score is biased, the exact score is −x/(1 + h).
        GaussianMixture mixture = GaussianMixture.of(2, new double[] {1}, new double[2], new double[] {1});
        int rows = 40_000;
        float[] x = new float[2 * rows];
        float[] variance = new float[rows];
        Arrays.fill(x, 1.5f);
        Arrays.fill(variance, 1f);
        double plain = bias(run(mixture, x, variance, 32, false), -0.75);
        double corrected = bias(run(mixture, x, variance, 32, true), -0.75);
        assertThat(Math.abs(plain)).isGreaterThan(0.01);
        assertThat(Math.abs(corrected)).isLessThan(0.35 * Math.abs(plain));
    }

    private static double bias(Result result, double exact) {
        double sum = 0;
        for (float value : result.denoising) {
            sum += value - exact;
        }
        return sum / result.denoising.length;
    }

    @Test
    void rowsDoNotDependOnTheirNeighbours() {
        GaussianMixture mixture = mixture(3, 7, true);
        float[] x = points(mixture, 1);
        int rows = x.length / 3;
        float[] variance = variances(rows);
        Result all = run(mixture, x, variance, 50, true);
        MixtureConstants constants = MixtureConstants.of(mixture);
        float[] target = new float[3];
        float[] other = new float[4];
        for (int row = 0; row < rows; row++) {
            MixtureScoreKernel.run(constants, x, 3 * row, variance, row, 1, FIRST_ROW + row, new int[] {50}, 0,
                    ScoreReference.LOW, ScoreReference.HIGH, ScoreReference.STREAM, ScoreReference.STEP, true, target,
                    0,
                    other, 0, other, 3, null, 0, new ScoreScratch(constants));
            assertThat(target).containsExactly(slice(all.target, row, 3));
        }
    }

    @Test
    void noModeIsDroppedThatMatters() {
        GaussianMixture mixture = gmm40();
        MixtureConstants constants = MixtureConstants.of(mixture);
        ScoreScratch scratch = new ScoreScratch(constants);
        float[] x = points(mixture, 1);
        int dropped = 0;
        for (double deviation = 1e-5; deviation < 1; deviation *= 1.5) {
            for (int row = 0; row < x.length / 2; row++) {
                MixtureModes.prepare(constants, x, 2 * row, deviation * deviation, Normals.LARGEST_RADIUS, scratch);
                dropped += 40 - scratch.live;
                for (double angle = 0; angle < 2 * Math.PI; angle += 0.1) {
                    double[] y = {x[2 * row] + deviation * Normals.LARGEST_RADIUS * Math.cos(angle),
                            x[2 * row + 1] + deviation * Normals.LARGEST_RADIUS * Math.sin(angle)};
                    double live = 0;
                    for (int mode = 0; mode < scratch.live; mode++) {
                        double e0 = Normals.LARGEST_RADIUS * Math.cos(angle);
                        double e1 = Normals.LARGEST_RADIUS * Math.sin(angle);
                        live += Math.pow(2, scratch.peaks[mode] + scratch.slopes[mode] * e0
                                + scratch.slopes[constants.padded + mode] * e1
                                - scratch.curvatures[mode] * Normals.LARGEST_RADIUS * Normals.LARGEST_RADIUS);
                    }
                    if (live > 1e-280) {
                        double logLive = Math.log(live) + scratch.reference * Math.log(2) - Math.log(2 * Math.PI);
                        assertThat(logLive).isCloseTo(mixture.logDensity(y, 0), within(1e-3));
                    }
                }
            }
        }
        assertThat(dropped).isGreaterThan(1000);
    }

    @Test
    void aPointThatIsNotFiniteGivesNaN() {
        for (int dimension : new int[] {2, 3}) {
            for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
                float[] x = new float[dimension];
                x[1] = bad;
                Result result = run(mixture(dimension, 7, true), x, new float[] {0.1f}, 20, true);
                assertThat(result.target[1]).isNaN();
                assertThat(result.effective[0]).isNaN();
            }
        }
    }

    @Test
    void aNumberOfCopiesBelowOneIsRefused() {
        assertThatThrownBy(() -> run(mixture(2, 2, true), new float[2], new float[] {1f}, 0, false))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("row 0")
                .hasMessageContaining("got 0");
    }

    private static Result run(GaussianMixture mixture, float[] x, float[] variance, int copies,
            boolean biasCorrection) {
        int dimension = mixture.dimension();
        int rows = variance.length;
        MixtureConstants constants = MixtureConstants.of(mixture);
        int[] counts = new int[rows + OFFSET];
        Arrays.fill(counts, copies);
        float[] target = new float[x.length + 2 * OFFSET];
        float[] denoising = new float[x.length + 2 * OFFSET];
        float[] effective = new float[rows + 2 * OFFSET];
        double[] logMeanWeight = new double[rows + 2 * OFFSET];
        MixtureScoreKernel.run(constants, shifted(x), OFFSET, shifted(variance), OFFSET, rows, FIRST_ROW, counts,
                OFFSET,
                ScoreReference.LOW, ScoreReference.HIGH, ScoreReference.STREAM, ScoreReference.STEP, biasCorrection,
                target, OFFSET, denoising, OFFSET, effective, OFFSET, logMeanWeight, OFFSET,
                new ScoreScratch(constants));
        for (float[] output : new float[][] {target, denoising, effective}) {
            assertThat(Arrays.copyOf(output, OFFSET)).containsOnly(0f);
            assertThat(Arrays.copyOfRange(output, output.length - OFFSET, output.length)).containsOnly(0f);
        }
        return new Result(Arrays.copyOfRange(target, OFFSET, OFFSET + rows * dimension),
                Arrays.copyOfRange(denoising, OFFSET, OFFSET + rows * dimension),
                Arrays.copyOfRange(effective, OFFSET, OFFSET + rows),
                Arrays.copyOfRange(logMeanWeight, OFFSET, OFFSET + rows));
    }

    private static float[] shifted(float[] values) {
        float[] result = new float[values.length + OFFSET];
        System.arraycopy(values, 0, result, OFFSET, values.length);
        return result;
    }

    private static float[] slice(float[] values, int row, int dimension) {
        return Arrays.copyOfRange(values, row * dimension, (row + 1) * dimension);
    }

    private static GaussianMixture gmm40() {
        return (GaussianMixture) Tasks.gmm40().energy();
    }

    /** Returns a mixture of some modes in [−0.8, 0.8]^dimension of width about 0.03 √dimension. */
    private static GaussianMixture mixture(int dimension, int modes, boolean sameWidths) {
        double[] weights = new double[modes];
        double[] means = new double[modes * dimension];
        double[] deviations = new double[modes];
        for (int mode = 0; mode < modes; mode++) {
            weights[mode] = 1 + mode % 3;
            deviations[mode] = 0.026 * Math.sqrt(dimension) * (sameWidths ? 1 : 0.5 + mode % 4);
        }
        for (int i = 0; i < means.length; i++) {
            means[i] = 0.5 * Normals.normal(9, 9, 9, 9, dimension, i);
        }
        return GaussianMixture.of(dimension, weights, means, deviations);
    }

    /** Returns eight points, some near modes, some anywhere within {@code reach}. */
    private static float[] points(GaussianMixture mixture, double reach) {
        int dimension = mixture.dimension();
        double[] means = mixture.means();
        float[] x = new float[8 * dimension];
        for (int row = 0; row < 8; row++) {
            for (int axis = 0; axis < dimension; axis++) {
                double z = Normals.normal(8, 8, 8, 8, row, axis);
                int mode = row % mixture.modes();
                x[row * dimension + axis] = (float) (row % 4 == 3
                        ? 0.1 * reach * z
                        : means[mode * dimension + axis] + 0.03 * z);
            }
        }
        return x;
    }

    private static float[] variances(int rows) {
        float[] variance = new float[rows];
        for (int row = 0; row < rows; row++) {
            variance[row] = (float) Math.pow(10, -10 + row * 10.0 / 7);
        }
        return variance;
    }
}
