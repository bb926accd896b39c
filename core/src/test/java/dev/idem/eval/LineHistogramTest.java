package dev.idem.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LineHistogramTest {

    @Test
    void countsEveryValueOnce() {
        LineHistogram histogram = LineHistogram.onInterval(0, 4, 4).add(new double[] {0, 0.99, 1, 3.5, 4, 4.01, -1e-9,
                Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY});
        assertThat(histogram.total()).isEqualTo(10);
        assertThat(histogram.outsideShare()).isEqualTo(0.5);
        assertThat(histogram.densities()).containsExactly(0.2, 0.1, 0, 0.2);
    }

    @Test
    void dataLieInTheirOwnInterval() {
        double[] data = Samples.normal(500, 1, 3);
        LineHistogram histogram = LineHistogram.of(data, 7);
        assertThat(histogram.outsideShare()).isZero();
        double integral = 0;
        for (double density : histogram.densities()) {
            integral += density * (histogram.high() - histogram.low()) / 7;
        }
        assertThat(integral).isCloseTo(1, within(1e-12));
    }

    /**
     * Made by numpy 2.4.6: {@code python3 -c "import numpy as np; a=np.arange(60)**1.5; b=np.arange(80)**1.4+3;
     * e=np.linspace(a.min(),a.max(),12); p=np.histogram(a,e)[0]/60; q=np.histogram(b,e)[0]; print(abs(p-q/80).sum()/2 +
     * (80-q.sum())/160, abs(p-q/q.sum()).sum()/2)"}.
     */
    @Test
    void totalVariationsAgreeWithNumpy() {
        double[] a = new double[60];
        double[] b = new double[80];
        for (int k = 0; k < 60; k++) {
            a[k] = StrictMath.pow(k, 1.5);
        }
        for (int k = 0; k < 80; k++) {
            b[k] = StrictMath.pow(k, 1.4) + 3;
        }
        LineHistogram data = LineHistogram.of(a, 11);
        LineHistogram other = data.emptyCopy().add(b);
        assertThat(other.totalVariation(data)).isCloseTo(0.05833333333333334, within(1e-12));
        assertThat(other.totalVariationWithin(data)).isCloseTo(0.05105485232067511, within(1e-12));
    }

    @Test
    void massOutsideCountsInOneFigureOnly() {
        LineHistogram data = LineHistogram.onInterval(0, 1, 2).add(new double[] {0.2, 0.7});
        LineHistogram half = data.emptyCopy().add(new double[] {0.2, 0.7, 5, -5});
        assertThat(half.totalVariation(data)).isEqualTo(0.5);
        assertThat(half.totalVariationWithin(data)).isZero();
        LineHistogram gone = data.emptyCopy().add(new double[] {5});
        assertThat(gone.totalVariation(data)).isEqualTo(1);
        assertThat(gone.totalVariationWithin(data)).isEqualTo(1);
    }

    @Test
    void refusesWhatHasNoMeaning() {
        assertThatIllegalArgumentException().isThrownBy(() -> LineHistogram.of(new double[] {2, 2}, 10))
                .withMessageContaining("2.0 … 2.0");
        assertThatIllegalArgumentException().isThrownBy(() -> LineHistogram.onInterval(0, 1, 0))
                .withMessageContaining("bins is 0");
        LineHistogram data = LineHistogram.onInterval(0, 1, 2);
        assertThatIllegalArgumentException().isThrownBy(() -> data.totalVariation(data.emptyCopy()))
                .withMessageContaining("0 and 0 values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> data.totalVariation(LineHistogram.onInterval(0, 1, 3)))
                .withMessageContaining("another interval");
    }
}
