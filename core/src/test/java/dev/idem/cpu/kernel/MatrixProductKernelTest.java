package dev.idem.cpu.kernel;

import static dev.idem.cpu.kernel.KernelData.OFFSET;
import static dev.idem.cpu.kernel.KernelData.SIZES;
import static dev.idem.cpu.kernel.KernelData.assertSameBits;
import static dev.idem.cpu.kernel.KernelData.guarded;
import static dev.idem.cpu.kernel.KernelData.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Products against the scalar chain of fused multiply-adds that defines their bits, and against double precision. */
class MatrixProductKernelTest {

    /** Floats between two rows, beyond what the product may touch. */
    private static final int GAP = 3;

    private static float[] panels(float[] b, int depth, int columns) {
        float[] panels = new float[OFFSET + WeightPanels.size(depth, columns)];
        WeightPanels.pack(b, OFFSET, panels, OFFSET, depth, columns);
        return panels;
    }

    private static float chain(float start, float[] a, int from, int step, float[] b, int column, int bStride,
            int depth) {
        float sum = start;
        for (int k = 0; k < depth; k++) {
            sum = Math.fma(a[from + k * step], b[OFFSET + k * bStride + column], sum);
        }
        return sum;
    }

    private static void checkAll(int rows, int columns, int depth) {
        String sizes = rows + "×" + depth + "×" + columns;
        int aStride = depth + GAP;
        int cStride = columns + GAP;
        float[] a = random(1, rows * aStride);
        float[] b = random(2, depth * columns);
        float[] bias = random(3, columns);
        float[] addend = random(4, rows * cStride);
        float[] panels = panels(b, depth, columns);
        float[] fromZero = guarded(rows * cStride);
        float[] fromBias = guarded(rows * cStride);
        float[] fromAddend = guarded(rows * cStride);
        float[] accumulated = addend.clone();
        MatrixProductKernel.multiply(a, OFFSET, aStride, panels, OFFSET, fromZero, OFFSET, cStride, rows, columns,
                depth);
        MatrixProductKernel.multiplyAdd(a, OFFSET, aStride, panels, OFFSET, bias, OFFSET, 0, fromBias, OFFSET, cStride,
                rows,
                columns, depth);
        MatrixProductKernel.multiplyAdd(a, OFFSET, aStride, panels, OFFSET, addend, OFFSET, cStride, fromAddend, OFFSET,
                cStride,
                rows, columns, depth);
        MatrixProductKernel.multiplyAdd(a, OFFSET, aStride, panels, OFFSET, accumulated, OFFSET, cStride, accumulated,
                OFFSET,
                cStride, rows, columns, depth);
        float[] expectedZero = guarded(rows * cStride);
        float[] expectedBias = guarded(rows * cStride);
        float[] expectedAddend = guarded(rows * cStride);
        float[] expectedAccumulated = addend.clone();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int at = OFFSET + row * cStride + column;
                int from = OFFSET + row * aStride;
                expectedZero[at] = chain(0f, a, from, 1, b, column, columns, depth);
                expectedBias[at] = chain(bias[OFFSET + column], a, from, 1, b, column, columns, depth);
                expectedAddend[at] = chain(addend[at], a, from, 1, b, column, columns, depth);
                expectedAccumulated[at] = expectedAddend[at];
            }
        }
        assertSameBits("from zero " + sizes, fromZero, expectedZero);
        assertSameBits("from bias " + sizes, fromBias, expectedBias);
        assertSameBits("from addend " + sizes, fromAddend, expectedAddend);
        assertSameBits("accumulated " + sizes, accumulated, expectedAccumulated);
    }

    private static void checkTransposed(int rows, int columns, int depth) {
        int aStride = rows + GAP;
        int bStride = columns + GAP;
        int cStride = columns + GAP;
        float[] a = random(5, depth * aStride);
        float[] b = random(6, depth * bStride);
        float[] c = random(7, rows * cStride);
        float[] expected = c.clone();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int at = OFFSET + row * cStride + column;
                expected[at] = chain(c[at], a, OFFSET + row, aStride, b, column, bStride, depth);
            }
        }
        float[] scratch = new float[MatrixProductKernel.transposedScratch(columns, depth)];
        MatrixProductKernel.accumulateTransposed(a, OFFSET, aStride, b, OFFSET, bStride, c, OFFSET, cStride, scratch,
                rows,
                columns, depth);
        assertSameBits("transposed " + rows + "×" + depth + "×" + columns, c, expected);
    }

    @Test
    void productsHaveTheBitsOfTheScalarChainAndTouchNothingElse() {
        for (int rows : SIZES) {
            for (int columns : SIZES) {
                for (int depth : new int[] {1, 2, 3, 17, 64}) {
                    checkAll(rows, columns, depth);
                }
            }
        }
        checkAll(64, 128, 384);
        checkAll(97, 2, 131);
        checkAll(9, 24, 5000);
    }

    @Test
    void transposedProductsHaveTheBitsOfTheScalarChainAndTouchNothingElse() {
        for (int rows : SIZES) {
            for (int columns : SIZES) {
                for (int depth : new int[] {1, 2, 5, 17, 64}) {
                    checkTransposed(rows, columns, depth);
                }
            }
        }
        checkTransposed(384, 128, 64);
        checkTransposed(130, 40, 97);
    }

    @Test
    void productsAreNearDoublePrecision() {
        int depth = 384;
        float[] a = random(8, 16 * depth);
        float[] b = random(9, depth * 33);
        float[] c = guarded(16 * 33);
        MatrixProductKernel.multiply(a, OFFSET, depth, panels(b, depth, 33), OFFSET, c, OFFSET, 33, 16, 33, depth);
        double worst = 0;
        for (int row = 0; row < 16; row++) {
            for (int column = 0; column < 33; column++) {
                double exact = 0;
                for (int k = 0; k < depth; k++) {
                    exact += (double) a[OFFSET + row * depth + k] * b[OFFSET + k * 33 + column];
                }
                worst = Math.max(worst, Math.abs(c[OFFSET + row * 33 + column] - exact));
            }
        }
        assertThat(worst).isBetween(1e-7, 3e-5);
    }

    @Test
    void emptyProductsLeaveInitialValuesOrNothing() {
        float[] initial = random(10, 6);
        float[] c = guarded(6);
        MatrixProductKernel.multiplyAdd(new float[0], 0, 0, new float[0], 0, initial, OFFSET, 3, c, OFFSET, 3, 2, 3, 0);
        assertThat(c).containsExactly(initial);
        float[] untouched = guarded(6);
        MatrixProductKernel.multiply(new float[4], 0, 2, new float[32], 0, untouched, OFFSET, 3, 0, 3, 2);
        MatrixProductKernel.multiply(new float[4], 0, 2, new float[32], 0, untouched, OFFSET, 3, 2, 0, 2);
        assertThat(untouched).containsOnly(KernelData.GUARD);
    }

    @Test
    void resultsDoNotDependOnHowRowsAreDividedUp() {
        float[] a = random(11, 150 * 48);
        float[] panels = panels(random(12, 48 * 50), 48, 50);
        float[] whole = guarded(150 * 50);
        float[] parts = guarded(150 * 50);
        MatrixProductKernel.multiply(a, OFFSET, 48, panels, OFFSET, whole, OFFSET, 50, 150, 50, 48);
        for (int row = 0; row < 150; row += 7) {
            MatrixProductKernel.multiply(a, OFFSET + row * 48, 48, panels, OFFSET, parts, OFFSET + row * 50, 50,
                    Math.min(7, 150 - row), 50, 48);
        }
        assertSameBits("parts", parts, whole);
    }

    @Test
    void infinitiesAndNotANumberStayInTheirRowAndColumn() {
        float[] a = random(13, 6 * 20);
        a[OFFSET + 2 * 20 + 7] = Float.NaN;
        float[] b = random(14, 20 * 18);
        b[OFFSET + 3 * 18 + 17] = Float.POSITIVE_INFINITY;
        float[] c = guarded(6 * 18);
        MatrixProductKernel.multiply(a, OFFSET, 20, panels(b, 20, 18), OFFSET, c, OFFSET, 18, 6, 18, 20);
        for (int row = 0; row < 6; row++) {
            for (int column = 0; column < 18; column++) {
                assertThat(Float.isFinite(c[OFFSET + row * 18 + column])).as("row %d, column %d", row, column)
                        .isEqualTo(row != 2 && column != 17);
            }
        }
    }

    @Test
    void tooShortArraysAreRefused() {
        assertThatThrownBy(
                () -> MatrixProductKernel.multiply(new float[63], 0, 16, new float[256], 0, new float[64], 0, 16, 4,
                        16, 16))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(
                () -> MatrixProductKernel.multiply(new float[64], 0, 16, new float[256], 0, new float[63], 0, 16, 4,
                        16, 16))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> MatrixProductKernel.transposedScratch(-1, 4))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
