package dev.idem.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.energy.AnalyticEnergy;
import dev.idem.energy.HostEnergy;
import dev.idem.energy.LennardJones;
import dev.idem.energy.PairDoubleWell;
import dev.idem.fixture.Configurations;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fused scores of analytic energies against the kernel of host energies, fed with the definitions in double precision. */
class AnalyticScoreKernelTest {

    private static final float[] VARIANCES = {1e-6f, 1e-4f, 1e-3f, 0.01f, 0.1f, 1f};
    private static final int ROWS = VARIANCES.length;

    /** The definition, as a user's energy. */
    private record Definition(AnalyticEnergy energy) implements HostEnergy {
        @Override
        public int dimension() {
            return energy.dimension();
        }

        @Override
        public void evaluate(float[] x, int rows, double[] values, float[] gradient) {
            double[] point = new double[dimension()];
            double[] force = new double[dimension()];
            for (int row = 0; row < rows; row++) {
                for (int c = 0; c < point.length; c++) {
                    point[c] = x[row * point.length + c];
                }
                values[row] = energy.energyAndForce(point, 0, force, 0);
                for (int c = 0; c < point.length; c++) {
                    gradient[row * point.length + c] = (float) -force[c];
                }
            }
        }
    }

    private record Result(float[] target, float[] denoising, float[] effective, double[] logMeanWeight) {
        Result(int dimension) {
            this(new float[ROWS * dimension], new float[ROWS * dimension], new float[ROWS], new double[ROWS]);
        }
    }

    private static float[] rows(AnalyticEnergy energy) {
        double[] helix = Configurations.helix(energy);
        float[] x = new float[ROWS * helix.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (helix[i % helix.length] + 0.05 * Math.sin(i));
        }
        return x;
    }

    private static Result fused(AnalyticEnergy energy, float[] x, float[] variances, int copies, boolean corrected) {
        LaneEnergy lanes = LaneEnergy.of(energy);
        Result result = new Result(energy.dimension());
        int[] counts = new int[ROWS];
        Arrays.fill(counts, copies);
        AnalyticScoreKernel.run(lanes, x, 0, variances, 0, ROWS, 3, counts, 0, 5, 6, 7, 8, corrected, result.target, 0,
                result.denoising, 0, result.effective, 0, result.logMeanWeight, 0, new AnalyticScoreScratch(lanes));
        return result;
    }

    private static Result defined(AnalyticEnergy energy, float[] x, int copies, boolean corrected) {
        Result result = new Result(energy.dimension());
        int[] counts = new int[ROWS];
        Arrays.fill(counts, copies);
        HostScoreKernel.run(new Definition(energy), x, 0, VARIANCES, 0, ROWS, 3, counts, 0, 5, 6, 7, 8, corrected,
                result.target, 0, result.denoising, 0, result.effective, 0, result.logMeanWeight, 0,
                new HostScoreScratch(energy.dimension()));
        return result;
    }

    @ParameterizedTest
    @MethodSource("dev.idem.fixture.Configurations#energies")
    void scoresAreThoseOfTheDefinition(AnalyticEnergy energy) {
        for (int copies : new int[] {1, 15, 16, 17, 100, 1000}) {
            compare(energy, copies, copies % 2 == 0);
        }
    }

    @Test
    void scoresOfALargeClusterAreThoseOfTheDefinition() {
        compare(LennardJones.cluster(55), 300, true); // two tiles
    }

    private static void compare(AnalyticEnergy energy, int copies, boolean corrected) {
        float[] x = rows(energy);
        Result own = fused(energy, x, VARIANCES, copies, corrected);
        Result expected = defined(energy, x, copies, corrected);
        int dimension = energy.dimension();
        for (int row = 0; row < ROWS; row++) {
            String place = energy + ", " + copies + " copies, row " + row;
            double energyScale = dimension + Math.abs(expected.logMeanWeight[row]);
            double tolerance = 2e-5 * energyScale * Math.sqrt(copies);
            assertThat(own.logMeanWeight[row]).as(place)
                    .isCloseTo(expected.logMeanWeight[row], within(1e-5 * energyScale));
            assertThat((double) own.effective[row]).as(place)
                    .isCloseTo(expected.effective[row], within(tolerance * expected.effective[row]));
            close(own.target, expected.target, row * dimension, dimension, tolerance, place);
            close(own.denoising, expected.denoising, row * dimension, dimension, tolerance, place);
        }
    }

    private static void close(float[] own, float[] expected, int from, int count, double tolerance, String place) {
        double largest = 1;
        for (int c = 0; c < count; c++) {
            largest = Math.max(largest, Math.abs(expected[from + c]));
        }
        for (int c = 0; c < count; c++) {
            assertThat((double) own[from + c]).as(place).isCloseTo(expected[from + c], within(tolerance * largest));
        }
    }

    /** All particles at one point with noise from nothing to much: the force is huge, but it is a number. */
    @ParameterizedTest
    @MethodSource("dev.idem.fixture.Configurations#particles")
    void coincidingParticlesHaveFiniteScores(AnalyticEnergy energy) {
        float[] tiny = {1e-30f, 1e-20f, 1e-12f, 1e-8f, 1e-4f, 1f};
        for (int copies : new int[] {1, 16, 50}) {
            Result result = fused(energy, new float[ROWS * energy.dimension()], tiny, copies, true);
            for (float component : result.target) {
                assertThat(component).isFinite();
            }
            for (float component : result.denoising) {
                assertThat(component).isFinite();
            }
            for (float effective : result.effective) {
                assertThat(effective).isBetween(0.99f, 1.001f * copies);
            }
        }
    }

    @Test
    void aRowWithoutAFiniteEnergyGetsNothing() {
        PairDoubleWell well = PairDoubleWell.dw4();
        float[] x = rows(well);
        x[0] = 1e20f;
        x[8] = Float.NaN;
        Result result = fused(well, x, VARIANCES, 20, false);
        assertThat(Arrays.copyOf(result.target, 8)).containsOnly(0f);
        assertThat(Arrays.copyOf(result.denoising, 8)).containsOnly(0f);
        assertThat(result.effective[0]).isZero();
        assertThat(result.logMeanWeight[0]).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(result.target[8]).isNaN();
        assertThat(result.effective[1]).isNaN();
        assertThat(result.target[16]).isFinite();
    }

    @Test
    void numbersOfCopiesAreChecked() {
        PairDoubleWell well = PairDoubleWell.dw4();
        assertThatThrownBy(() -> fused(well, rows(well), VARIANCES, 0, false))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("copies of row 0");
    }
}
