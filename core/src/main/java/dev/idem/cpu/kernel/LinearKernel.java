package dev.idem.cpu.kernel;

/**
 * A fully connected layer z = x W + b on some rows, and its two gradients, as products of {@link MatrixProductKernel}.
 *
 * <p>Rows are dense: x and its gradient [row][in], z and its gradient [row][out], each from an offset. Numerics: one chain of fused
 * multiply-adds per element, in the order stated at each method.
 */
public final class LinearKernel {

    private LinearKernel() {}

    /**
     * Computes z = addend + x W: each element one chain over the inputs in order, started from the addend.
     *
     * <p>Read: x [rows][in]; panels, W [in][out] packed by {@link WeightPanels#pack(float[], int, float[], int, int, int)};
     * addend [rows][addendStride], its first {@code out} columns, a stride of 0 for one row (the bias) added to all. Modified: z
     * [rows][out]. Aliasing: the addend may be exactly z.
     *
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(float[] x, int xOffset, float[] panels, float[] addend, int addendOffset,
            int addendStride,
            float[] z, int zOffset, int rows, int in, int out) {
        MatrixProductKernel.multiplyAdd(x, xOffset, in, panels, 0, addend, addendOffset, addendStride, z, zOffset, out,
                rows,
                out, in);
    }

    /**
     * Computes dx = dz Wᵀ, or dx += dz Wᵀ if {@code accumulate}: each element one chain over the outputs in order, started from 0
     * or from the old dx.
     *
     * <p>Read: dz [rows][out]; transposedPanels, W [in][out] packed by {@link WeightPanels#packTransposed}. Modified: dx
     * [rows][in]. No aliasing.
     *
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void inputGradient(float[] dz, int dzOffset, float[] transposedPanels, float[] dx, int dxOffset,
            int rows,
            int in, int out, boolean accumulate) {
        if (accumulate) {
            MatrixProductKernel.multiplyAdd(dz, dzOffset, out, transposedPanels, 0, dx, dxOffset, in, dx, dxOffset, in,
                    rows,
                    in, out);
        } else {
            MatrixProductKernel.multiply(dz, dzOffset, out, transposedPanels, 0, dx, dxOffset, in, rows, in, out);
        }
    }

    /**
     * Computes dW += xᵀ dz and db += Σ_row dz: each element one chain over the rows in order, started from its old value.
     *
     * <p>Read: x [rows][in]; dz [rows][out]. Modified: gradient, which holds dW [in][out] from {@code weightOffset} and db [out]
     * from {@code biasOffset}, a negative one for a layer without bias; scratch,
     * {@code MatrixProductKernel.transposedScratch(out, rows)} floats. No aliasing.
     *
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void weightGradient(float[] x, int xOffset, float[] dz, int dzOffset, float[] gradient,
            int weightOffset,
            int biasOffset, float[] scratch, int rows, int in, int out) {
        MatrixProductKernel.accumulateTransposed(x, xOffset, in, dz, dzOffset, out, gradient, weightOffset, out,
                scratch, in,
                out, rows);
        if (biasOffset >= 0) {
            for (int row = 0; row < rows; row++) {
                ElementwiseKernel.add(dz, dzOffset + row * out, gradient, biasOffset, out);
            }
        }
    }
}
