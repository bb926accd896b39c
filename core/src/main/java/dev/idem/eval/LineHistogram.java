package dev.idem.eval;

import java.util.Arrays;

/**
 * Histogram of numbers on an interval of equal bins, with what lies outside counted.
 *
 * <p>The published total variation of pair distances ({@link #totalVariationWithin}) takes the interval from the data
 * it compares with and drops what a sampler puts outside, so a sampler that throws particles away looks better than it
 * is. {@link #totalVariation} takes the mass below and above the interval as two further bins. Both depend on the
 * number of values and bins: quote them beside their floor, exact samples of the same size.
 *
 * <p>Source of the bins: the published evaluation of iDEM, 200 between the data's least and greatest value.
 */
public final class LineHistogram {

    /** Bins of the published total variation of pair distances. */
    public static final int DEFAULT_BINS = 200;

    private static final int MOST_BINS = 1 << 20;

    private final double low;
    private final double high;
    private final long[] counts;
    private long below;
    private long above;
    private long total;

    private LineHistogram(double low, double high, int bins) {
        this.low = low;
        this.high = high;
        this.counts = new long[bins];
    }

    /**
     * Returns an empty histogram.
     *
     * @param low lower end of the first bin
     * @param high upper end of the last bin, above {@code low}
     * @param bins in 1 … 2^20
     * @throws IllegalArgumentException if the interval or the number of bins is out of range
     */
    public static LineHistogram onInterval(double low, double high, int bins) {
        double width = high - low;
        if (!(width > 0 && width < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the interval is " + low + " … " + high + ", must be finite and of positive length");
        }
        if (bins < 1 || bins > MOST_BINS) {
            throw new IllegalArgumentException("bins is " + bins + ", must be in 1 … " + MOST_BINS);
        }
        return new LineHistogram(low, high, bins);
    }

    /**
     * Returns the histogram of data between their own least and greatest value.
     *
     * @param data at least two different finite numbers, not modified
     * @param bins in 1 … 2^20
     * @throws IllegalArgumentException if the data are empty, not finite or all equal, or bins is out of range
     */
    public static LineHistogram of(double[] data, int bins) {
        Points.rows("data", data.length, 1);
        Points.requireFinite("data", data, 1);
        double least = Arrays.stream(data).min().orElseThrow();
        double greatest = Arrays.stream(data).max().orElseThrow();
        return onInterval(least, greatest, bins).add(data);
    }

    /** Returns an empty histogram on the same interval and bins. */
    public LineHistogram emptyCopy() {
        return new LineHistogram(low, high, counts.length);
    }

    /**
     * Counts values. NaN counts as lying above, as +∞ does: nothing is dropped.
     *
     * @param values not modified
     * @return this
     */
    public LineHistogram add(double[] values) {
        double scale = counts.length / (high - low);
        for (double value : values) {
            if (value < low) {
                below++;
            } else if (value <= high) {
                counts[Math.min(counts.length - 1, (int) ((value - low) * scale))]++;
            } else {
                above++;
            }
        }
        total += values.length;
        return this;
    }

    /** Returns the lower end of the first bin. */
    public double low() {
        return low;
    }

    /** Returns the upper end of the last bin. */
    public double high() {
        return high;
    }

    /** Returns the number of bins. */
    public int bins() {
        return counts.length;
    }

    /** Returns the number of values counted, also outside. */
    public long total() {
        return total;
    }

    /** Returns the share of the values outside the interval; NaN without values. */
    public double outsideShare() {
        return (double) (below + above) / total;
    }

    /**
     * Returns the density in each bin: count / (all values · width). It integrates to 1 − {@link #outsideShare}.
     *
     * @return [bin]; NaN without values
     */
    public double[] densities() {
        double[] densities = new double[counts.length];
        double width = (high - low) / counts.length;
        for (int bin = 0; bin < counts.length; bin++) {
            densities[bin] = counts[bin] / (total * width);
        }
        return densities;
    }

    /**
     * Returns ½ Σ |p − q| over the bins, below and above; p and q are shares of all values.
     *
     * @param other on the same interval and bins
     * @throws IllegalArgumentException if intervals or bins differ, or either has no values
     */
    public double totalVariation(LineHistogram other) {
        requireComparable(other);
        return (difference(other, total, other.total)
                + Math.abs((double) below / total - (double) other.below / other.total)
                + Math.abs((double) above / total - (double) other.above / other.total)) / 2;
    }

    /**
     * Returns ½ Σ |p − q| over the bins alone, p and q being shares of the values inside, as published; 1 if either has
     * none inside.
     *
     * @param other on the same interval and bins
     * @throws IllegalArgumentException if intervals or bins differ, or either has no values
     */
    public double totalVariationWithin(LineHistogram other) {
        requireComparable(other);
        long inside = total - below - above;
        long otherInside = other.total - other.below - other.above;
        return inside == 0 || otherInside == 0 ? 1 : difference(other, inside, otherInside) / 2;
    }

    private double difference(LineHistogram other, long divisor, long otherDivisor) {
        double sum = 0;
        for (int bin = 0; bin < counts.length; bin++) {
            sum += Math.abs((double) counts[bin] / divisor - (double) other.counts[bin] / otherDivisor);
        }
        return sum;
    }

    private void requireComparable(LineHistogram other) {
        if (other.counts.length != counts.length || other.low != low || other.high != high) {
            throw new IllegalArgumentException("other is on another interval or other bins, must be on the same");
        }
        if (total == 0 || other.total == 0) {
            throw new IllegalArgumentException(
                    "the histograms hold " + total + " and " + other.total + " values, must hold at least 1 each");
        }
    }
}
