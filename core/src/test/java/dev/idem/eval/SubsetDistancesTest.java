package dev.idem.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SubsetDistancesTest {

    @Test
    void bitsDoNotDependOnTheNumberOfThreads() {
        float[] x = Samples.modes(700, 5, 1);
        float[] y = Samples.modes(650, 5, 2);
        double[] alone = new SubsetDistances(2, 64, 10, 42, 1).w2(x, y);
        assertThat(new SubsetDistances(2, 64, 10, 42, 2).w2(x, y)).containsExactly(alone);
        assertThat(new SubsetDistances(2, 64, 10, 42, 16).w2(x, y)).containsExactly(alone);
        assertThat(new SubsetDistances(2, 64, 10, 43, 1).w2(x, y)).isNotEqualTo(alone);
    }

    @Test
    void setsAreDisjointAndCoverTheSamples() {
        // Each of 60 numbers x_k = k goes to the only y = 0: the mean over all sets is the mean of the numbers.
        float[] x = new float[60];
        for (int k = 0; k < 60; k++) {
            x[k] = k;
        }
        double[] w1 = new SubsetDistances(1, 12, 5, 7, 1).w1(x, new float[60]);
        assertThat(w1).hasSize(5);
        assertThat(Estimate.ofMean(w1).value()).isCloseTo(29.5, within(1e-12));
    }

    @Test
    void exactSamplesAreAtTheirFloor() {
        float[] exact = Samples.modes(2000, 5, 3);
        float[] other = Samples.modes(2000, 5, 4);
        SubsetDistances subsets = new SubsetDistances(2, 50, 40, 1, 2);
        TransportMetrics same = subsets.compare(other, exact, other);
        assertThat(same.w2OverFloor().value()).isEqualTo(1);
        assertThat(same.w1OverFloor().value()).isEqualTo(1);
        TransportMetrics metrics = subsets.compare(Samples.modes(2000, 5, 5), exact, other);
        assertThat(metrics.pairs()).isEqualTo(40);
        assertThat(metrics.subsetSize()).isEqualTo(50);
        assertThat(Math.abs(metrics.w2OverFloor().value() - 1)).isLessThan(4 * metrics.w2OverFloor().standardError());
        assertThat(Math.abs(metrics.w1OverFloor().value() - 1)).isLessThan(4 * metrics.w1OverFloor().standardError());
        assertThat(metrics.w1().value()).isLessThan(metrics.w2().value());
    }

    @Test
    void floorOfEqualSetsHasNoRatio() {
        float[] exact = Samples.modes(20, 2, 9);
        TransportMetrics metrics = new SubsetDistances(2, 10, 2, 1, 1).compare(Samples.modes(20, 2, 10), exact, exact);
        assertThat(metrics.w2Floor().value()).isZero();
        assertThat(metrics.w2OverFloor().value()).isNaN();
        assertThat(metrics.w2().value()).isPositive();
    }

    @Test
    void wrongSamplesAreAboveTheirFloor() {
        float[] exact = Samples.modes(1000, 5, 6);
        float[] shifted = Samples.modes(1000, 5, 7);
        for (int k = 0; k < shifted.length; k++) {
            shifted[k] += 15;
        }
        TransportMetrics metrics = new SubsetDistances(2, 50, 20, 1, 2).compare(shifted, exact,
                Samples.modes(1000, 5, 8));
        assertThat(metrics.w2OverFloor().value() - 1).isGreaterThan(4 * metrics.w2OverFloor().standardError());
        assertThat(metrics.w1OverFloor().value() - 1).isGreaterThan(4 * metrics.w1OverFloor().standardError());
    }

    @Test
    void refusesTooFewRowsAndWrongSizes() {
        SubsetDistances subsets = new SubsetDistances(2, 10, 5, 1, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> subsets.w1(new float[100], new float[98]))
                .withMessageContaining("y has 49 rows").withMessageContaining("50");
        assertThat(SubsetDistances.pairsWithin(49, 10)).isEqualTo(4);
        assertThatIllegalArgumentException().isThrownBy(() -> new SubsetDistances(2, 8193, 1, 1, 1))
                .withMessageContaining("subsetSize is 8193");
        assertThatIllegalArgumentException().isThrownBy(() -> new SubsetDistances(2, 10, 0, 1, 1))
                .withMessageContaining("pairs is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new SubsetDistances(2, 10, 1, 1, 0))
                .withMessageContaining("threads is 0");
        float[] bad = new float[100];
        bad[3] = Float.NEGATIVE_INFINITY;
        assertThatIllegalArgumentException().isThrownBy(() -> subsets.w2(bad, new float[100]))
                .withMessageContaining("row 1, column 1");
    }
}
