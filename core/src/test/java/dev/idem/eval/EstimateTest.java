package dev.idem.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EstimateTest {

    @Test
    void meanHasItsStandardError() {
        Estimate estimate = Estimate.ofMean(new double[] {1, 2, 3, 6});
        assertThat(estimate.value()).isEqualTo(3);
        assertThat(estimate.standardError()).isCloseTo(Math.sqrt(14.0 / 3 / 4), within(1e-15));
        assertThat(estimate.count()).isEqualTo(4);
    }

    @Test
    void oneValueHasNoStandardError() {
        assertThat(Estimate.ofMean(new double[] {7})).isEqualTo(new Estimate(7, Double.NaN, 1));
        Estimate ratio = Estimate.ofRatio(new double[] {3}, new double[] {2});
        assertThat(ratio).isEqualTo(new Estimate(1.5, Double.NaN, 1));
    }

    @Test
    void ratioOfProportionalPairsIsCertain() {
        Estimate ratio = Estimate.ofRatio(new double[] {3, 6, 9}, new double[] {1, 2, 3});
        assertThat(ratio.value()).isCloseTo(3, within(1e-15));
        assertThat(ratio.standardError()).isLessThan(1e-8);
    }

    @Test
    void ratioOfPairsHasTheSpreadOfRepetitions() {
        SplittableRandom random = new SplittableRandom(1);
        int repetitions = 2000;
        int pairs = 100;
        double[] ratios = new double[repetitions];
        double meanError = 0;
        for (int k = 0; k < repetitions; k++) {
            double[] a = new double[pairs];
            double[] b = new double[pairs];
            for (int pair = 0; pair < pairs; pair++) {
                double common = random.nextGaussian();
                a[pair] = 6 + common + 0.5 * random.nextGaussian();
                b[pair] = 4 + common + 0.5 * random.nextGaussian();
            }
            Estimate ratio = Estimate.ofRatio(a, b);
            ratios[k] = ratio.value();
            meanError += ratio.standardError() / repetitions;
        }
        double spread = Estimate.ofMean(ratios).standardError() * Math.sqrt(repetitions);
        assertThat(meanError).isCloseTo(spread, within(0.08 * spread));
    }

    @Test
    void quotientOfIndependentEstimatesAddsRelativeErrors() {
        Estimate quotient = new Estimate(6, 0.3, 10).dividedBy(new Estimate(3, 0.12, 7));
        assertThat(quotient.value()).isEqualTo(2);
        assertThat(quotient.standardError()).isCloseTo(2 * Math.hypot(0.05, 0.04), within(1e-15));
        assertThat(quotient.count()).isEqualTo(7);
    }

    @Test
    void refusesNothingAndZero() {
        assertThatIllegalArgumentException().isThrownBy(() -> Estimate.ofMean(new double[0]))
                .withMessageContaining("values is empty");
        assertThatIllegalArgumentException().isThrownBy(() -> Estimate.ofRatio(new double[2], new double[3]))
                .withMessageContaining("denominators has 3");
        assertThatIllegalArgumentException().isThrownBy(() -> Estimate.ofRatio(new double[2], new double[2]))
                .withMessageContaining("is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Estimate(1, 1, 2).dividedBy(new Estimate(0, 1, 2)))
                .withMessageContaining("is 0");
    }
}
