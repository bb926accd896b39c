package dev.idem.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The hyperbolic tangent, and particles in one place. */
class PairGeometryKernelTest {

    private static final int[] RECEIVERS = {0, 1};
    private static final int[] SENDERS = {1, 0};

    @Test
    void tanhIsExactToAFewUlp() {
        for (int i = -4000; i <= 4000; i++) {
            float x = (float) (Math.signum(i) * StrictMath.exp(Math.abs(i) / 200.0 - 17));
            double exact = StrictMath.tanh(x);
            assertThat((double) PairGeometryKernel.tanh(x)).as("tanh %s", x).isCloseTo(exact,
                    within(3e-7 * Math.abs(exact)));
        }
        assertThat(PairGeometryKernel.tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
    }

    @Test
    void particlesInOnePlaceHaveFiniteDirectionsAndGradients() {
        PairGeometryKernel kernel = new PairGeometryKernel(2, 2, true, RECEIVERS, SENDERS);
        float[] x = {0.3f, -0.2f, 0.3f, -0.2f};
        float[] squares = new float[2];
        float[] directions = {9, 9, 9, 9};
        kernel.directions(x, 0, squares, 0, 1, directions, 0, 0, 2);
        assertThat(squares).containsExactly(0f, 0f);
        assertThat(directions).containsExactly(0f, 0f, 0f, 0f);
        float[] gradient = {9, 9, 9, 9};
        kernel.gradient(new float[] {3, 5}, 0, 1, new float[] {1, 2, -4, 0.5f}, 0, x, 0, gradient, 0, false, 0, 2);
        float factor = 1f / (PairGeometryKernel.distance(0f) + 1f);
        assertThat(gradient[0]).isCloseTo(5 * factor, within(1e-6f)); // du of (0, 1) less du of (1, 0)
        assertThat(gradient[1]).isCloseTo(1.5f * factor, within(1e-6f));
        assertThat(gradient[2]).isEqualTo(-gradient[0]);
        assertThat(gradient[3]).isEqualTo(-gradient[1]);
    }
}
