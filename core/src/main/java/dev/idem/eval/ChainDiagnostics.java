package dev.idem.eval;

import java.util.Arrays;

/**
 * How well several Markov chains of one number have mixed: rank-normalised split R-hat and effective sample sizes.
 *
 * <p>Every chain is cut into halves (a middle value of an odd length is left out), so that a chain that drifts disagrees
 * with itself. <em>Rank-normalised</em> values are z = Φ⁻¹((r − 3/8) / (S + 1/4)), r the rank among all S values, ties
 * averaged: figures then exist for heavy tails too.
 *
 * <p>Source: Vehtari, Gelman, Simpson, Carpenter, Bürkner: "Rank-normalization, folding, and localization: an improved
 * R-hat for assessing convergence of MCMC", Bayesian Analysis 16 (2021) 667; autocorrelations are summed by Geyer's
 * initial monotone sequence (Statistical Science 7 (1992) 473), as that paper's appendix A does.
 */
public final class ChainDiagnostics {

    private static final int LEAST_LENGTH = 4;

    private ChainDiagnostics() {}

    /**
     * Returns R-hat: the greater one of the split R-hats of the rank-normalised values and of the rank-normalised
     * distances from the median. 1 for chains that agree; above 1.01 they have not mixed.
     *
     * @param chains [chain][draw], at least one, all of the same length of at least 4, finite, not modified
     * @return NaN if all values are equal
     * @throws IllegalArgumentException if a length or a value is out of range
     */
    public static double rHat(double[][] chains) {
        double[][] halves = halves(chains);
        return Math.max(plainRHat(rankNormalised(halves)), plainRHat(rankNormalised(folded(halves))));
    }

    /**
     * Returns the effective number of independent draws for the location of the bulk: that of the rank-normalised split
     * chains; other than that as {@link #rHat}.
     */
    public static double bulkSize(double[][] chains) {
        return effectiveSize(rankNormalised(halves(chains)));
    }

    /**
     * Returns the effective number of independent draws for the mean: that of the split chains as they are. The mean's
     * standard error is the standard deviation over its root. Other than that as {@link #rHat}.
     */
    public static double meanSize(double[][] chains) {
        return effectiveSize(halves(chains));
    }

    private static double[][] halves(double[][] chains) {
        if (chains.length == 0) {
            throw new IllegalArgumentException("chains is empty, must have at least one");
        }
        int length = chains[0].length;
        double[][] halves = new double[2 * chains.length][];
        for (int chain = 0; chain < chains.length; chain++) {
            if (chains[chain].length != length || length < LEAST_LENGTH) {
                throw new IllegalArgumentException("chain " + chain + " has " + chains[chain].length
                        + " draws, must have at least " + LEAST_LENGTH + " and as many as the first, " + length);
            }
            Points.requireFinite("chain " + chain, chains[chain], 1);
            halves[2 * chain] = Arrays.copyOfRange(chains[chain], 0, length / 2);
            halves[2 * chain + 1] = Arrays.copyOfRange(chains[chain], length - length / 2, length);
        }
        return halves;
    }

    private static double[][] folded(double[][] chains) {
        double[] sorted = Arrays.stream(chains).flatMapToDouble(Arrays::stream).sorted().toArray();
        int size = sorted.length;
        double median = (sorted[(size - 1) / 2] + sorted[size / 2]) / 2;
        return Arrays.stream(chains).map(chain -> Arrays.stream(chain).map(value -> Math.abs(value - median)).toArray())
                .toArray(double[][]::new);
    }

    private static double[][] rankNormalised(double[][] chains) {
        double[] sorted = Arrays.stream(chains).flatMapToDouble(Arrays::stream).sorted().toArray();
        double[][] scores = new double[chains.length][];
        for (int chain = 0; chain < chains.length; chain++) {
            scores[chain] = new double[chains[chain].length];
            for (int draw = 0; draw < chains[chain].length; draw++) {
                double rank = rank(sorted, chains[chain][draw]);
                scores[chain][draw] = NormalQuantile.of((rank - 0.375) / (sorted.length + 0.25));
            }
        }
        return scores;
    }

    /** Returns the mean of the places, counted from 1, that hold the value. */
    private static double rank(double[] sorted, double value) {
        return (1 + firstNotBelow(sorted, value) + firstNotBelow(sorted, Math.nextUp(value))) / 2.0;
    }

    private static int firstNotBelow(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double plainRHat(double[][] chains) {
        int length = chains[0].length;
        double within = withinVariance(chains);
        double between = length * varianceOfMeans(chains);
        return Math.sqrt((between / within + length - 1) / length);
    }

    private static double withinVariance(double[][] chains) {
        double sum = 0;
        for (double[] chain : chains) {
            double mean = mean(chain);
            double squares = 0;
            for (double value : chain) {
                squares += (value - mean) * (value - mean);
            }
            sum += squares / (chain.length - 1);
        }
        return sum / chains.length;
    }

    private static double varianceOfMeans(double[][] chains) {
        double[] means = Arrays.stream(chains).mapToDouble(ChainDiagnostics::mean).toArray();
        double mean = mean(means);
        double squares = 0;
        for (double value : means) {
            squares += (value - mean) * (value - mean);
        }
        return squares / (means.length - 1);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Returns S / τ, τ = 1 + 2 Σ ρ over the lags of the initial monotone sequence, at most S log₁₀ S. */
    private static double effectiveSize(double[][] chains) {
        int length = chains[0].length;
        double total = (double) chains.length * length;
        double within = withinVariance(chains);
        double variance = within * (length - 1) / length + varianceOfMeans(chains);
        if (!(variance > 0)) {
            return Double.NaN;
        }
        double[] means = Arrays.stream(chains).mapToDouble(ChainDiagnostics::mean).toArray();
        double sum = 0;
        double smallest = Double.POSITIVE_INFINITY;
        double left = 0;
        for (int lag = 0; lag + 1 < length; lag += 2) {
            double even = lag == 0 ? 1 : correlation(chains, means, lag, within, variance);
            double pair = even + correlation(chains, means, lag + 1, within, variance);
            if (!(pair > 0)) {
                left = Math.max(0, even); // what the first pair that is not positive still has to say
                break;
            }
            smallest = Math.min(smallest, pair);
            sum += smallest;
        }
        return total / Math.max(2 * sum - 1 + left, 1 / StrictMath.log10(total));
    }

    private static double correlation(double[][] chains, double[] means, int lag, double within, double variance) {
        double sum = 0;
        for (int chain = 0; chain < chains.length; chain++) {
            double[] values = chains[chain];
            double mean = means[chain];
            double products = 0;
            for (int draw = 0; draw + lag < values.length; draw++) {
                products += (values[draw] - mean) * (values[draw + lag] - mean);
            }
            sum += products / values.length;
        }
        return 1 - (within - sum / chains.length) / variance;
    }
}
