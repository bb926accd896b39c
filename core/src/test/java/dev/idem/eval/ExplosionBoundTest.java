package dev.idem.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExplosionBoundTest {

    private static float[] normal(int count, double mean, double deviation) {
        float[] values = Samples.narrow(Samples.normal(count, 1, 7));
        for (int i = 0; i < count; i++) {
            values[i] = (float) (mean + deviation * values[i]);
        }
        return values;
    }

    @Test
    void isTheMedianAndTenDeviationsFromTheQuartiles() {
        float[] energies = new float[101];
        for (int i = 0; i < energies.length; i++) {
            energies[i] = 37 * i % 101; // 0 … 100 in some order
        }
        float[] before = energies.clone();
        assertThat(ExplosionBound.of(energies)).isCloseTo(50 + 10 * (75 - 25) / 1.349, within(1e-9));
        assertThat(energies).isEqualTo(before);
    }

    @Test
    void isTenStandardDeviationsAboveTheMeanOfANormalLaw() {
        assertThat(ExplosionBound.of(normal(20_000, -43, 7))).isCloseTo(-43 + 70, within(2.0));
    }

    @Test
    void hardlyMovesWhenATenthHasExploded() {
        float[] energies = normal(20_000, -43, 7);
        Arrays.fill(energies, 0, 1000, 1e30f);
        Arrays.fill(energies, 1000, 1500, Float.NaN);
        Arrays.fill(energies, 1500, 2000, Float.POSITIVE_INFINITY);
        assertThat(ExplosionBound.of(energies)).isBetween(27.0, 40.0);
    }

    @Test
    void isInfiniteWhereNothingIsKnown() {
        assertThat(ExplosionBound.of(new float[] {Float.NaN, Float.POSITIVE_INFINITY})).isInfinite().isPositive();
        assertThat(ExplosionBound.of(new float[0])).isInfinite();
        assertThat(ExplosionBound.of(new float[] {3, Float.NaN})).isEqualTo(3);
    }
}
