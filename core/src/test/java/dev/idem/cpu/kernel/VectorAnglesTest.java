package dev.idem.cpu.kernel;

import static dev.idem.cpu.kernel.VectorMathTest.assertSameBits;
import static dev.idem.cpu.kernel.VectorMathTest.scan;
import static dev.idem.cpu.kernel.VectorMathTest.worst;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.cpu.kernel.VectorMathTest.Distance;
import org.junit.jupiter.api.Test;

/** Errors of sines and cosines against double precision, and equality of the bits of both twins. */
class VectorAnglesTest {

    private static final Distance ABSOLUTE = (x, actual, expected) -> Math.abs(actual - expected);

    @Test
    void fractionsOfATurnAreWithinTheirError() {
        float[] points = scan(-0.5f, 0.5f);
        assertThat(worst(VectorAngles::sinTurn, a -> StrictMath.sin(2 * Math.PI * a), ABSOLUTE, points))
                .isBetween(3e-8, 3e-7);
        assertThat(worst(VectorAngles::cosTurn, a -> StrictMath.cos(2 * Math.PI * a), ABSOLUTE, points))
                .isBetween(3e-8, 5e-7);
    }

    @Test
    void generalAnglesAreWithinTheirError() {
        for (float range : new float[] {1f, 100f, 1e4f}) {
            float[] points = scan(-range, range);
            assertThat(worst(VectorAngles::sin, StrictMath::sin, ABSOLUTE, points)).isBetween(2e-8, 1.5e-7);
            assertThat(worst(VectorAngles::cos, StrictMath::cos, ABSOLUTE, points)).isBetween(2e-8, 1.5e-7);
        }
        assertThat(VectorAngles.sin(0f)).isEqualTo(0f);
        assertThat(VectorAngles.cos(0f)).isEqualTo(1f);
        assertThat(VectorAngles.sin(Float.NaN)).isNaN();
    }

    @Test
    void bothTwinsHaveTheSameBits() {
        assertSameBits(VectorAngles::sinTurn, VectorAngles::sinTurn, scan(-0.5f, 0.5f));
        assertSameBits(VectorAngles::cosTurn, VectorAngles::cosTurn, scan(-0.5f, 0.5f));
        assertSameBits(VectorAngles::sin, VectorAngles::sin, scan(-1e4f, 1e4f));
        assertSameBits(VectorAngles::cos, VectorAngles::cos, scan(-1e4f, 1e4f));
        assertSameBits(VectorAngles::sin, VectorAngles::sin, scan(-7f, 7f));
    }
}
