package dev.idem.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentTest {

    private static double sum(double[] cost, int[] columns) {
        double sum = 0;
        for (int row = 0; row < columns.length; row++) {
            sum += cost[row * columns.length + columns[row]];
        }
        return sum;
    }

    private static double leastByTrial(double[] cost, int size, int row, int taken) {
        if (row == size) {
            return 0;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int column = 0; column < size; column++) {
            if ((taken >> column & 1) == 0) {
                least = Math.min(least,
                        cost[row * size + column] + leastByTrial(cost, size, row + 1, taken | 1 << column));
            }
        }
        return least;
    }

    private static void assertPermutation(int[] columns) {
        assertThat(columns).containsExactlyInAnyOrder(IntStream.range(0, columns.length).toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void findsTheBestOfAllPermutations(int size) {
        for (int trial = 0; trial < 20; trial++) {
            double[] cost = Samples.normal(size, size, 31L * trial + size);
            int[] columns = Assignment.solve(cost, size);
            assertPermutation(columns);
            assertThat(sum(cost, columns)).isCloseTo(leastByTrial(cost, size, 0, 0), within(1e-10));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 16, 17, 64, 257})
    void agreesWithAnotherAlgorithm(int size) {
        double[] cost = Samples.normal(size, size, size);
        double least = HungarianMethod.leastCost(cost, size);
        assertThat(sum(cost, Assignment.solve(cost, size))).isCloseTo(least, within(1e-9 * size));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 257})
    void agreesWithAnotherAlgorithmOnPoints(int size) {
        for (int dimension : new int[] {1, 2, 8}) {
            double[] x = Samples.normal(size, dimension, 10);
            double[] y = Samples.normal(size, dimension, 11);
            for (boolean squared : new boolean[] {false, true}) {
                double[] cost = Samples.matrix(x, y, dimension, squared);
                int[] columns = Assignment.ofPoints(x, y, dimension, squared);
                assertPermutation(columns);
                assertThat(sum(cost, columns)).isCloseTo(HungarianMethod.leastCost(cost, size), within(1e-9 * size));
            }
        }
    }

    @Test
    void pairsEqualPointsOfTheSameSample() {
        double[] x = Samples.normal(100, 3, 12);
        double[] y = Samples.shuffled(x, 3, 13);
        int[] columns = Assignment.ofPoints(x, y, 3, true);
        for (int row = 0; row < 100; row++) {
            assertThat(y[columns[row] * 3]).isEqualTo(x[row * 3]);
        }
    }

    @Test
    void refusesWhatIsNoProblem() {
        assertThatIllegalArgumentException().isThrownBy(() -> Assignment.solve(new double[0], 0))
                .withMessageContaining("size is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> Assignment.solve(new double[0], 8193))
                .withMessageContaining("8192");
        assertThatIllegalArgumentException().isThrownBy(() -> Assignment.solve(new double[3], 2))
                .withMessageContaining("cost has 3 values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Assignment.solve(new double[] {1, Double.NaN, 1, 1}, 2))
                .withMessageContaining("NaN in row 0, column 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Assignment.ofPoints(new double[4], new double[6], 2, true))
                .withMessageContaining("y has 6 values");
    }
}
