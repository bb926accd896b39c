package dev.idem.eval;

import java.util.Arrays;

/**
 * Exact linear assignment of a few rows to as many columns, many times over: shortest augmenting paths over a dense
 * matrix, O(size³), without allocation after construction.
 *
 * <p>For particles of one configuration. {@link Assignment} is for samples: it needs less memory and time from some
 * hundred rows on, but sets up a tree for each problem. Not for use by several threads.
 *
 * <p>Source: Jonker and Volgenant, Computing 38 (1987) 325, without their initialisation.
 */
final class SmallAssignment {

    private final int size;
    private final double[] rowDual; // rows and columns count from 1; 0 is none
    private final double[] columnDual;
    private final double[] slack;
    private final int[] rowOf;
    private final int[] before;
    private final boolean[] reached;

    /**
     * Makes scratch.
     *
     * @param size number of rows and of columns, at least 1
     */
    SmallAssignment(int size) {
        this.size = size;
        this.rowDual = new double[size + 1];
        this.columnDual = new double[size + 1];
        this.slack = new double[size + 1];
        this.rowOf = new int[size + 1];
        this.before = new int[size + 1];
        this.reached = new boolean[size + 1];
    }

    /**
     * Finds the permutation with the least sum of costs.
     *
     * @param cost [row][column], finite, of either sign, not modified
     * @param column [row], modified: the column of each row
     */
    void solve(double[] cost, int[] column) {
        Arrays.fill(rowDual, 0);
        Arrays.fill(columnDual, 0);
        Arrays.fill(rowOf, 0);
        for (int row = 1; row <= size; row++) {
            rowOf[0] = row;
            int end = shortestPath(cost);
            while (end != 0) {
                int previous = before[end];
                rowOf[end] = rowOf[previous];
                end = previous;
            }
        }
        for (int j = 1; j <= size; j++) {
            column[rowOf[j] - 1] = j - 1;
        }
    }

    /** Returns the free column that the row of column 0 reaches at least cost; {@code before} leads back. */
    private int shortestPath(double[] cost) {
        Arrays.fill(slack, Double.POSITIVE_INFINITY);
        Arrays.fill(reached, false);
        int column = 0;
        while (rowOf[column] != 0) {
            reached[column] = true;
            int row = rowOf[column];
            int offset = (row - 1) * size - 1;
            double dual = rowDual[row];
            double least = Double.POSITIVE_INFINITY;
            int next = 0;
            for (int j = 1; j <= size; j++) {
                if (!reached[j]) {
                    double reduced = cost[offset + j] - dual - columnDual[j];
                    if (reduced < slack[j]) {
                        slack[j] = reduced;
                        before[j] = column;
                    }
                    if (slack[j] < least) {
                        least = slack[j];
                        next = j;
                    }
                }
            }
            for (int j = 0; j <= size; j++) {
                if (reached[j]) {
                    rowDual[rowOf[j]] += least;
                    columnDual[j] -= least;
                } else {
                    slack[j] -= least;
                }
            }
            column = next;
        }
        return column;
    }
}
