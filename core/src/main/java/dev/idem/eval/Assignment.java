package dev.idem.eval;

/**
 * Exact linear assignment: pairs every row with one column so that the sum of the pairs' costs is least.
 *
 * <p>At most {@value TransportSolver#MAXIMUM_POINTS} rows. Beside the costs it needs size² / 2 bytes. The sum found
 * exceeds the true minimum by at most size · 2^−37 of the greatest cost ({@link TransportSolver}).
 */
public final class Assignment {

    private Assignment() {}

    /**
     * Solves the problem for a cost matrix.
     *
     * @param cost [row][column], finite, of either sign, not modified
     * @param size number of rows and of columns
     * @return [row] the column of each row, a permutation; the same costs always give the same one
     * @throws IllegalArgumentException if the size is out of range, the matrix has another length, or a cost is not
     *             finite
     */
    public static int[] solve(double[] cost, int size) {
        requireSize("size", size);
        if (cost.length != size * size) {
            throw new IllegalArgumentException(
                    "cost has " + cost.length + " values, must have " + size + " · " + size + " = " + size * size);
        }
        Points.requireFinite("cost", cost, size);
        return columns(TransportSolver.solve(new MatrixCosts(cost, size, size)), size);
    }

    /**
     * Pairs the points of two samples by distance or by squared distance, without a cost matrix.
     *
     * @param x first sample, [row][axis], not modified
     * @param y second sample of the same length, [row][axis], not modified
     * @param dimension number of axes
     * @param squared whether the sum of squared distances is to be least
     * @return [row of x] the row of y paired with it, a permutation
     * @throws IllegalArgumentException if the samples differ in length, are empty or too large, or a value is not
     *             finite
     */
    public static int[] ofPoints(double[] x, double[] y, int dimension, boolean squared) {
        int size = Points.rows("x", x.length, dimension);
        requireSize("x's number of rows", size);
        if (y.length != x.length) {
            throw new IllegalArgumentException(
                    "y has " + y.length + " values, must have as many as x, which has " + x.length);
        }
        Points.requireFinite("x", x, dimension);
        Points.requireFinite("y", y, dimension);
        JointOrder order = new JointOrder(x, y, dimension);
        CostRows costs = new PointCosts(JointOrder.arrange(x, order.first(), dimension),
                JointOrder.arrange(y, order.second(), dimension), dimension, squared);
        int[] placed = columns(TransportSolver.solve(costs), size);
        int[] paired = new int[size];
        for (int place = 0; place < size; place++) {
            paired[order.first()[place]] = order.second()[placed[place]];
        }
        return paired;
    }

    private static int[] columns(TransportPlan plan, int size) {
        int[] column = new int[size];
        for (int arc = 0; arc < size; arc++) {
            column[plan.row()[arc]] = plan.column()[arc];
        }
        return column;
    }

    private static void requireSize(String name, int size) {
        if (size < 1 || size > TransportSolver.MAXIMUM_POINTS) {
            throw new IllegalArgumentException(
                    name + " is " + size + ", must be in 1 … " + TransportSolver.MAXIMUM_POINTS);
        }
    }
}
