package dev.idem.cpu.kernel;

import jdk.incubator.vector.FloatVector;

/** Dot products of rows with one vector, and their gradients; numerics as in {@link LaneDot}. */
public final class VectorDotKernel {

    private VectorDotKernel() {}

    /**
     * Computes dots_r = x_r · v.
     *
     * <p>Read: x [rows][columns]; v [columns]. Modified: dots [rows]; lanes [64], scratch. No aliasing.
     */
    public static void forward(float[] x, int xOffset, float[] v, int vOffset, float[] dots, int dotsOffset,
            float[] lanes, int rows, int columns) {
        LaneDot.dots(x, xOffset, v, vOffset, 0, dots, dotsOffset, lanes, rows, columns);
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
        }
        ElementwiseKernel.addWeightedSum(x, xOffset, d, dOffset, dv, dvOffset, rows, columns);
    }

    /**
     * Computes the gradient of a · v by v and z, where a depends on z element by element: dv += Σ_r d_r a_r in the order of the rows, dz_r =
     * d_r v a′_r.
     *
     * <p>Read: d [rows]; active, a [rows][columns] and behind it a′ [rows][columns]; v [columns]. Modified: dz [rows][columns]; dv
     * [columns]. No aliasing.
     */
    public static void activatedGradient(float[] d, int dOffset, float[] active, float[] v, int vOffset, float[] dz,
            int dzOffset, float[] dv, int dvOffset, int rows, int columns) {
        ElementwiseKernel.addWeightedSum(active, 0, d, dOffset, dv, dvOffset, rows, columns);
        for (int row = 0; row < rows; row++) {
            slopeRow(d[dOffset + row], v, vOffset, active, (rows + row) * columns, dz, dzOffset + row * columns,
                    columns);
        }
    }

    private static void slopeRow(float factor, float[] v, int vOffset, float[] slopes, int slopesOffset, float[] dz,
            int dzOffset, int columns) {
        FloatVector factors = Lanes.floats(factor);
        int bound = Lanes.FLOAT.loopBound(columns);
        for (int k = 0; k < bound; k += Lanes.COUNT) {
            factors.mul(FloatVector.fromArray(Lanes.FLOAT, v, vOffset + k))
                    .mul(FloatVector.fromArray(Lanes.FLOAT, slopes, slopesOffset + k)).intoArray(dz, dzOffset + k);
        }
        for (int k = bound; k < columns; k++) {
            dz[dzOffset + k] = factor * v[vOffset + k] * slopes[slopesOffset + k];
        }
    }
}
