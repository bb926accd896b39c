package dev.idem.eval;

/**
 * Costs of moving one unit of mass from a row (a point of the first sample) to a column (a point of the second), asked
 * for by parts of a row so that a solver need not hold all of them.
 *
 * <p>All costs are finite. The same pair always has the same bits.
 */
sealed interface CostRows permits PointCosts, MatrixCosts {

    /** Returns the number of rows, at least 1. */
    int rows();

    /** Returns the number of columns, at least 1. */
    int columns();

    /**
     * Writes the costs of one row for a range of columns.
     *
     * @param row in 0 … rows − 1
     * @param from first column
     * @param to one past the last column
     * @param cost [column − from], modified; at least to − from long
     */
    void fill(int row, int from, int to, double[] cost);

    /**
     * Returns the cost of one pair: the bits that {@link #fill} gives.
     *
     * @param row in 0 … rows − 1
     * @param column in 0 … columns − 1
     */
    double at(int row, int column);
}
