package dev.idem.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ParticlesTest {

    @Test
    void meanFreeRowsHaveNoMean() {
        double[] free = Particles.meanFree(new float[] {1, 2, 3, 6, 0, 0, 0, 8}, 2, 2);
        assertThat(free).containsExactly(-1, -2, 1, 2, 0, -4, 0, 4);
    }

    @Test
    void pairDistancesAreInTheOrderOfThePairs() {
        float[] triangle = {0, 0, 3, 0, 0, 4};
        assertThat(Particles.pairDistances(triangle, 3, 2)).containsExactly(3, 4, 5);
        assertThat(Particles.pairDistances(new float[] {1, Float.NaN}, 2, 1)).containsExactly(Double.NaN);
        assertThatIllegalArgumentException().isThrownBy(() -> Particles.pairDistances(triangle, 1, 2))
                .withMessageContaining("particles is 1");
    }

    @Test
    void radialDistributionCountsTheOtherParticles() {
        float[] sample = Samples.narrow(Samples.normal(300, 15, 4));
        LineHistogram histogram = LineHistogram.onInterval(0, 20, 50).add(Particles.pairDistances(sample, 5, 3));
        double[] radial = Particles.radialDistribution(histogram, 5, 3);
        double others = 0;
        for (int bin = 0; bin < 50; bin++) {
            double inner = 0.4 * bin;
            double outer = inner + 0.4;
            others += radial[bin] * 4 * Math.PI / 3 * (outer * outer * outer - inner * inner * inner);
        }
        assertThat(others).isCloseTo(4, within(1e-9));
        double[] onALine = Particles.radialDistribution(LineHistogram.onInterval(0, 2, 2).add(new double[] {0.5}), 2,
                1);
        assertThat(onALine).containsExactly(0.5, 0);
    }
}
