package dev.idem.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.energy.GaussianMixture;
import dev.idem.energy.HostEnergy;
import dev.idem.energy.InvalidEnergyException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pooled scores where numbers are extreme; ordinary ones are compared with the reference backend. */
class PooledScoreKernelTest {

    private static final int ROWS = 40;
    private static final int COPIES = 3;

    private final float[] x;
    private final float[] variance = new float[ROWS];
    private final int[] firstCopy = new int[ROWS + 1];
    private final float[] points;

    PooledScoreKernelTest() {
        SplittableRandom random = new SplittableRandom(1);
        x = gaussians(random, ROWS * 2, 1);
        points = new float[ROWS * COPIES * 2];
        for (int row = 0; row < ROWS; row++) {
            double deviation = Math.exp(-5 + 5.5 * row / ROWS);
            variance[row] = (float) (deviation * deviation);
            firstCopy[row + 1] = (row + 1) * COPIES;
            for (int copy = row * COPIES; copy < (row + 1) * COPIES; copy++) {
                for (int axis = 0; axis < 2; axis++) {
                    points[2 * copy + axis] = (float) (x[2 * row + axis] + deviation * random.nextGaussian());
                }
            }
        }
    }

    private static float[] gaussians(SplittableRandom random, int count, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    /** E = offset + |y|²/2 · stiffness, with a wall where the first coordinate exceeds an end. */
    private record Well(double offset, double stiffness, double end, float slopeInTheWall) implements HostEnergy {
        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public void evaluate(float[] y, int rows, double[] energy, float[] gradient) {
            for (int row = 0; row < rows; row++) {
                boolean wall = y[2 * row] > end;
                double square = (double) y[2 * row] * y[2 * row] + (double) y[2 * row + 1] * y[2 * row + 1];
                energy[row] = wall ? Double.POSITIVE_INFINITY : offset + stiffness * square / 2;
                gradient[2 * row] = wall ? slopeInTheWall : (float) (stiffness * y[2 * row]);
                gradient[2 * row + 1] = (float) (stiffness * y[2 * row + 1]);
            }
        }
    }

    private float[] scores(HostEnergy energy) {
        int copies = ROWS * COPIES;
        PoolScratch scratch = new PoolScratch(2);
        float[] energies = new float[2 * copies];
        float[] force = new float[2 * copies];
        CopyEnergyKernel.run(energy, points, 0, copies, energies, 0, force, 0, scratch);
        float[] logWeight = new float[2 * copies];
        BalanceKernel.load(variance, firstCopy, ROWS, scratch);
        BalanceKernel.run(x, ROWS, points, 0, copies, energies, 0, logWeight, 0, scratch);
        PooledScoreKernel.load(points, logWeight, force, copies, scratch);
        float[] out = new float[5 * ROWS]; // [target, denoising][row][axis], then [row]
        for (int row = 0; row < ROWS; row++) {
            PooledScoreKernel.run(x, 2 * row, variance[row], false, out, 2 * row, out, 2 * (ROWS + row), out,
                    4 * ROWS + row, scratch);
        }
        return out;
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e7, 123.25, 1e7})
    void whereTheEnergyHasItsZeroDoesNotMatter(double offset) {
        float[] plain = scores(new Well(0, 3, 10, 0));
        float[] shifted = scores(new Well(offset, 3, 10, 0));
        for (int i = 0; i < plain.length; i++) {
            assertThat((double) shifted[i]).isCloseTo(plain[i], within(1e-4 * Math.max(1, Math.abs(plain[i]))));
        }
    }

    /** The denoising score of the target score's own Gaussian is known to rounding once both are mixed. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 1, 1e3, 1e6})
    void theMixtureOfBothScoresOfOneGaussianIsExact(double stiffness) {
        float[] out = scores(new Well(0, stiffness, 10, 0));
        for (int row = 0; row < ROWS; row++) {
            double c = 1 / (1 + stiffness * variance[row]);
            for (int axis = 0; axis < 2; axis++) {
                double mixed = c * out[2 * row + axis] + (1 - c) * out[2 * (ROWS + row) + axis];
                double exact = -x[2 * row + axis] / (1 / stiffness + variance[row]);
                assertThat(mixed).isCloseTo(exact,
                        within(2e-5 * Math.max(Math.abs(exact), 1 / Math.sqrt(variance[row]))));
            }
        }
    }

    @Test
    void theGradientInAWallIsNotRead() {
        assertThat(scores(new Well(0, 3, 0.1, Float.NaN))).doesNotContain(Float.NaN)
                .isEqualTo(scores(new Well(0, 3, 0.1, 7)));
    }

    @Test
    void rowsThatReachNoFiniteEnergyGetNothing() {
        assertThat(scores(new Well(0, 3, -100, Float.NaN))).containsOnly(0f, -0f);
    }

    @Test
    void aGradientThatIsNoNumberIsRefused() {
        HostEnergy energy = new HostEnergy() {
            @Override
            public int dimension() {
                return 2;
            }

            @Override
            public void evaluate(float[] y, int rows, double[] energies, float[] gradient) {
                Arrays.fill(energies, 0, rows, 1);
                Arrays.fill(gradient, 0, 2 * rows, Float.NaN);
            }
        };
        assertThatThrownBy(() -> scores(energy)).isInstanceOf(InvalidEnergyException.class)
                .hasMessageContaining("gradient component 0 is NaN").hasMessageContaining("energy is 1.0");
    }

    @Test
    void aRowThatIsNoNumberSpoilsOnlyItself() {
        float[] good = scores(new Well(0, 3, 10, 0));
        x[6] = Float.NaN;
        for (int copy = 3 * COPIES; copy < 4 * COPIES; copy++) {
            points[2 * copy] = 1e30f; // out of everybody's reach, as the copies of such a row are
        }
        float[] spoilt = scores(new Well(0, 3, 10, 0));
        assertThat(spoilt[6]).isNaN();
        for (int i = 0; i < 4 * ROWS; i++) {
            assertThat(i / 2 % ROWS == 3 || Float.isFinite(spoilt[i])).isTrue();
        }
        assertThat(good).doesNotContain(Float.NaN);
    }

    @Test
    void energiesOfAMixtureAreItsLogDensities() {
        GaussianMixture mixture = GaussianMixture.of(2, new double[] {1, 2, 5}, new double[] {0, 0, 1, -1, 0.3, 2},
                new double[] {0.01, 0.3, 1.5});
        int count = ROWS * COPIES;
        float[] energies = new float[2 * count];
        float[] force = new float[2 * count];
        CopyEnergyKernel.run(MixtureConstants.of(mixture), points, 0, count, energies, 0, force, 0, new PoolScratch(2));
        double[] score = new double[2];
        for (int point = 0; point < count; point++) {
            double[] y = {points[2 * point], points[2 * point + 1]};
            double exact = -mixture.logDensityAndScore(y, 0, score, 0);
            assertThat((double) energies[2 * point] + energies[2 * point + 1])
                    .isCloseTo(exact, within(2e-6 * (8 + Math.abs(exact))));
            for (int axis = 0; axis < 2; axis++) {
                assertThat((double) force[2 * point + axis])
                        .isCloseTo(score[axis], within(2e-5 * (1 + Math.abs(score[axis]))));
            }
        }
    }
}
