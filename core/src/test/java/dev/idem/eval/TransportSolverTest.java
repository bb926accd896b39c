package dev.idem.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportSolverTest {

    /** A plan and dual values that satisfy these conditions are optimal, whatever made them. */
    private static void assertOptimal(CostRows costs, TransportPlan plan) {
        int rows = costs.rows();
        int columns = costs.columns();
        int divisor = divisor(rows, columns);
        int[] sent = new int[rows];
        int[] received = new int[columns];
        double greatest = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                greatest = Math.max(greatest, Math.abs(costs.at(row, column)));
            }
        }
        double grid = greatest * 0x1p-37; // twice the solver's, for the rounding of two costs
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                assertThat(costs.at(row, column) + plan.dual()[row] - plan.dual()[rows + column])
                        .isGreaterThanOrEqualTo(-grid);
            }
        }
        for (int arc = 0; arc < plan.row().length; arc++) {
            int row = plan.row()[arc];
            int column = plan.column()[arc];
            assertThat(plan.units()[arc]).isPositive();
            assertThat(costs.at(row, column) + plan.dual()[row] - plan.dual()[rows + column])
                    .isBetween(-grid, grid);
            sent[row] += plan.units()[arc];
            received[column] += plan.units()[arc];
        }
        assertThat(sent).containsOnly(columns / divisor);
        assertThat(received).containsOnly(rows / divisor);
    }

    private static int divisor(int a, int b) {
        return b == 0 ? a : divisor(b, a % b);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 2", "2, 2, 2", "3, 3, 1", "7, 7, 2", "15, 15, 2", "16, 16, 2", "17, 17, 2", "64, 64, 2",
            "257, 257, 2", "257, 257, 39", "3, 5, 2", "5, 3, 2", "64, 96, 3", "100, 1, 2", "1, 100, 2", "97, 89, 2",
            "250, 500, 2", "127, 128, 5"})
    void plansAreOptimal(int rows, int columns, int dimension) {
        double[] x = Samples.normal(rows, dimension, 1);
        double[] y = Samples.normal(columns, dimension, 2);
        for (boolean squared : new boolean[] {false, true}) {
            CostRows costs = new PointCosts(x, y, dimension, squared);
            assertOptimal(costs, TransportSolver.solve(costs));
        }
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "64, 64", "257, 257", "64, 96", "97, 89", "300, 100"})
    void plansAreOptimalWhenMostCostsAreEqual(int rows, int columns) {
        double[] x = Samples.ties(rows, 2, 3);
        double[] y = Samples.ties(columns, 2, 4);
        CostRows costs = new PointCosts(x, y, 2, true);
        assertOptimal(costs, TransportSolver.solve(costs));
    }

    @Test
    void plansAreOptimalForClusters() {
        double[] x = Points.widen(Samples.modes(600, 11, 5));
        double[] y = Points.widen(Samples.modes(600, 11, 6));
        for (boolean squared : new boolean[] {false, true}) {
            CostRows costs = new PointCosts(x, y, 2, squared);
            assertOptimal(costs, TransportSolver.solve(costs));
        }
    }

    @Test
    void plansAreOptimalWhenAllCostsAreEqual() {
        CostRows costs = new MatrixCosts(new double[40 * 30], 40, 30);
        assertOptimal(costs, TransportSolver.solve(costs));
    }

    @Test
    void plansAreOptimalForCostsOfAnyScaleAndSign() {
        for (double scale : new double[] {-1e-300, 1e-300, -1, 1e12, 1e290}) {
            double[] matrix = Samples.normal(50, 60, 7);
            for (int k = 0; k < matrix.length; k++) {
                matrix[k] *= scale;
            }
            CostRows costs = new MatrixCosts(matrix, 50, 60);
            assertOptimal(costs, TransportSolver.solve(costs));
        }
    }

    @Test
    void costsOfAllKindsAgreeWithTheirDefinition() {
        for (int dimension : new int[] {1, 2, 3, 4, 39}) {
            double[] x = Samples.normal(5, dimension, 8);
            double[] y = Samples.normal(37, dimension, 9);
            for (boolean squared : new boolean[] {false, true}) {
                double[] expected = Samples.matrix(x, y, dimension, squared);
                PointCosts costs = new PointCosts(x, y, dimension, squared);
                double[] part = new double[20];
                for (int row = 0; row < 5; row++) {
                    costs.fill(row, 11, 31, part);
                    for (int k = 0; k < 20; k++) {
                        assertThat(part[k]).isEqualTo(expected[row * 37 + 11 + k]);
                        assertThat(costs.at(row, 11 + k)).isEqualTo(part[k]);
                    }
                }
            }
        }
    }
}
