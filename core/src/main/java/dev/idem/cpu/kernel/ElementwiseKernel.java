package dev.idem.cpu.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Element-wise operations on ranges of floats. Numerics: each element on its own, so any split of a range gives the same bits.
 */
public final class ElementwiseKernel {

    private ElementwiseKernel() {}

    /**
     * Computes y_i = y_i + x_i.
     *
     * <p>Read: x [count]. Modified: y [count]. Aliasing: x may be exactly y.
     */
    public static void add(float[] x, int xOffset, float[] y, int yOffset, int count) {
        int bound = Lanes.FLOAT.loopBound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            FloatVector sum = FloatVector.fromArray(Lanes.FLOAT, y, yOffset + i)
                    .add(FloatVector.fromArray(Lanes.FLOAT, x, xOffset + i));
            sum.intoArray(y, yOffset + i);
        }
        for (int i = bound; i < count; i++) {
            y[yOffset + i] += x[xOffset + i];
        }
    }

    /**
     * Computes sum_i = x_i + y_i.
     *
     * <p>Read: x [count], y [count]. Modified: sum [count]. Aliasing: sum may be exactly x or y.
     */
    public static void sum(float[] x, int xOffset, float[] y, int yOffset, float[] sum, int sumOffset, int count) {
        int bound = Lanes.FLOAT.loopBound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            FloatVector.fromArray(Lanes.FLOAT, x, xOffset + i).add(FloatVector.fromArray(Lanes.FLOAT, y, yOffset + i))
                    .intoArray(sum, sumOffset + i);
        }
        for (int i = bound; i < count; i++) {
            sum[sumOffset + i] = x[xOffset + i] + y[yOffset + i];
        }
    }

    /**
     * Computes y_i = x_i y_i.
     *
     * <p>Read: x [count]. Modified: y [count]. Aliasing: x may be exactly y.
     */
    public static void multiply(float[] x, int xOffset, float[] y, int yOffset, int count) {
        int bound = Lanes.FLOAT.loopBound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            FloatVector.fromArray(Lanes.FLOAT, x, xOffset + i).mul(FloatVector.fromArray(Lanes.FLOAT, y, yOffset + i))
                    .intoArray(y, yOffset + i);
        }
        for (int i = bound; i < count; i++) {
            y[yOffset + i] = x[xOffset + i] * y[yOffset + i];
        }
    }

    /**
     * Computes y_i = x_i (1 + gain_i).
     *
     * <p>Read: x [count], gain [count]. Modified: y [count]. Aliasing: y may be exactly x or gain.
     */
    public static void modulate(float[] x, int xOffset, float[] gain, int gainOffset, float[] y, int yOffset,
            int count) {
        int bound = Lanes.FLOAT.loopBound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            FloatVector.fromArray(Lanes.FLOAT, x, xOffset + i)
                    .mul(FloatVector.fromArray(Lanes.FLOAT, gain, gainOffset + i).add(1f))
                    .intoArray(y, yOffset + i);
        }
        for (int i = bound; i < count; i++) {
            y[yOffset + i] = x[xOffset + i] * (gain[gainOffset + i] + 1f);
        }
    }

    /**
     * Computes y_i = fma(factor, x_i, y_i).
     *
     * <p>Read: x [count]. Modified: y [count]. Aliasing: x may be exactly y.
     */
    public static void addScaled(float[] x, int xOffset, float factor, float[] y, int yOffset, int count) {
        FloatVector factors = Lanes.floats(factor);
        int bound = Lanes.FLOAT.loopBound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            FloatVector sum = factors.fma(FloatVector.fromArray(Lanes.FLOAT, x, xOffset + i),
                    FloatVector.fromArray(Lanes.FLOAT, y, yOffset + i));
            sum.intoArray(y, yOffset + i);
        }
        for (int i = bound; i < count; i++) {
            y[yOffset + i] = Math.fma(factor, x[xOffset + i], y[yOffset + i]);
        }
    }

    /**
     * Computes y_i = factor x_i.
     *
     * <p>Read: x [count]. Modified: y [count]. Aliasing: x may be exactly y.
     */
    public static void scale(float[] x, int xOffset, float factor, float[] y, int yOffset, int count) {
        int bound = Lanes.FLOAT.loopBound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            FloatVector.fromArray(Lanes.FLOAT, x, xOffset + i).mul(factor).intoArray(y, yOffset + i);
        }
        for (int i = bound; i < count; i++) {
            y[yOffset + i] = factor * x[xOffset + i];
        }
    }

    /**
     * Adds rows scaled each by its own factor: y(r, j) = fma(factor_r, x(r, j), y(r, j)).
     *
     * <p>Read: x [rows][columns], factors [rows]. Modified: y [rows][columns]. Aliasing: x may be exactly y.
     */
    public static void addScaledRows(float[] x, int xOffset, float[] factors, int factorsOffset, float[] y, int yOffset,
            int rows,
            int columns) {
        for (int row = 0; row < rows; row++) {
            addScaled(x, xOffset + row * columns, factors[factorsOffset + row], y, yOffset + row * columns, columns);
        }
    }

    /**
     * Adds all rows, each scaled by its own factor, to one: y_j = fma(factor_r, x(r, j), y_j) in the order of the rows.
     *
     * <p>Read: x [rows][columns], factors [rows]. Modified: y [columns]. No aliasing.
     */
    public static void addWeightedSum(float[] x, int xOffset, float[] factors, int factorsOffset, float[] y,
            int yOffset, int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            addScaled(x, xOffset + row * columns, factors[factorsOffset + row], y, yOffset, columns);
        }
    }

    /**
     * Scales each row by its own factor: y(r, j) = factor_r x(r, j).
     *
     * <p>Read: x [rows][columns], factors [rows]. Modified: y [rows][columns]. Aliasing: x may be exactly y.
     */
    public static void scaleRows(float[] x, int xOffset, float[] factors, int factorsOffset, float[] y, int yOffset,
            int rows,
            int columns) {
        for (int row = 0; row < rows; row++) {
            scale(x, xOffset + row * columns, factors[factorsOffset + row], y, yOffset + row * columns, columns);
        }
    }
}
