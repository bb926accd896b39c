package dev.idem.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The matrix products of {@link DenseKernels} by tiles in local memory: a work group of 16 × 16 items has 64 × 64 elements of the result, an
 * item 4 × 4 of them.
 *
 * <p>Every element is the same chain of multiply-adds as there. What lies outside a matrix is read from its last row or column and counts
 * zero, for a condition before a barrier is what the device compiler gets wrong; and arrays in local memory do not survive being arguments of a
 * method, so the inner loops stand here twice. Run as plain Java these kernels do nothing useful: an item
 * alone has no group.
 */
public final class TileKernels {

    /** Rows and columns of the result that a work group has. */
    public static final int TILE = 64;

    /** Work items of a group along each axis. */
    public static final int ITEMS = 16;

    private static final int EACH = TILE / ITEMS;
    private static final int DEPTH = 16;
    private static final int GROUP = ITEMS * ITEMS;
    private static final int LOADS = TILE * DEPTH / GROUP;

    private TileKernels() {}

    private static int inside(int index, int size) {
        return index < size ? index : size - 1;
    }

    /** As {@link DenseKernels#product}; groups [columns/64][rows/64]. */
    public static void product(KernelContext context, FloatArray input, FloatArray parameters, FloatArray addend,
            FloatArray output, int rows, int in, int out, int weight, int inStride, int outStride, int bias,
            int addendStride, int accumulate) {
        float[] left = context.allocateFloatLocalArray(TILE * DEPTH);
        float[] right = context.allocateFloatLocalArray(TILE * DEPTH);
        float[] sums = new float[EACH * EACH];
        int column = context.localIdx;
        int line = context.localIdy;
        int item = line * ITEMS + column;
        int firstRow = context.groupIdy * TILE;
        int firstColumn = context.groupIdx * TILE;
        for (int a = 0; a < EACH; a++) {
            for (int b = 0; b < EACH; b++) {
                int row = inside(firstRow + line * EACH + a, rows);
                int o = inside(firstColumn + column * EACH + b, out);
                float sum = 0f;
                if (bias >= 0) {
                    sum += parameters.get(bias + o);
                }
                if (addendStride >= 0) {
                    sum += addend.get(row * addendStride + o);
                }
                if (accumulate == 1) {
                    sum += output.get(row * out + o);
                }
                sums[a * EACH + b] = sum;
            }
        }
        for (int first = 0; first < in; first += DEPTH) {
            for (int load = 0; load < LOADS; load++) {
                int element = load * GROUP + item;
                int k = first + element % DEPTH;
                int row = firstRow + element / DEPTH;
                float value = input.get(inside(row, rows) * in + inside(k, in));
                left[element % DEPTH * TILE + element / DEPTH] = k < in && row < rows ? value : 0f;
                int i = first + element / TILE;
                int o = firstColumn + element % TILE;
                float factor = parameters.get(weight + inside(i, in) * inStride + inside(o, out) * outStride);
                right[element] = i < in && o < out ? factor : 0f;
            }
            context.localBarrier();
            int depth = first + DEPTH < in ? DEPTH : in - first; // no constant: unrolled, the kernel takes seconds to compile
            for (int k = 0; k < depth; k++) {
                for (int a = 0; a < EACH; a++) {
                    float value = left[k * TILE + line * EACH + a];
                    for (int b = 0; b < EACH; b++) {
                        sums[a * EACH + b] += value * right[k * TILE + column * EACH + b];
                    }
                }
            }
            context.localBarrier();
        }
        for (int a = 0; a < EACH; a++) {
            for (int b = 0; b < EACH; b++) {
                int row = firstRow + line * EACH + a;
                int o = firstColumn + column * EACH + b;
                if (row < rows && o < out) {
                    output.set(row * out + o, sums[a * EACH + b]);
                }
            }
        }
    }

    /** As {@link DenseKernels#weightPartials}; groups [out/64][chunk · ((in + 1)/64)]. */
    public static void weightPartials(KernelContext context, FloatArray input, FloatArray outputGradient,
            FloatArray partials, int rows, int in, int out, int chunkRows, int tilesOfIn) {
        float[] left = context.allocateFloatLocalArray(TILE * DEPTH);
        float[] right = context.allocateFloatLocalArray(TILE * DEPTH);
        float[] sums = new float[EACH * EACH];
        int column = context.localIdx;
        int line = context.localIdy;
        int item = line * ITEMS + column;
        int chunk = context.groupIdy / tilesOfIn;
        int firstInput = context.groupIdy % tilesOfIn * TILE;
        int firstColumn = context.groupIdx * TILE;
        int from = chunk * chunkRows;
        int to = from + chunkRows < rows ? from + chunkRows : rows;
        for (int s = 0; s < EACH * EACH; s++) {
            sums[s] = 0f;
        }
        for (int first = from; first < to; first += DEPTH) {
            for (int load = 0; load < LOADS; load++) {
                int element = load * GROUP + item;
                int row = first + element / TILE;
                int i = firstInput + element % TILE;
                int o = firstColumn + element % TILE;
                float value = input.get(inside(row, rows) * in + inside(i, in));
                float counted = i < in ? value : 1f; // one row more: the sums of columns
                left[element] = row < to ? counted : 0f;
                float factor = outputGradient.get(inside(row, rows) * out + inside(o, out));
                right[element] = row < to && o < out ? factor : 0f;
            }
            context.localBarrier();
            int depth = first + DEPTH < to ? DEPTH : to - first;
            for (int k = 0; k < depth; k++) {
                for (int a = 0; a < EACH; a++) {
                    float value = left[k * TILE + line * EACH + a];
                    for (int b = 0; b < EACH; b++) {
                        sums[a * EACH + b] += value * right[k * TILE + column * EACH + b];
                    }
                }
            }
            context.localBarrier();
        }
        for (int a = 0; a < EACH; a++) {
            for (int b = 0; b < EACH; b++) {
                int i = firstInput + line * EACH + a;
                int o = firstColumn + column * EACH + b;
                if (i <= in && o < out) {
                    partials.set((chunk * (in + 1) + i) * out + o, sums[a * EACH + b]);
                }
            }
        }
    }
}
