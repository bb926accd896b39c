package dev.idem.cpu.kernel;

import static dev.idem.cpu.kernel.KernelData.OFFSET;
import static dev.idem.cpu.kernel.KernelData.SIZES;
import static dev.idem.cpu.kernel.KernelData.assertSameBits;
import static dev.idem.cpu.kernel.KernelData.guarded;
import static dev.idem.cpu.kernel.KernelData.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Activations against the scalar twins, bit for bit, and against double precision. */
class ActivationKernelTest {

    private static double silu(double z) {
        return z / (1 + StrictMath.exp(-z));
    }

    /** Φ by the error function's series, which converges everywhere and is exact enough for |z| <= 6. */
    private static double normalDistribution(double z) {
        double term = z;
        double sum = z;
        for (int n = 1; n < 200; n++) {
            term *= z * z / (2 * n + 1);
            sum += term;
        }
        return 0.5 + sum * StrictMath.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    private static double gelu(double z) {
        return z * normalDistribution(z);
    }

    private static float[] inputs(long seed, int count) {
        float[] z = random(seed, count);
        for (int i = 0; i < count; i++) {
            z[OFFSET + i] *= 6f;
        }
        return z;
    }

    private static double slope(DoubleUnaryOperator f, double z) {
        double h = 1e-5;
        return (f.applyAsDouble(z + h) - f.applyAsDouble(z - h)) / (2 * h);
    }

    @Test
    void valuesAreNearDoublePrecision() {
        float[] z = inputs(1, 131);
        float[] residual = random(2, 131);
        float[] gelu = guarded(131);
        float[] silu = guarded(131);
        float[] geluAdd = guarded(131);
        float[] siluAdd = guarded(131);
        ActivationKernel.gelu(z, OFFSET, gelu, OFFSET, 131);
        ActivationKernel.silu(z, OFFSET, silu, OFFSET, 131);
        ActivationKernel.geluAdd(z, OFFSET, residual, OFFSET, geluAdd, OFFSET, 131);
        ActivationKernel.siluAdd(z, OFFSET, residual, OFFSET, siluAdd, OFFSET, 131);
        for (int i = OFFSET; i < OFFSET + 131; i++) {
            assertThat((double) gelu[i]).isCloseTo(gelu(z[i]), within(2e-6));
            assertThat((double) silu[i]).isCloseTo(silu(z[i]), within(2e-6));
            assertThat((double) geluAdd[i]).isCloseTo(residual[i] + gelu(z[i]), within(2e-6));
            assertThat((double) siluAdd[i]).isCloseTo(residual[i] + silu(z[i]), within(2e-6));
        }
    }

    @Test
    void gradientsAreSlopesTimesTheOutputGradient() {
        float[] z = inputs(3, 131);
        float[] dy = random(4, 131);
        float[] gelu = guarded(131);
        float[] silu = guarded(131);
        ActivationKernel.geluGradient(dy, OFFSET, z, OFFSET, gelu, OFFSET, 131);
        ActivationKernel.siluGradient(dy, OFFSET, z, OFFSET, silu, OFFSET, 131);
        for (int i = OFFSET; i < OFFSET + 131; i++) {
            assertThat((double) gelu[i]).isCloseTo(dy[i] * slope(ActivationKernelTest::gelu, z[i]), within(2e-6));
            assertThat((double) silu[i]).isCloseTo(dy[i] * slope(ActivationKernelTest::silu, z[i]), within(2e-6));
        }
    }

    @Test
    void everyLengthHasTheBitsOfTheScalarTwinsAndTouchesNothingElse() {
        for (int count : SIZES) {
            float[] z = inputs(5, count);
            float[] other = random(6, count);
            float[][] expected = new float[6][];
            float[][] actual = new float[6][];
            for (int f = 0; f < 6; f++) {
                expected[f] = guarded(count);
                actual[f] = guarded(count);
            }
            for (int i = OFFSET; i < OFFSET + count; i++) {
                expected[0][i] = VectorMath.gelu(z[i]);
                expected[1][i] = VectorMath.silu(z[i]);
                expected[2][i] = VectorMath.gelu(z[i]) + other[i];
                expected[3][i] = VectorMath.silu(z[i]) + other[i];
                expected[4][i] = VectorMath.geluDerivative(z[i]) * other[i];
                expected[5][i] = VectorMath.siluDerivative(z[i]) * other[i];
            }
            ActivationKernel.gelu(z, OFFSET, actual[0], OFFSET, count);
            ActivationKernel.silu(z, OFFSET, actual[1], OFFSET, count);
            ActivationKernel.geluAdd(z, OFFSET, other, OFFSET, actual[2], OFFSET, count);
            ActivationKernel.siluAdd(z, OFFSET, other, OFFSET, actual[3], OFFSET, count);
            ActivationKernel.geluGradient(other, OFFSET, z, OFFSET, actual[4], OFFSET, count);
            ActivationKernel.siluGradient(other, OFFSET, z, OFFSET, actual[5], OFFSET, count);
            for (int f = 0; f < 6; f++) {
                assertSameBits("function " + f + ", " + count, actual[f], expected[f]);
            }
            float[] inPlace = z.clone();
            ActivationKernel.geluAdd(inPlace, OFFSET, other, OFFSET, inPlace, OFFSET, count);
            for (int i = OFFSET; i < OFFSET + count; i++) {
                assertThat(inPlace[i]).isEqualTo(expected[2][i]);
            }
        }
    }
}
