package dev.idem.eval;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Distances, or squared distances, between the points of two samples.
 *
 * <p>cost(row, column) = (Σ_axis (x[row][axis] − y[column][axis])²)^(power/2), power 1 or 2, summed in the order of the
 * axes.
 *
 * <p>Memory: a table of all costs would take 200 MB for 5,000 points against 5,000. In few dimensions costs are
 * computed from the coordinates each time they are asked for, which takes about as long as loading them; in more
 * dimensions a table is kept while it has at most {@value #TABLE_LIMIT} entries (32 MiB), and beyond that they are
 * computed again, which is slow: half a minute for 5,000 points against 5,000 in 39 dimensions.
 */
final class PointCosts implements CostRows {

    /** Entries of the largest table kept. */
    static final int TABLE_LIMIT = 1 << 22;

    /** Number of axes up to which no table is kept. */
    static final int COMPUTED_AXES = 3;

    private final int rows;
    private final int columns;
    private final int dimension;
    private final boolean squared;
    private final double[] x; // [row][axis]
    private final double[] y; // [axis][column]: one row's costs are loops over contiguous columns
    private final double @Nullable [] table; // [row][column]

    /**
     * Keeps the points.
     *
     * @param x first sample, [row][axis], not modified, not copied
     * @param y second sample, [column][axis], not modified
     * @param dimension number of axes
     * @param squared whether costs are squared distances
     */
    PointCosts(double[] x, double[] y, int dimension, boolean squared) {
        this.rows = x.length / dimension;
        this.columns = y.length / dimension;
        this.dimension = dimension;
        this.squared = squared;
        this.x = x;
        this.y = new double[y.length];
        for (int column = 0; column < columns; column++) {
            for (int axis = 0; axis < dimension; axis++) {
                this.y[axis * columns + column] = y[column * dimension + axis];
            }
        }
        boolean keep = dimension > COMPUTED_AXES && (long) rows * columns <= TABLE_LIMIT;
        this.table = keep ? tabulate() : null;
    }

    private double[] tabulate() {
        double[] all = new double[rows * columns];
        double[] cost = new double[columns];
        for (int row = 0; row < rows; row++) {
            compute(row, 0, columns, cost);
            System.arraycopy(cost, 0, all, row * columns, columns);
        }
        return all;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void fill(int row, int from, int to, double[] cost) {
        if (table == null) {
            compute(row, from, to, cost);
        } else {
            System.arraycopy(table, row * columns + from, cost, 0, to - from);
        }
    }

    @Override
    public double at(int row, int column) {
        double sum = 0;
        for (int axis = 0; axis < dimension; axis++) {
            double difference = y[axis * columns + column] - x[row * dimension + axis];
            sum += difference * difference;
        }
        return squared ? sum : Math.sqrt(sum);
    }

    private void compute(int row, int from, int to, double[] cost) {
        if (dimension == 2) {
            squaresInThePlane(row, from, to, cost);
        } else {
            squares(row, from, to, cost);
        }
        if (!squared) {
            for (int k = 0; k < to - from; k++) {
                cost[k] = Math.sqrt(cost[k]);
            }
        }
    }

    private void squaresInThePlane(int row, int from, int to, double[] cost) {
        double x0 = x[2 * row];
        double x1 = x[2 * row + 1];
        for (int k = 0; k < to - from; k++) {
            double d0 = y[from + k] - x0;
            double d1 = y[columns + from + k] - x1;
            cost[k] = d0 * d0 + d1 * d1;
        }
    }

    private void squares(int row, int from, int to, double[] cost) {
        Arrays.fill(cost, 0, to - from, 0);
        for (int axis = 0; axis < dimension; axis++) {
            double origin = x[row * dimension + axis];
            int offset = axis * columns + from;
            for (int k = 0; k < to - from; k++) {
                double difference = y[offset + k] - origin;
                cost[k] += difference * difference;
            }
        }
    }
}
