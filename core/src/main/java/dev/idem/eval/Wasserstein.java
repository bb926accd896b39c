package dev.idem.eval;

import java.util.Arrays;

/**
 * Exact Wasserstein distances between two samples of n and m points, each point of weight 1/n or 1/m.
 *
 * <p>W1 = min Σ plan · ‖x − y‖ and W2 = (min Σ plan · ‖x − y‖²)^½ over all transport plans; both have the unit of the
 * coordinates. (The published code reports W2² for scalars; here everything is rooted.)
 *
 * <p>Numerics: the optimal plan is found by {@link TransportSolver}, for W2 on samples moved to mean zero, which
 * changes the cost of all plans alike and keeps the digits of samples far from each other; the value is then the sum of
 * the plan's true costs in double precision. Relative error about 1e−11 of the greatest cost over the mean cost.
 * Results do not depend on the order of the rows beyond rounding.
 *
 * <p>Measured in CPU time of one core with AVX2: the 40-mode mixture in the plane, 1,000 points against 1,000, median
 * 20 ms for W2 and 26 ms for W1; 5,000 against 5,000, 0.6 to 0.9 s. Normal numbers in 39 dimensions, 1,000 against
 * 1,000: 0.18 s.
 */
public final class Wasserstein {

    private Wasserstein() {}

    /**
     * Returns W1 of two samples.
     *
     * @param x first sample, [row][axis], not modified
     * @param y second sample, [row][axis], not modified; its number of rows may differ
     * @param dimension number of axes
     * @throws IllegalArgumentException if a sample is empty, not whole rows, larger than {@value
     *             TransportSolver#MAXIMUM_POINTS} rows, not finite or too far apart
     */
    public static double w1(float[] x, float[] y, int dimension) {
        return w1(Points.widen(x), Points.widen(y), dimension);
    }

    /** Returns W1 of two samples in double precision; otherwise as {@link #w1(float[], float[], int)}. */
    public static double w1(double[] x, double[] y, int dimension) {
        return meanCost(x, y, dimension, false);
    }

    /** Returns W2 of two samples; otherwise as {@link #w1(float[], float[], int)}. */
    public static double w2(float[] x, float[] y, int dimension) {
        return w2(Points.widen(x), Points.widen(y), dimension);
    }

    /** Returns W2 of two samples in double precision; otherwise as {@link #w1(float[], float[], int)}. */
    public static double w2(double[] x, double[] y, int dimension) {
        return Math.sqrt(meanCost(x, y, dimension, true));
    }

    /**
     * Returns W1 of two samples of numbers, of any sizes, by sorting.
     *
     * @param x first sample, not modified
     * @param y second sample, not modified
     * @throws IllegalArgumentException if a sample is empty or a value is not finite
     */
    public static double scalarW1(double[] x, double[] y) {
        return scalarMeanCost(x, y, false);
    }

    /** Returns W2 (rooted) of two samples of numbers, of any sizes, by sorting; otherwise as {@link #scalarW1}. */
    public static double scalarW2(double[] x, double[] y) {
        return Math.sqrt(scalarMeanCost(x, y, true));
    }

    private static double meanCost(double[] x, double[] y, int dimension, boolean squared) {
        requirePoints("x", x, dimension);
        requirePoints("y", y, dimension);
        if (dimension == 1) {
            return scalarMeanCost(x, y, squared);
        }
        JointOrder order = new JointOrder(x, y, dimension);
        double[] first = JointOrder.arrange(x, order.first(), dimension);
        double[] second = JointOrder.arrange(y, order.second(), dimension);
        TransportPlan plan = TransportSolver.solve(squared
                ? new PointCosts(centred(first, dimension), centred(second, dimension), dimension, true)
                : new PointCosts(first, second, dimension, false));
        double sum = 0;
        for (int arc = 0; arc < plan.row().length; arc++) {
            double square = 0;
            for (int axis = 0; axis < dimension; axis++) {
                double difference = first[plan.row()[arc] * dimension + axis]
                        - second[plan.column()[arc] * dimension + axis];
                square += difference * difference;
            }
            sum += plan.units()[arc] * (squared ? square : Math.sqrt(square));
        }
        return finite(sum / plan.totalUnits());
    }

    private static void requirePoints(String name, double[] sample, int dimension) {
        int rows = Points.rows(name, sample.length, dimension);
        if (rows > TransportSolver.MAXIMUM_POINTS && dimension > 1) {
            throw new IllegalArgumentException(
                    name + " has " + rows + " rows, must have at most " + TransportSolver.MAXIMUM_POINTS);
        }
        Points.requireFinite(name, sample, dimension);
    }

    private static double[] centred(double[] sample, int dimension) {
        int rows = sample.length / dimension;
        double[] result = new double[sample.length];
        for (int axis = 0; axis < dimension; axis++) {
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += sample[row * dimension + axis];
            }
            double mean = sum / rows;
            for (int row = 0; row < rows; row++) {
                result[row * dimension + axis] = sample[row * dimension + axis] - mean;
            }
        }
        return result;
    }

    private static double scalarMeanCost(double[] x, double[] y, boolean squared) {
        Points.rows("x", x.length, 1);
        Points.rows("y", y.length, 1);
        Points.requireFinite("x", x, 1);
        Points.requireFinite("y", y, 1);
        double[] first = x.clone();
        double[] second = y.clone();
        Arrays.sort(first);
        Arrays.sort(second);
        // One point of the first sample holds as many units as the second has points, and the other way round.
        long left = second.length;
        long wanted = first.length;
        int i = 0;
        int j = 0;
        double sum = 0;
        while (i < first.length && j < second.length) {
            long moved = Math.min(left, wanted);
            double difference = first[i] - second[j];
            sum += moved * (squared ? difference * difference : Math.abs(difference));
            left -= moved;
            wanted -= moved;
            if (left == 0) {
                i++;
                left = second.length;
            }
            if (wanted == 0) {
                j++;
                wanted = first.length;
            }
        }
        return finite(sum / ((double) first.length * second.length));
    }

    private static double finite(double meanCost) {
        if (!Double.isFinite(meanCost)) {
            throw new IllegalArgumentException(
                    "x and y are so far apart that squared distances overflow, must be nearer");
        }
        return meanCost;
    }
}
