package dev.idem.eval;

import java.util.SplittableRandom;

/**
 * Small disjoint sets of the rows of a sample: the rows are shuffled once with a seed and cut into consecutive sets.
 *
 * <p>Disjoint sets of independent rows are independent, so a mean over sets has an honest standard error. Two samples
 * of the same number of rows and seed get the same permutation.
 */
final class DisjointSets {

    private final int[] order; // [place] row
    private final int size;

    /**
     * Shuffles the rows.
     *
     * @param rows number of rows
     * @param size rows of a set, at least 1
     * @param seed seed of the shuffle
     */
    DisjointSets(int rows, int size, long seed) {
        this.size = size;
        this.order = new int[rows];
        SplittableRandom random = new SplittableRandom(seed);
        for (int k = 0; k < rows; k++) {
            int place = random.nextInt(k + 1);
            order[k] = order[place];
            order[place] = k;
        }
    }

    /**
     * Returns the rows of a set.
     *
     * @param set number of the set; (set + 1) · size must not exceed the number of rows
     * @return [size]
     */
    int[] rows(int set) {
        int[] rows = new int[size];
        System.arraycopy(order, set * size, rows, 0, size);
        return rows;
    }

    /**
     * Returns some rows of a sample.
     *
     * @param sample [row][axis], not modified
     * @param dimension number of axes
     * @param rows which ones, not modified
     * @return [place in rows][axis]
     */
    static float[] take(float[] sample, int dimension, int[] rows) {
        float[] taken = new float[rows.length * dimension];
        for (int k = 0; k < rows.length; k++) {
            System.arraycopy(sample, rows[k] * dimension, taken, k * dimension, dimension);
        }
        return taken;
    }

    /** Returns some of the values: values[rows[k]]. */
    static double[] take(double[] values, int[] rows) {
        double[] taken = new double[rows.length];
        for (int k = 0; k < rows.length; k++) {
            taken[k] = values[rows[k]];
        }
        return taken;
    }
}
