package dev.idem.cpu.kernel;

/** Dot products of rows with one vector, and their gradients; numerics as in {@link LaneDot}. */
public final class VectorDotKernel {

    private VectorDotKernel() {}

    /**
     * Computes dots_r = x_r · v.
     *
     * <p>Read: x [rows][columns]; v [columns]. Modified: dots [rows]; lanes [16], scratch. No aliasing.
     */
    public static void forward(float[] x, int xOffset, float[] v, int vOffset, float[] dots, int dotsOffset,
            float[] lanes, int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            dots[dotsOffset + row] = LaneDot.dot(x, xOffset + row * columns, v, vOffset, columns, lanes);
        }
    }

    /**
     * Computes dx_r = d_r v, or adds it, and dv += Σ_r d_r x_r in the order of the rows.
     *
     * <p>Read: d [rows]; x [rows][columns]; v [columns]. Modified: dx [rows][columns]; dv [columns]. No aliasing.
     */
    public static void gradient(float[] d, int dOffset, float[] x, int xOffset, float[] v, int vOffset, float[] dx,
            int dxOffset, boolean accumulate, float[] dv, int dvOffset, int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            float factor = d[dOffset + row];
            int at = dxOffset + row * columns;
            if (accumulate) {
                ElementwiseKernel.addScaled(v, vOffset, factor, dx, at, columns);
            } else {
                ElementwiseKernel.scale(v, vOffset, factor, dx, at, columns);
            }
            ElementwiseKernel.addScaled(x, xOffset + row * columns, factor, dv, dvOffset, columns);
        }
    }
}
