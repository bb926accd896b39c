package dev.idem.eval;

/** Costs held as a matrix. */
final class MatrixCosts implements CostRows {

    private final double[] cost; // [row][column]
    private final int rows;
    private final int columns;

    /**
     * Keeps the matrix.
     *
     * @param cost [row][column], not modified, not copied
     * @param rows number of rows
     * @param columns number of columns
     */
    MatrixCosts(double[] cost, int rows, int columns) {
        this.cost = cost;
        this.rows = rows;
        this.columns = columns;
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
    public void fill(int row, int from, int to, double[] target) {
        System.arraycopy(cost, row * columns + from, target, 0, to - from);
    }

    @Override
    public double at(int row, int column) {
        return cost[row * columns + column];
    }
}
