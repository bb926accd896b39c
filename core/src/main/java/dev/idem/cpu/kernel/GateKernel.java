package dev.idem.cpu.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Attention of a message to itself: m = a g with a = silu(z) and g = sigmoid(a · w + b), and its gradient.
 *
 * <p>Rows are dense, [row][feature]. Numerics: dot products as in {@link LaneDot}, functions as in {@link VectorMath}.
 */
public final class GateKernel {

    private GateKernel() {}

    /**
     * Computes m.
     *
     * <p>Read: z [rows][columns]; parameters, w [columns] from {@code weight} and b at {@code bias}. Modified: m [rows][columns]; lanes
     * [16], scratch. No aliasing.
     */
    public static void forward(float[] z, int zOffset, float[] parameters, int weight, int bias, float[] m, int mOffset,
            float[] lanes, int rows, int columns) {
        ActivationKernel.silu(z, zOffset, m, mOffset, rows * columns);
        for (int row = 0; row < rows; row++) {
            int at = mOffset + row * columns;
            float gate = VectorMath
                    .sigmoid(LaneDot.dot(m, at, parameters, weight, columns, lanes) + parameters[bias]);
            ElementwiseKernel.scale(m, at, gate, m, at, columns);
        }
    }

    /**
     * Computes dz, and adds to dw and db: with s = (dm · a) g (1 − g), dz = (dm g + s w) silu′(z), dw += s a, db += s.
     *
     * <p>Read: dm [rows][columns]; z [rows][columns]; parameters as above. Modified: dz [rows][columns]; gradient, dw from
     * {@code dWeight} and db at {@code dBias}; active [2 columns] and lanes [16], scratch. Aliasing: dz may be exactly dm.
     */
    public static void gradient(float[] dm, int dmOffset, float[] z, int zOffset, float[] parameters, int weight,
            int bias, float[] dz, int dzOffset, float[] gradient, int dWeight, int dBias, float[] active,
            float[] lanes, int rows, int columns) {
        int bound = Lanes.FLOAT.loopBound(columns);
        for (int row = 0; row < rows; row++) {
            int dmAt = dmOffset + row * columns;
            int dzAt = dzOffset + row * columns;
            ActivationKernel.siluWithDerivative(z, zOffset + row * columns, active, 0, active, columns, columns);
            float gate = VectorMath
                    .sigmoid(LaneDot.dot(active, 0, parameters, weight, columns, lanes) + parameters[bias]);
            float s = LaneDot.dot(active, 0, dm, dmAt, columns, lanes) * gate * (1f - gate);
            for (int k = 0; k < bound; k += Lanes.COUNT) {
                FloatVector da = FloatVector.fromArray(Lanes.FLOAT, parameters, weight + k).mul(s);
                FloatVector.fromArray(Lanes.FLOAT, dm, dmAt + k).fma(Lanes.floats(gate), da)
                        .mul(FloatVector.fromArray(Lanes.FLOAT, active, columns + k)).intoArray(dz, dzAt + k);
            }
            for (int k = bound; k < columns; k++) {
                dz[dzAt + k] = Math.fma(dm[dmAt + k], gate, parameters[weight + k] * s) * active[columns + k];
            }
            ElementwiseKernel.addScaled(active, 0, s, gradient, dWeight, columns);
            gradient[dBias] += s;
        }
    }
}
