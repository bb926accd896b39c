package dev.idem.cpu.kernel;

import static dev.idem.cpu.kernel.KernelData.OFFSET;
import static dev.idem.cpu.kernel.KernelData.SIZES;
import static dev.idem.cpu.kernel.KernelData.assertSameBits;
import static dev.idem.cpu.kernel.KernelData.guarded;
import static dev.idem.cpu.kernel.KernelData.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Sums against the order that their documentation states, bit for bit. */
class ReductionKernelTest {

    private static double inLanes(float[] x, int from, int to, DoubleUnaryOperator term) {
        double[] lanes = new double[16];
        int bound = from + (to - from) / 16 * 16;
        for (int i = from; i < bound; i++) {
            lanes[(i - from) % 16] += term.applyAsDouble(x[i]);
        }
        double total = 0;
        for (double lane : lanes) {
            total += lane;
        }
        for (int i = bound; i < to; i++) {
            total += term.applyAsDouble(x[i]);
        }
        return total;
    }

    @Test
    void sumsHaveTheBitsOfTheStatedOrder() {
        for (int count : SIZES) {
            float[] x = random(1, count);
            int to = OFFSET + count;
            assertThat(ReductionKernel.sumOfSquares(x, OFFSET, to)).isEqualTo(inLanes(x, OFFSET, to, v -> v * v));
            assertThat(ReductionKernel.sum(x, OFFSET, to)).isEqualTo(inLanes(x, OFFSET, to, v -> v));
            assertThat(ReductionKernel.mean(x, OFFSET, to)).isEqualTo(inLanes(x, OFFSET, to, v -> v) / count);
        }
        assertThat(ReductionKernel.sumOfSquares(random(2, 3), OFFSET, OFFSET)).isZero();
        assertThatThrownBy(() -> ReductionKernel.mean(random(2, 3), OFFSET, OFFSET))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void squaresOfHugeAndTinyValuesDoNotOverflowOrVanish() {
        float[] x = {Float.MAX_VALUE, Float.MIN_VALUE, 0f, -Float.MAX_VALUE};
        double huge = (double) Float.MAX_VALUE * Float.MAX_VALUE;
        assertThat(ReductionKernel.sumOfSquares(x, 0, 4)).isEqualTo(2 * huge);
        assertThat(ReductionKernel.sumOfSquares(x, 1, 3)).isEqualTo((double) Float.MIN_VALUE * Float.MIN_VALUE);
    }

    @Test
    void partialsAreAddedInOrderAndOnlyTheRangeIsTouched() {
        for (int stride : SIZES) {
            for (int parts : new int[] {1, 2, 8}) {
                float[] partials = random(3, parts * stride);
                float[] flat = new float[parts * stride];
                System.arraycopy(partials, OFFSET, flat, 0, flat.length);
                int from = stride / 3;
                float[] expected = guarded(stride);
                for (int i = from; i < stride; i++) {
                    float total = flat[i];
                    for (int part = 1; part < parts; part++) {
                        total += flat[part * stride + i];
                    }
                    expected[i] = total;
                }
                float[] sum = guarded(stride);
                ReductionKernel.mergePartials(flat, parts, stride, from, stride, sum);
                assertSameBits(parts + " parts of " + stride, sum, expected);
            }
        }
        assertThatThrownBy(() -> ReductionKernel.mergePartials(new float[4], 0, 4, 0, 4, new float[4]))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("parts");
    }
}
