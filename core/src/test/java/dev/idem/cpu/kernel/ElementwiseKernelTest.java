package dev.idem.cpu.kernel;

import static dev.idem.cpu.kernel.KernelData.OFFSET;
import static dev.idem.cpu.kernel.KernelData.SIZES;
import static dev.idem.cpu.kernel.KernelData.assertSameBits;
import static dev.idem.cpu.kernel.KernelData.guarded;
import static dev.idem.cpu.kernel.KernelData.random;

import org.junit.jupiter.api.Test;

/** Element-wise operations against scalar code, bit for bit, at awkward lengths. */
class ElementwiseKernelTest {

    private static final float FACTOR = -0.7f;

    @Test
    void rangesHaveTheBitsOfScalarCodeAndNothingElseIsTouched() {
        for (int count : SIZES) {
            float[] x = random(1, count);
            float[] y = random(2, count);
            float[] added = y.clone();
            float[] addedScaled = y.clone();
            float[] scaled = guarded(count);
            ElementwiseKernel.add(x, OFFSET, added, OFFSET, count);
            ElementwiseKernel.addScaled(x, OFFSET, FACTOR, addedScaled, OFFSET, count);
            ElementwiseKernel.scale(x, OFFSET, FACTOR, scaled, OFFSET, count);
            float[] expectedAdded = y.clone();
            float[] expectedAddedScaled = y.clone();
            float[] expectedScaled = guarded(count);
            for (int i = OFFSET; i < OFFSET + count; i++) {
                expectedAdded[i] = y[i] + x[i];
                expectedAddedScaled[i] = Math.fma(FACTOR, x[i], y[i]);
                expectedScaled[i] = FACTOR * x[i];
            }
            assertSameBits("add " + count, added, expectedAdded);
            assertSameBits("add scaled " + count, addedScaled, expectedAddedScaled);
            assertSameBits("scale " + count, scaled, expectedScaled);
        }
    }

    @Test
    void rowsTakeEachTheirOwnFactor() {
        for (int columns : SIZES) {
            int rows = 3;
            float[] x = random(3, rows * columns);
            float[] factors = random(4, rows);
            float[] y = random(5, rows * columns);
            float[] added = y.clone();
            float[] scaled = guarded(rows * columns);
            ElementwiseKernel.addScaledRows(x, OFFSET, factors, OFFSET, added, OFFSET, rows, columns);
            ElementwiseKernel.scaleRows(x, OFFSET, factors, OFFSET, scaled, OFFSET, rows, columns);
            float[] expectedAdded = y.clone();
            float[] expectedScaled = guarded(rows * columns);
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    int at = OFFSET + row * columns + column;
                    expectedAdded[at] = Math.fma(factors[OFFSET + row], x[at], y[at]);
                    expectedScaled[at] = factors[OFFSET + row] * x[at];
                }
            }
            assertSameBits("add rows " + columns, added, expectedAdded);
            assertSameBits("scale rows " + columns, scaled, expectedScaled);
        }
    }
}
