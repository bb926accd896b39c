package dev.idem.eval;

import java.util.Arrays;

/** Linear assignment by shortest augmenting paths over a dense matrix: another algorithm, as an oracle. */
final class HungarianMethod {

    private HungarianMethod() {}

    /** Returns the least sum of costs; cost is [row][column], size · size. */
    static double leastCost(double[] cost, int size) {
        double[] rowDual = new double[size + 1];
        double[] columnDual = new double[size + 1];
        int[] rowOf = new int[size + 1]; // rows and columns counted from 1; 0 is none
        int[] before = new int[size + 1];
        for (int start = 1; start <= size; start++) {
            double[] slack = new double[size + 1];
            Arrays.fill(slack, Double.POSITIVE_INFINITY);
            boolean[] used = new boolean[size + 1];
            rowOf[0] = start;
            int column = 0;
            do {
                used[column] = true;
                int row = rowOf[column];
                double least = Double.POSITIVE_INFINITY;
                int next = 0;
                for (int j = 1; j <= size; j++) {
                    if (!used[j]) {
                        double reduced = cost[(row - 1) * size + j - 1] - rowDual[row] - columnDual[j];
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
                    if (used[j]) {
                        rowDual[rowOf[j]] += least;
                        columnDual[j] -= least;
                    } else {
                        slack[j] -= least;
                    }
                }
                column = next;
            } while (rowOf[column] != 0);
            do {
                int previous = before[column];
                rowOf[column] = rowOf[previous];
                column = previous;
            } while (column != 0);
        }
        double sum = 0;
        for (int j = 1; j <= size; j++) {
            sum += cost[(rowOf[j] - 1) * size + j - 1];
        }
        return sum;
    }
}
