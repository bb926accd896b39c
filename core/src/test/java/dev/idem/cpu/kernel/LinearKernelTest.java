package dev.idem.cpu.kernel;

import static dev.idem.cpu.kernel.KernelData.OFFSET;
import static dev.idem.cpu.kernel.KernelData.assertSameBits;
import static dev.idem.cpu.kernel.KernelData.guarded;
import static dev.idem.cpu.kernel.KernelData.random;

import org.junit.jupiter.api.Test;

/** A layer and its gradients against scalar chains, at the sizes of the networks and awkward ones. */
class LinearKernelTest {

    /** rows, in, out. */
    private static final int[][] SHAPES = {{1, 1, 1}, {3, 2, 5}, {64, 128, 128}, {64, 384, 128}, {17, 128, 2},
            {31, 131, 97}, {7, 16, 15}, {64, 128, 2}};

    private static float[] panels(float[] weights, int in, int out, boolean transposed) {
        float[] panels = new float[transposed ? WeightPanels.size(out, in) : WeightPanels.size(in, out)];
        if (transposed) {
            WeightPanels.packTransposed(weights, OFFSET, panels, 0, in, out);
        } else {
            WeightPanels.pack(weights, OFFSET, panels, 0, in, out);
        }
        return panels;
    }

    @Test
    void forwardStartsFromTheBiasOrFromARowOfAddends() {
        for (int[] shape : SHAPES) {
            int rows = shape[0];
            int in = shape[1];
            int out = shape[2];
            float[] x = random(1, rows * in);
            float[] weights = random(2, in * out);
            float[] addend = random(3, rows * out);
            for (int stride : new int[] {0, out}) {
                float[] expected = guarded(rows * out);
                for (int row = 0; row < rows; row++) {
                    for (int j = 0; j < out; j++) {
                        float sum = addend[OFFSET + row * stride + j];
                        for (int k = 0; k < in; k++) {
                            sum = Math.fma(x[OFFSET + row * in + k], weights[OFFSET + k * out + j], sum);
                        }
                        expected[OFFSET + row * out + j] = sum;
                    }
                }
                float[] z = guarded(rows * out);
                LinearKernel.forward(x, OFFSET, panels(weights, in, out, false), addend, OFFSET, stride, z, OFFSET,
                        rows, in,
                        out);
                assertSameBits("forward", z, expected);
            }
        }
    }

    @Test
    void inputGradientMultipliesWithTheTranspose() {
        for (int[] shape : SHAPES) {
            int rows = shape[0];
            int in = shape[1];
            int out = shape[2];
            float[] dz = random(4, rows * out);
            float[] weights = random(5, in * out);
            float[] old = random(6, rows * in);
            for (boolean accumulate : new boolean[] {false, true}) {
                float[] expected = old.clone();
                for (int row = 0; row < rows; row++) {
                    for (int k = 0; k < in; k++) {
                        float sum = accumulate ? old[OFFSET + row * in + k] : 0f;
                        for (int j = 0; j < out; j++) {
                            sum = Math.fma(dz[OFFSET + row * out + j], weights[OFFSET + k * out + j], sum);
                        }
                        expected[OFFSET + row * in + k] = sum;
                    }
                }
                float[] dx = old.clone();
                LinearKernel.inputGradient(dz, OFFSET, panels(weights, in, out, true), dx, OFFSET, rows, in, out,
                        accumulate);
                assertSameBits("input gradient", dx, expected);
            }
        }
    }

    @Test
    void weightGradientAddsRowsInOrder() {
        for (int[] shape : SHAPES) {
            int rows = shape[0];
            int in = shape[1];
            int out = shape[2];
            float[] x = random(7, rows * in);
            float[] dz = random(8, rows * out);
            float[] old = random(9, in * out + out);
            for (boolean bias : new boolean[] {false, true}) {
                float[] expected = old.clone();
                int biasAt = OFFSET + in * out;
                for (int row = 0; row < rows; row++) {
                    for (int j = 0; j < out; j++) {
                        float d = dz[OFFSET + row * out + j];
                        for (int k = 0; k < in; k++) {
                            int at = OFFSET + k * out + j;
                            expected[at] = Math.fma(x[OFFSET + row * in + k], d, expected[at]);
                        }
                        expected[biasAt + j] += bias ? d : 0f;
                    }
                }
                float[] gradient = old.clone();
                float[] scratch = new float[MatrixProductKernel.transposedScratch(out, rows)];
                LinearKernel.weightGradient(x, OFFSET, dz, OFFSET, gradient, OFFSET, bias ? biasAt : -1, scratch, rows,
                        in, out);
                assertSameBits("weight gradient", gradient, expected);
            }
        }
    }
}
