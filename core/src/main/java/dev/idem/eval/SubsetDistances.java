package dev.idem.eval;

import java.util.function.IntConsumer;

/**
 * Wasserstein distances between many pairs of small disjoint sets drawn from two large samples.
 *
 * <p>The rows of each sample are shuffled once with the seed and cut into consecutive sets; pair p takes set p of both.
 * Disjoint sets of independent rows give independent distances, so their mean has an honest standard error. Two samples
 * shuffled by the same object get the same permutation if they have the same number of rows, which does no harm to
 * samples that are independent.
 *
 * <p>The same seed gives the same bits whatever the number of threads.
 *
 * @param dimension number of axes
 * @param subsetSize points in each set, in 1 … 8192
 * @param pairs number of pairs, at least 1
 * @param seed seed of the shuffle
 * @param threads threads to use, at least 1
 */
public record SubsetDistances(int dimension, int subsetSize, int pairs, long seed, int threads) {

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public SubsetDistances {
        requireInRange("dimension", dimension, Integer.MAX_VALUE);
        requireInRange("subsetSize", subsetSize, TransportSolver.MAXIMUM_POINTS);
        requireInRange("pairs", pairs, Integer.MAX_VALUE);
        requireInRange("threads", threads, 4096);
    }

    private static void requireInRange(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", must be in 1 … " + most);
        }
    }

    /**
     * Returns W1 of each pair of sets.
     *
     * @param x first sample, [row][axis], at least pairs · subsetSize rows, not modified
     * @param y second sample, likewise
     * @return [pair]
     * @throws IllegalArgumentException if a sample has too few rows or a value that is not finite
     */
    public double[] w1(float[] x, float[] y) {
        return distances(x, y, false);
    }

    /** Returns W2 of each pair of sets; otherwise as {@link #w1}. */
    public double[] w2(float[] x, float[] y) {
        return distances(x, y, true);
    }

    /**
     * Compares samples with exact ones, and exact ones with the same exact ones.
     *
     * <p>Pair p measures the distance of set p of {@code samples} to set p of {@code exact}, and of set p of {@code
     * otherExact} to the same set p of {@code exact}; the ratio's standard error makes use of what the two have in
     * common.
     *
     * @param samples [row][axis], at least pairs · subsetSize rows, not modified
     * @param exact exact samples, likewise
     * @param otherExact exact samples independent of {@code exact}, likewise
     * @throws IllegalArgumentException if a sample has too few rows or a value that is not finite
     */
    public TransportMetrics compare(float[] samples, float[] exact, float[] otherExact) {
        double[] w1 = w1(samples, exact);
        double[] w1Floor = w1(otherExact, exact);
        double[] w2 = w2(samples, exact);
        double[] w2Floor = w2(otherExact, exact);
        return new TransportMetrics(subsetSize, pairs, Estimate.ofMean(w1), Estimate.ofMean(w1Floor),
                overFloor(w1, w1Floor), Estimate.ofMean(w2), Estimate.ofMean(w2Floor),
                overFloor(w2, w2Floor));
    }

    private static Estimate overFloor(double[] distances, double[] floors) {
        for (double floor : floors) {
            if (floor > 0) {
                return Estimate.ofRatio(distances, floors);
            }
        }
        return new Estimate(Double.NaN, Double.NaN, floors.length);
    }

    /** Returns how many pairs of sets of a size samples with this many rows allow. */
    public static int pairsWithin(int rows, int subsetSize) {
        return rows / subsetSize;
    }

    private double[] distances(float[] x, float[] y, boolean squared) {
        requireRows("x", x);
        requireRows("y", y);
        Points.requireFinite("x", x, dimension);
        Points.requireFinite("y", y, dimension);
        DisjointSets xSets = new DisjointSets(x.length / dimension, subsetSize, seed);
        DisjointSets ySets = new DisjointSets(y.length / dimension, subsetSize, seed);
        double[] distance = new double[pairs];
        IntConsumer task = pair -> {
            float[] xSet = DisjointSets.take(x, dimension, xSets.rows(pair));
            float[] ySet = DisjointSets.take(y, dimension, ySets.rows(pair));
            distance[pair] = squared ? Wasserstein.w2(xSet, ySet, dimension) : Wasserstein.w1(xSet, ySet, dimension);
        };
        ParallelTasks.run(pairs, threads, task);
        return distance;
    }

    private void requireRows(String name, float[] sample) {
        int rows = Points.rows(name, sample.length, dimension);
        if (rows < (long) pairs * subsetSize) {
            throw new IllegalArgumentException(name + " has " + rows + " rows, must have at least " + pairs + " · "
                    + subsetSize + " = " + (long) pairs * subsetSize);
        }
    }
}
