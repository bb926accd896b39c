package dev.idem.eval;

/**
 * Wasserstein-2 distance, rooted, between two samples of configurations of equal particles, up to their symmetries: the
 * cost of moving x to y is min over rotations, reflections and permutations of ‖x − R P y‖², both mean-free.
 *
 * <p>The costs are exact for up to {@value AlignedDistance#MOST_EXACT_PARTICLES} particles and upper bounds for more
 * ({@link AlignedDistance}); the transport over them is exact. With bounds the distance is an upper bound too, and so
 * is its floor, which the same bounds make.
 *
 * <p>All n · m costs are needed. Results have the same bits whatever the number of threads.
 *
 * @param particles number of particles, at least 1
 * @param axes axes of space, in 1 … 3
 * @param starts first rotations tried where the cost is a bound, at least 1
 * @param threads threads to use, at least 1
 */
public record AlignedWasserstein(int particles, int axes, int starts, int threads) {

    /** Starts that bring W2 of 13 Lennard-Jones particles, 60 against 60, to within 2 % of what 40 times as many reach. */
    public static final int DEFAULT_STARTS = 16;

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public AlignedWasserstein {
        requireInRange("particles", particles, Short.MAX_VALUE);
        requireInRange("axes", axes, 3);
        requireInRange("starts", starts, Short.MAX_VALUE);
        requireInRange("threads", threads, 4096);
    }

    private static void requireInRange(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", must be in 1 … " + most);
        }
    }

    /** Returns whether the distance is exact rather than an upper bound. */
    public boolean exact() {
        return particles <= AlignedDistance.MOST_EXACT_PARTICLES;
    }

    /**
     * Returns the distance.
     *
     * @param x first sample, [row][particle][axis]; its rows' means do not matter; not modified
     * @param y second sample, likewise; its number of rows may differ
     * @throws IllegalArgumentException if a sample is empty, not whole rows, larger than {@value
     *             TransportSolver#MAXIMUM_POINTS} rows or not finite
     */
    public double w2(float[] x, float[] y) {
        double[] cost = squaredDistances(x, y);
        int rows = x.length / dimension();
        int columns = y.length / dimension();
        TransportPlan plan = TransportSolver.solve(new MatrixCosts(cost, rows, columns));
        double sum = 0;
        for (int arc = 0; arc < plan.row().length; arc++) {
            sum += plan.units()[arc] * cost[plan.row()[arc] * columns + plan.column()[arc]];
        }
        return Math.sqrt(sum / plan.totalUnits());
    }

    /**
     * Returns the squared aligned distances of all pairs, [row of x][row of y]; arguments as for {@link #w2}.
     *
     * @throws IllegalArgumentException as {@link #w2}
     */
    public double[] squaredDistances(float[] x, float[] y) {
        double[] first = meanFree("x", x);
        double[] second = meanFree("y", y);
        int dimension = dimension();
        int rows = first.length / dimension;
        int columns = second.length / dimension;
        double[] cost = new double[rows * columns];
        ParallelTasks.run(rows, threads, row -> {
            AlignedDistance distance = new AlignedDistance(particles, axes, starts);
            for (int column = 0; column < columns; column++) {
                cost[row * columns + column] = distance.squared(first, row * dimension, second, column * dimension);
            }
        });
        return cost;
    }

    private int dimension() {
        return particles * axes;
    }

    private double[] meanFree(String name, float[] sample) {
        int rows = Points.rows(name, sample.length, dimension());
        if (rows > TransportSolver.MAXIMUM_POINTS) {
            throw new IllegalArgumentException(
                    name + " has " + rows + " rows, must have at most " + TransportSolver.MAXIMUM_POINTS);
        }
        Points.requireFinite(name, sample, dimension());
        return Particles.meanFree(sample, particles, axes);
    }
}
