package dev.idem.eval;

/**
 * Shares of the modes of a mixture in a sample, and their distance from the true shares.
 *
 * <p>A sample belongs to the nearest mean (the lower number on a tie). Where modes overlap, such shares differ from the
 * mixture's own weights, so the truth must be judged the same way: count a large set of exact samples with this class.
 * With N samples and M exact ones an exact sampler has a relative error of about ((modes − 1)(1/N + 1/M))^½ for equal
 * weights.
 */
public final class ModeWeights {

    private final double[] means; // [mode][axis]
    private final int dimension;
    private final long[] counts; // [mode]
    private long total;

    /**
     * Starts with no samples.
     *
     * @param means [mode][axis], copied
     * @param dimension number of axes
     * @throws IllegalArgumentException if the means are not whole rows or not finite
     */
    public ModeWeights(double[] means, int dimension) {
        this.counts = new long[Points.rows("means", means.length, dimension)];
        Points.requireFinite("means", means, dimension);
        this.means = means.clone();
        this.dimension = dimension;
    }

    /**
     * Counts samples.
     *
     * @param samples [row][axis], not modified
     * @return this
     * @throws IllegalArgumentException if the samples are not whole rows or not finite
     */
    public ModeWeights add(float[] samples) {
        int rows = Points.rows("samples", samples.length, dimension);
        Points.requireFinite("samples", samples, dimension);
        for (int row = 0; row < rows; row++) {
            counts[nearest(samples, row * dimension)]++;
        }
        total += rows;
        return this;
    }

    private int nearest(float[] samples, int offset) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int mode = 0; mode < counts.length; mode++) {
            double square = 0;
            for (int axis = 0; axis < dimension; axis++) {
                double difference = samples[offset + axis] - means[mode * dimension + axis];
                square += difference * difference;
            }
            if (square < least) {
                least = square;
                nearest = mode;
            }
        }
        return nearest;
    }

    /** Returns the number of samples of each mode, a copy. */
    public long[] counts() {
        return counts.clone();
    }

    /** Returns the number of samples. */
    public long total() {
        return total;
    }

    /** Returns the number of modes with at least one sample. */
    public int modesHit() {
        int hit = 0;
        for (long count : counts) {
            hit += count > 0 ? 1 : 0;
        }
        return hit;
    }

    /**
     * Returns the root mean square over the modes of (share − true share) / true share.
     *
     * @param truth exact samples judged the same way
     * @throws IllegalArgumentException if either has no samples, the numbers of modes differ, or the truth lacks a mode
     */
    public double relativeError(ModeWeights truth) {
        requireComparable(truth);
        double sum = 0;
        for (int mode = 0; mode < counts.length; mode++) {
            double error = ratio(truth, mode) - 1;
            sum += error * error;
        }
        return Math.sqrt(sum / counts.length);
    }

    /**
     * Returns the least over the modes of share / true share: 0 when a mode is missing.
     *
     * @param truth as for {@link #relativeError}
     * @throws IllegalArgumentException as for {@link #relativeError}
     */
    public double leastRatio(ModeWeights truth) {
        requireComparable(truth);
        double least = Double.POSITIVE_INFINITY;
        for (int mode = 0; mode < counts.length; mode++) {
            least = Math.min(least, ratio(truth, mode));
        }
        return least;
    }

    /**
     * Returns what {@link #relativeError} is expected to be for an exact sampler: the root of its expected square,
     * (Σ_mode (1 − w) / w · (1/N + 1/M) / modes)^½ with the true shares w.
     *
     * @param truth as for {@link #relativeError}
     * @throws IllegalArgumentException as for {@link #relativeError}
     */
    public double expectedError(ModeWeights truth) {
        requireComparable(truth);
        double sum = 0;
        for (long count : truth.counts) {
            double share = (double) count / truth.total;
            sum += (1 - share) / share;
        }
        return Math.sqrt(sum / counts.length * (1.0 / total + 1.0 / truth.total));
    }

    private double ratio(ModeWeights truth, int mode) {
        return (double) counts[mode] / total * truth.total / truth.counts[mode];
    }

    private void requireComparable(ModeWeights truth) {
        if (total == 0 || truth.total == 0) {
            throw new IllegalArgumentException(
                    "there are " + total + " samples and " + truth.total + " exact ones, must be at least 1 of each");
        }
        if (truth.counts.length != counts.length) {
            throw new IllegalArgumentException(
                    "truth has " + truth.counts.length + " modes, must have " + counts.length);
        }
        for (int mode = 0; mode < counts.length; mode++) {
            if (truth.counts[mode] == 0) {
                throw new IllegalArgumentException("truth has no sample of mode " + mode + " among " + truth.total
                        + "; count more exact samples");
            }
        }
    }
}
