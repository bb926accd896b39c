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
     * <p>Read: z [rows][columns]; parameters, w [columns] from {@code weight} and b at {@code bias}. Modified: m [rows][columns]; gates
     * [rows] and lanes [64], scratch. No aliasing.
     */
    public static void forward(float[] z, int zOffset, float[] parameters, int weight, int bias, float[] m, int mOffset,
            float[] gates, float[] lanes, int rows, int columns) {
        ActivationKernel.silu(z, zOffset, m, mOffset, rows * columns);
        gates(m, mOffset, parameters, weight, bias, gates, lanes, rows, columns);
        ElementwiseKernel.scaleRows(m, mOffset, gates, 0, m, mOffset, rows, columns);
    }

    private static void gates(float[] a, int aOffset, float[] parameters, int weight, int bias, float[] gates,
            float[] lanes, int rows, int columns) {
        LaneDot.dots(a, aOffset, parameters, weight, 0, gates, 0, lanes, rows, columns);
        for (int row = 0; row < rows; row++) {
            gates[row] = VectorMath.sigmoid(gates[row] + parameters[bias]);
        }
    }

    /**
     * Computes dz, and adds to dw and db: with s = (dm · a) g (1 − g), dz = (dm g + s w) silu′(z), dw += s a, db += s. One step after the
     * other for all rows: a row alone would wait for its dot products.
     *
     * <p>Read: dm [rows][columns]; z [rows][columns]; parameters as above. Modified: dz [rows][columns]; gradient, dw from
     * {@code dWeight} and db at {@code dBias}; active [2 rows (columns + 1)] and lanes [64], scratch. Aliasing: dz may be exactly dm.
     */
    public static void gradient(float[] dm, int dmOffset, float[] z, int zOffset, float[] parameters, int weight,
            int bias, float[] dz, int dzOffset, float[] gradient, int dWeight, int dBias, float[] active,
            float[] lanes, int rows, int columns) {
        int slopes = rows * columns;
        int gates = 2 * slopes;
        int alongs = gates + rows;
        ActivationKernel.siluWithDerivative(z, zOffset, active, 0, active, slopes, slopes);
        LaneDot.dots(active, 0, parameters, weight, 0, active, gates, lanes, rows, columns);
        LaneDot.dots(active, 0, dm, dmOffset, columns, active, alongs, lanes, rows, columns);
        for (int row = 0; row < rows; row++) {
            float gate = VectorMath.sigmoid(active[gates + row] + parameters[bias]);
            float s = active[alongs + row] * gate * (1f - gate);
            active[gates + row] = gate;
            active[alongs + row] = s;
            gradient[dBias] += s;
        }
        ElementwiseKernel.addWeightedSum(active, 0, active, alongs, gradient, dWeight, rows, columns);
        for (int row = 0; row < rows; row++) {
            int at = row * columns;
            combine(dm, dmOffset + at, active[gates + row], parameters, weight, active[alongs + row], active,
                    slopes + at, dz, dzOffset + at, columns);
        }
    }

    /** Computes dz = (dm gate + s w) slope for one row. */
    private static void combine(float[] dm, int dmOffset, float gate, float[] parameters, int weight, float s,
            float[] slopes, int slopesOffset, float[] dz, int dzOffset, int columns) {
        FloatVector gates = Lanes.floats(gate);
        FloatVector shares = Lanes.floats(s);
        int bound = Lanes.FLOAT.loopBound(columns);
        for (int k = 0; k < bound; k += Lanes.COUNT) {
            shares.mul(FloatVector.fromArray(Lanes.FLOAT, parameters, weight + k))
                    .add(gates.mul(FloatVector.fromArray(Lanes.FLOAT, dm, dmOffset + k)))
                    .mul(FloatVector.fromArray(Lanes.FLOAT, slopes, slopesOffset + k)).intoArray(dz, dzOffset + k);
        }
        for (int k = bound; k < columns; k++) {
            dz[dzOffset + k] = (s * parameters[weight + k] + gate * dm[dmOffset + k]) * slopes[slopesOffset + k];
        }
    }
}
