package dev.idem.eval;

import java.util.Arrays;

/**
 * Histogram of a sample's first two coordinates (of the only one in one dimension) on a fixed box of equal bins.
 *
 * <p>The box belongs to the target, not to the samples: a box drawn around the samples grows with one outlier and makes
 * figures of different samplers incomparable. Mass outside the box is counted in one further bin and reported. A total
 * variation of histograms depends on the number of samples and bins: quote it beside its floor, two exact samples of
 * the same size.
 */
public final class PlaneHistogram {

    /** Bins along each axis, as in a later published evaluation of the 40-mode mixture. */
    public static final int DEFAULT_BINS = 200;

    /** How far {@link #around} reaches beyond the means: less than 1.2e−6 of a mixture in the plane lies outside. */
    private static final double REACH = 5;

    private final double[] low; // [axis]
    private final double[] high; // [axis]
    private final int bins;
    private final long[] counts; // [bin of axis 0][bin of axis 1]
    private long outside;
    private long total;

    private PlaneHistogram(double[] low, double[] high, int bins) {
        this.low = low;
        this.high = high;
        this.bins = bins;
        this.counts = new long[bins * bins];
    }

    /**
     * Returns an empty histogram on a box.
     *
     * @param low lower corner, two numbers, copied
     * @param high upper corner, two numbers above the lower ones, copied
     * @param bins bins along each axis, in 1 … 4096
     * @throws IllegalArgumentException if a corner or the number of bins is out of range
     */
    public static PlaneHistogram onBox(double[] low, double[] high, int bins) {
        if (bins < 1 || bins > 4096) {
            throw new IllegalArgumentException("bins is " + bins + ", must be in 1 … 4096");
        }
        if (low.length != 2 || high.length != 2) {
            throw new IllegalArgumentException("low has " + low.length + " and high " + high.length
                    + " coordinates, must have 2 each");
        }
        for (int axis = 0; axis < 2; axis++) {
            double width = high[axis] - low[axis];
            if (!(width > 0 && width < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("axis " + axis + " reaches from " + low[axis] + " to " + high[axis]
                        + ", must be a finite interval of positive length");
            }
        }
        return new PlaneHistogram(low.clone(), high.clone(), bins);
    }

    /**
     * Returns an empty histogram on the box that holds every mean of a mixture with 5 standard deviations around it.
     *
     * @param means [mode][axis], not modified
     * @param standardDeviations [mode], positive, not modified
     * @param dimension number of axes
     * @param bins bins along each axis, in 1 … 4096
     * @throws IllegalArgumentException if lengths do not fit or a number is out of range
     */
    public static PlaneHistogram around(double[] means, double[] standardDeviations, int dimension, int bins) {
        int modes = Points.rows("means", means.length, dimension);
        if (standardDeviations.length != modes) {
            throw new IllegalArgumentException(
                    "standardDeviations has " + standardDeviations.length + " values, must have one per mode: "
                            + modes);
        }
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int mode = 0; mode < modes; mode++) {
            for (int axis = 0; axis < 2; axis++) {
                double mean = means[mode * dimension + Math.min(axis, dimension - 1)];
                double reach = REACH * standardDeviations[mode];
                low[axis] = Math.min(low[axis], mean - reach);
                high[axis] = Math.max(high[axis], mean + reach);
            }
        }
        return onBox(low, high, bins);
    }

    /** Returns an empty histogram on the same box and bins. */
    public PlaneHistogram emptyCopy() {
        return new PlaneHistogram(low, high, bins);
    }

    /**
     * Counts samples.
     *
     * @param samples [row][axis], not modified
     * @param dimension number of axes
     * @return this
     * @throws IllegalArgumentException if the samples are not whole rows or not finite
     */
    public PlaneHistogram add(float[] samples, int dimension) {
        int rows = Points.rows("samples", samples.length, dimension);
        Points.requireFinite("samples", samples, dimension);
        int second = Math.min(1, dimension - 1);
        for (int row = 0; row < rows; row++) {
            int bin0 = bin(samples[row * dimension], 0);
            int bin1 = bin(samples[row * dimension + second], 1);
            if (bin0 < 0 || bin1 < 0) {
                outside++;
            } else {
                counts[bin0 * bins + bin1]++;
            }
        }
        total += rows;
        return this;
    }

    /** Returns the bin of a coordinate, −1 outside; a bin holds its lower edge, the last one also the box's upper edge. */
    private int bin(double value, int axis) {
        if (value < low[axis] || value > high[axis]) {
            return -1;
        }
        return Math.min(bins - 1, (int) ((value - low[axis]) / (high[axis] - low[axis]) * bins));
    }

    /** Returns the number of samples counted. */
    public long total() {
        return total;
    }

    /** Returns the share of the samples outside the box; NaN without samples. */
    public double outsideShare() {
        return (double) outside / total;
    }

    /**
     * Returns the total variation ½ Σ |p − q| over all bins and the outside.
     *
     * @param other on the same box and bins
     * @throws IllegalArgumentException if boxes or bins differ, or either has no samples
     */
    public double totalVariation(PlaneHistogram other) {
        if (other.bins != bins || !Arrays.equals(other.low, low) || !Arrays.equals(other.high, high)) {
            throw new IllegalArgumentException("other is on another box or other bins, must be on the same");
        }
        if (total == 0 || other.total == 0) {
            throw new IllegalArgumentException(
                    "the histograms hold " + total + " and " + other.total + " samples, must hold at least 1 each");
        }
        double sum = Math.abs((double) outside / total - (double) other.outside / other.total);
        for (int bin = 0; bin < counts.length; bin++) {
            sum += Math.abs((double) counts[bin] / total - (double) other.counts[bin] / other.total);
        }
        return sum / 2;
    }
}
