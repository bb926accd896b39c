package dev.idem.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ChainDiagnosticsTest {

    private static final double TWO_TO_31 = 0x1p31;

    /** Made by chain_diagnostics.py in the test resources (numpy 2.4.6, scipy 1.17.1). */
    @Test
    void agreesWithNumpy() {
        requireGolden(chains(4, 200, 0.8, 0), 1.088741427780564, 44.54928475573878, 47.594731353051294);
        requireGolden(chains(3, 151, 0.5, 0.3), 1.2139720896892328, 12.557837159594216, 12.884451813227459);
        requireGolden(chains(2, 40, -0.6, 0), 1.002734783138386, 152.24719895935547, 152.24719895935547);
    }

    private static void requireGolden(double[][] chains, double rHat, double bulk, double mean) {
        assertThat(ChainDiagnostics.rHat(chains)).isCloseTo(rHat, within(1e-9));
        assertThat(ChainDiagnostics.bulkSize(chains)).isCloseTo(bulk, within(1e-7));
        assertThat(ChainDiagnostics.meanSize(chains)).isCloseTo(mean, within(1e-7));
    }

    private static double[][] chains(int count, int length, double step, double shift) {
        double[][] result = new double[count][length];
        for (int chain = 0; chain < count; chain++) {
            double x = 0;
            long word = 12345L + chain;
            for (int draw = 0; draw < length; draw++) {
                word = (word * 1103515245 + 12345) & 0x7fffffffL;
                x = step * x + word / TWO_TO_31 - 0.5;
                result[chain][draw] = x + shift * chain;
            }
        }
        return result;
    }

    @Test
    void autoregressiveChainsHaveTheirKnownSize() {
        // x' = a x + noise has τ = (1 + a) / (1 − a); the relative error of the estimate is about (2 · lags / S)^½.
        double a = 0.7;
        double[][] chains = new double[4][20_000];
        for (int chain = 0; chain < 4; chain++) {
            double[] noise = Samples.normal(20_000, 1, chain);
            double x = 0;
            for (int draw = 0; draw < noise.length; draw++) {
                x = a * x + noise[draw];
                chains[chain][draw] = x;
            }
        }
        double expected = 80_000 * (1 - a) / (1 + a);
        assertThat(ChainDiagnostics.meanSize(chains)).isCloseTo(expected, within(0.1 * expected));
        assertThat(ChainDiagnostics.bulkSize(chains)).isCloseTo(expected, within(0.1 * expected));
        assertThat(ChainDiagnostics.rHat(chains)).isBetween(0.9999, 1.01);
    }

    @Test
    void seesChainsThatDifferInPlaceOrWidthOrDrift() {
        double[][] places = {Samples.normal(500, 1, 1), Samples.normal(500, 1, 2)};
        double[][] widths = {Samples.normal(500, 1, 3), Samples.normal(500, 1, 4)};
        double[][] drift = {Samples.normal(500, 1, 5), Samples.normal(500, 1, 6)};
        assertThat(ChainDiagnostics.rHat(places)).isLessThan(1.01);
        for (int draw = 0; draw < 500; draw++) {
            places[1][draw] += 1;
            widths[1][draw] *= 3;
            drift[0][draw] += draw / 250.0;
            drift[1][draw] += draw / 250.0;
        }
        assertThat(ChainDiagnostics.rHat(places)).isGreaterThan(1.05);
        assertThat(ChainDiagnostics.rHat(widths)).isGreaterThan(1.05);
        assertThat(ChainDiagnostics.rHat(drift)).isGreaterThan(1.05);
    }

    @Test
    void equalValuesHaveNoDiagnostics() {
        assertThat(ChainDiagnostics.rHat(new double[2][10])).isNaN();
        assertThat(ChainDiagnostics.bulkSize(new double[2][10])).isNaN();
        assertThatIllegalArgumentException().isThrownBy(() -> ChainDiagnostics.rHat(new double[2][3]))
                .withMessageContaining("has 3 draws");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChainDiagnostics.rHat(new double[][] {new double[5], new double[6]}))
                .withMessageContaining("chain 1 has 6 draws");
    }

    /** Made by scipy 1.17.1: {@code scipy.stats.norm.ppf([1e-20, 1e-5, 0.07, 0.3, 0.5, 0.93])}. */
    @Test
    void quantilesAgreeWithScipy() {
        double[] points = {1e-20, 1e-5, 0.07, 0.3, 0.5, 0.93};
        double[] golden = {-9.262340089798409, -4.264890793922825, -1.4757910281791706, -0.5244005127080409, 0.0,
                1.475791028179171};
        for (int k = 0; k < points.length; k++) {
            assertThat(NormalQuantile.of(points[k])).isCloseTo(golden[k], within(1e-13));
        }
    }
}
