package dev.idem.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AlignedWassersteinTest {

    @Test
    void isTheLeastMeanCostOverPairings() {
        AlignedWasserstein aligned = new AlignedWasserstein(3, 2, 1, 2);
        float[] x = Samples.narrow(Samples.normal(3, 6, 1));
        float[] y = Samples.narrow(Samples.normal(3, 6, 2));
        double[] cost = aligned.squaredDistances(x, y);
        double least = HungarianMethod.leastCost(cost, 3) / 3;
        assertThat(aligned.w2(x, y)).isCloseTo(Math.sqrt(least), within(1e-9));
        AlignedDistance distance = new AlignedDistance(3, 2, 1);
        double[] first = Particles.meanFree(x, 3, 2);
        double[] second = Particles.meanFree(y, 3, 2);
        assertThat(cost[5]).isEqualTo(distance.squared(first, 6, second, 12));
    }

    @Test
    void isZeroForMovedCopiesAndBelowTheRawDistance() {
        float[] x = Samples.narrow(Samples.normal(40, 8, 3));
        float[] moved = new float[x.length];
        for (int row = 0; row < 40; row++) {
            for (int i = 0; i < 4; i++) { // turned by a right angle, shifted, particles in reverse order
                moved[row * 8 + 2 * i] = -x[row * 8 + 2 * (3 - i) + 1] + 7;
                moved[row * 8 + 2 * i + 1] = x[row * 8 + 2 * (3 - i)] - 2;
            }
        }
        AlignedWasserstein aligned = new AlignedWasserstein(4, 2, 1, 2);
        assertThat(aligned.w2(x, moved)).isLessThan(1e-2).isLessThan(Wasserstein.w2(x, moved, 8));
        float[] y = Samples.narrow(Samples.normal(40, 8, 4));
        assertThat(aligned.w2(x, y)).isPositive().isLessThan(Wasserstein.w2(x, y, 8));
    }

    @Test
    void sizesMayDifferAndThreadsDoNotMatter() {
        float[] x = Samples.narrow(Samples.normal(7, 15, 5));
        float[] y = Samples.narrow(Samples.normal(5, 15, 6));
        double alone = new AlignedWasserstein(5, 3, 8, 1).w2(x, y);
        assertThat(new AlignedWasserstein(5, 3, 8, 3).w2(x, y)).isEqualTo(alone);
        // Repeating all rows changes no weight.
        double[] wide = Samples.repeated(Points.widen(x), 15, 2);
        assertThat(new AlignedWasserstein(5, 3, 8, 2).w2(Samples.narrow(wide), y)).isCloseTo(alone, within(1e-9));
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThat(new AlignedWasserstein(4, 2, 1, 1).exact()).isTrue();
        assertThat(new AlignedWasserstein(5, 2, 1, 1).exact()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new AlignedWasserstein(4, 4, 1, 1))
                .withMessageContaining("axes is 4");
        float[] infinite = new float[8];
        infinite[3] = Float.POSITIVE_INFINITY;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AlignedWasserstein(4, 2, 1, 1).w2(infinite, new float[8]))
                .withMessageContaining("x has Infinity in row 0, column 3");
    }
}
