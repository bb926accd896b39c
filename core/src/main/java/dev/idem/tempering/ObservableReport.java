package dev.idem.tempering;

import dev.idem.eval.ChainDiagnostics;
import java.util.Arrays;

/**
 * One number over the samples kept, chain by chain.
 *
 * @param name what it is
 * @param mean over all chains
 * @param standardError of the mean: deviation / (effective size for the mean)^½
 * @param deviation standard deviation
 * @param rHat rank-normalised split R-hat ({@link ChainDiagnostics#rHat}); NaN for fewer than 4 samples a chain
 * @param effectiveSize effective number of samples of the bulk ({@link ChainDiagnostics#bulkSize}); likewise
 */
public record ObservableReport(String name, double mean, double standardError, double deviation, double rHat,
        double effectiveSize) {

    private static final int LEAST_LENGTH = 4;

    /** Returns the report of chains [chain][draw] of equal length. */
    static ObservableReport of(String name, double[][] chains) {
        double count = 0;
        double sum = 0;
        for (double[] chain : chains) {
            count += chain.length;
            sum += Arrays.stream(chain).sum();
        }
        double mean = sum / count;
        double squares = 0;
        for (double[] chain : chains) {
            for (double value : chain) {
                squares += (value - mean) * (value - mean);
            }
        }
        double deviation = Math.sqrt(squares / (count - 1));
        if (chains[0].length < LEAST_LENGTH) {
            return new ObservableReport(name, mean, Double.NaN, deviation, Double.NaN, Double.NaN);
        }
        return new ObservableReport(name, mean, deviation / Math.sqrt(ChainDiagnostics.meanSize(chains)), deviation,
                ChainDiagnostics.rHat(chains), ChainDiagnostics.bulkSize(chains));
    }
}
