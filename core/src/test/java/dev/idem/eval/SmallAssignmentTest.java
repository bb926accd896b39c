package dev.idem.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SmallAssignmentTest {

    @Test
    void agreesWithTheSolverForSamples() {
        for (int size : new int[] {1, 2, 3, 5, 13, 31, 55}) {
            SmallAssignment assignment = new SmallAssignment(size);
            int[] column = new int[size];
            for (int seed = 0; seed < 10; seed++) { // one object for many problems
                double[] cost = seed % 2 == 0 ? Samples.normal(size, size, seed) : Samples.ties(size, size, seed);
                assignment.solve(cost, column);
                assertThat(sum(cost, column)).isCloseTo(sum(cost, Assignment.solve(cost, size)), within(1e-9));
                assertThat(column).doesNotHaveDuplicates();
            }
        }
    }

    private static double sum(double[] cost, int[] column) {
        double sum = 0;
        for (int row = 0; row < column.length; row++) {
            sum += cost[row * column.length + column[row]];
        }
        return sum;
    }
}
