package dev.idem.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WassersteinTest {

    private static double[] waves(int rows, int dimension, double phase) {
        double[] sample = new double[rows * dimension];
        for (int row = 0; row < rows; row++) {
            for (int axis = 0; axis < dimension; axis++) {
                sample[row * dimension + axis] = StrictMath.sin(1.7 * row + 0.9 * axis + phase) * (1 + axis)
                        + StrictMath.cos(0.31 * row * row + phase);
            }
        }
        return sample;
    }

    /**
     * Values of POT 0.9.7.post1 with NumPy 2.4.6: {@code i = arange(n)[:,None]; a = arange(d)[None]; p = lambda o:
     * sin(1.7*i+0.9*a+o)*(1+a)+cos(0.31*i*i+o); ot.emd2([], [], ot.dist(p(0.1), p(0.7), 'euclidean'))}, and the root of
     * the same with squared distances.
     */
    @ParameterizedTest
    @CsvSource({"30, 30, 2, 0.660786745542, 0.778195633031", "30, 45, 2, 0.633850534417, 0.733431089138",
            "97, 89, 3, 0.510860564377, 0.614060137768", "64, 96, 5, 0.990304877307, 1.153508356931",
            "100, 1, 2, 3.131327199393, 3.576811490549"})
    void agreesWithPythonOptimalTransport(int rows, int columns, int dimension, double w1, double w2) {
        double[] x = waves(rows, dimension, 0.1);
        double[] y = waves(columns, dimension, 0.7);
        assertThat(Wasserstein.w1(x, y, dimension)).isCloseTo(w1, within(2e-12));
        assertThat(Wasserstein.w2(x, y, dimension)).isCloseTo(w2, within(2e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 257})
    void agreesWithAnotherAlgorithm(int size) {
        double[] x = Samples.normal(size, 2, 1);
        double[] y = Samples.normal(size, 2, 2);
        double w1 = HungarianMethod.leastCost(Samples.matrix(x, y, 2, false), size) / size;
        double squared = HungarianMethod.leastCost(Samples.matrix(x, y, 2, true), size) / size;
        assertThat(Wasserstein.w1(x, y, 2)).isCloseTo(w1, within(1e-10));
        assertThat(Wasserstein.w2(x, y, 2)).isCloseTo(Math.sqrt(squared), within(1e-10));
    }

    @ParameterizedTest
    @CsvSource({"3, 5, 5, 3", "5, 3, 3, 5", "12, 18, 3, 2", "64, 96, 3, 2", "100, 1, 1, 100", "9, 10, 10, 9"})
    void unequalSizesAreAnAssignmentOfRepeatedPoints(int rows, int columns, int rowTimes, int columnTimes) {
        double[] x = Samples.normal(rows, 2, 3);
        double[] y = Samples.normal(columns, 2, 4);
        double[] manyX = Samples.repeated(x, 2, rowTimes);
        double[] manyY = Samples.repeated(y, 2, columnTimes);
        int size = rows * rowTimes;
        double w1 = HungarianMethod.leastCost(Samples.matrix(manyX, manyY, 2, false), size) / size;
        double squared = HungarianMethod.leastCost(Samples.matrix(manyX, manyY, 2, true), size) / size;
        assertThat(Wasserstein.w1(x, y, 2)).isCloseTo(w1, within(1e-10));
        assertThat(Wasserstein.w2(x, y, 2)).isCloseTo(Math.sqrt(squared), within(1e-10));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 39})
    void sameRowsInAnyOrderAreAtDistanceZero(int dimension) {
        double[] x = Samples.normal(200, dimension, 5);
        double[] y = Samples.shuffled(x, dimension, 6);
        assertThat(Wasserstein.w1(x, y, dimension)).isZero();
        assertThat(Wasserstein.w2(x, y, dimension)).isZero();
        double[] twice = Samples.repeated(y, dimension, 2);
        assertThat(Wasserstein.w1(x, twice, dimension)).isZero();
        assertThat(Wasserstein.w2(x, twice, dimension)).isZero();
    }

    @Test
    void duplicatesAreAtDistanceZero() {
        double[] x = Samples.ties(90, 2, 7);
        assertThat(Wasserstein.w1(x, Samples.shuffled(x, 2, 8), 2)).isZero();
        assertThat(Wasserstein.w2(x, Samples.shuffled(x, 2, 9), 2)).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.125, 3, 1e6, 1e9})
    void translationMovesByItsLength(double shift) {
        float[] x = Samples.modes(150, 7, 10);
        double[] far = Points.widen(x);
        for (int row = 0; row < 150; row++) {
            far[2 * row] += 3 * shift;
            far[2 * row + 1] -= 4 * shift;
        }
        double[] near = Points.widen(x);
        assertThat(Wasserstein.w2(near, far, 2)).isCloseTo(5 * shift, within(1e-12 * shift));
        assertThat(Wasserstein.w1(near, far, 2)).isCloseTo(5 * shift, within(1e-11 * shift));
    }

    @Test
    void farOffsetKeepsTheDigitsOfTheShape() {
        double[] x = Samples.normal(120, 2, 11);
        double[] y = Samples.normal(80, 2, 12);
        double near = Wasserstein.w2(x, y, 2);
        double offset = 0x1p20;
        double[] moved = y.clone();
        double meanDifference = 0;
        for (int k = 0; k < moved.length; k += 2) {
            moved[k] = Math.rint(moved[k] * 0x1p24) * 0x1p-24; // so that adding the offset is exact
            moved[k] += offset;
            meanDifference += y[k] / 80;
        }
        double meanX = 0;
        for (int k = 0; k < x.length; k += 2) {
            meanX += x[k] / 120;
        }
        // W2²(x, y + t) = W2²(x, y) + 2 t (mean y − mean x) + t², exactly.
        double expected = Math.sqrt(near * near + 2 * offset * (meanDifference - meanX) + offset * offset);
        assertThat(Wasserstein.w2(x, moved, 2)).isCloseTo(expected, within(1e-7));
    }

    @Test
    void oneFarOutlierDoesNotSpoilTheRest() {
        double[] x = Samples.normal(64, 2, 13);
        double[] y = Samples.normal(64, 2, 14);
        x[0] = 1e6;
        double squared = HungarianMethod.leastCost(Samples.matrix(x, y, 2, true), 64) / 64;
        assertThat(Wasserstein.w2(x, y, 2)).isCloseTo(Math.sqrt(squared), within(1e-9 * Math.sqrt(squared)));
        double w1 = HungarianMethod.leastCost(Samples.matrix(x, y, 2, false), 64) / 64;
        assertThat(Wasserstein.w1(x, y, 2)).isCloseTo(w1, within(1e-9 * w1));
    }

    @Test
    void distancesAreSymmetricAndScale() {
        double[] x = Samples.normal(70, 3, 15);
        double[] y = Samples.normal(50, 3, 16);
        double w1 = Wasserstein.w1(x, y, 3);
        double w2 = Wasserstein.w2(x, y, 3);
        assertThat(w1).isLessThan(w2);
        assertThat(Wasserstein.w1(y, x, 3)).isCloseTo(w1, within(1e-10));
        assertThat(Wasserstein.w2(y, x, 3)).isCloseTo(w2, within(1e-10));
        for (int k = 0; k < x.length; k++) {
            x[k] *= 1000;
        }
        for (int k = 0; k < y.length; k++) {
            y[k] *= 1000;
        }
        assertThat(Wasserstein.w1(x, y, 3)).isCloseTo(1000 * w1, within(1e-7));
        assertThat(Wasserstein.w2(x, y, 3)).isCloseTo(1000 * w2, within(1e-7));
    }

    @Test
    void singlePrecisionIsWidened() {
        float[] x = Samples.modes(40, 3, 17);
        float[] y = Samples.modes(30, 3, 18);
        assertThat(Wasserstein.w1(x, y, 2)).isEqualTo(Wasserstein.w1(Points.widen(x), Points.widen(y), 2));
        assertThat(Wasserstein.w2(x, y, 2)).isEqualTo(Wasserstein.w2(Points.widen(x), Points.widen(y), 2));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 5", "100, 1", "64, 96", "257, 257", "97, 89"})
    void numbersAreSortedAsTheSolverWouldPairThem(int rows, int columns) {
        double[] x = Samples.normal(rows, 1, 19);
        double[] y = Samples.normal(columns, 1, 20);
        double[] plane = new double[2 * rows];
        double[] otherPlane = new double[2 * columns];
        for (int k = 0; k < rows; k++) {
            plane[2 * k] = x[k];
        }
        for (int k = 0; k < columns; k++) {
            otherPlane[2 * k] = y[k];
        }
        assertThat(Wasserstein.scalarW1(x, y)).isCloseTo(Wasserstein.w1(plane, otherPlane, 2), within(1e-11));
        assertThat(Wasserstein.scalarW2(x, y)).isCloseTo(Wasserstein.w2(plane, otherPlane, 2), within(1e-11));
        assertThat(Wasserstein.w2(x, y, 1)).isEqualTo(Wasserstein.scalarW2(x, y));
    }

    @Test
    void numbersHaveTheDistancesDoneByHand() {
        double[] x = {5, 0};
        double[] y = {1, 2, 3};
        // 0 goes to 1 (1/3) and 2 (1/6), 5 to 2 (1/6) and 3 (1/3).
        assertThat(Wasserstein.scalarW1(x, y)).isCloseTo(1.0 / 3 + 2.0 / 6 + 3.0 / 6 + 2.0 / 3, within(1e-15));
        assertThat(Wasserstein.scalarW2(x, y)).isCloseTo(Math.sqrt(1.0 / 3 + 4.0 / 6 + 9.0 / 6 + 4.0 / 3),
                within(1e-15));
        assertThat(x).containsExactly(5, 0);
    }

    @Test
    void refusesWhatIsNoSample() {
        assertThatIllegalArgumentException().isThrownBy(() -> Wasserstein.w1(new double[3], new double[2], 2))
                .withMessageContaining("x has 3 values").withMessageContaining("dimension 2");
        assertThatIllegalArgumentException().isThrownBy(() -> Wasserstein.w2(new double[2], new double[0], 2))
                .withMessageContaining("y has 0 values");
        assertThatIllegalArgumentException().isThrownBy(() -> Wasserstein.w2(new double[2], new double[2], 0))
                .withMessageContaining("dimension is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wasserstein.w2(new double[] {1, 2, 3, Double.NaN}, new double[2], 2))
                .withMessageContaining("NaN in row 1, column 1");
        assertThatIllegalArgumentException().isThrownBy(() -> Wasserstein.w2(new float[2 * 8193], new float[2], 2))
                .withMessageContaining("8193 rows").withMessageContaining("8192");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wasserstein.w2(new double[] {1e200, 0}, new double[] {0, 0, 1, 1}, 2))
                .withMessageContaining("overflow");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wasserstein.w2(new double[] {1e200, 0, 1, 2}, new double[] {0, 0, 1, 1}, 2))
                .withMessageContaining("greatest cost");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wasserstein.scalarW2(new double[] {1e200}, new double[] {0}))
                .withMessageContaining("overflow");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wasserstein.scalarW1(new double[] {Double.POSITIVE_INFINITY}, new double[1]))
                .withMessageContaining("Infinity");
        assertThatIllegalArgumentException().isThrownBy(() -> Wasserstein.scalarW2(new double[0], new double[1]))
                .withMessageContaining("x has 0 values");
    }
}
