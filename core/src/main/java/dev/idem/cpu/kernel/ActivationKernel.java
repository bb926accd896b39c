package dev.idem.cpu.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Activation functions on ranges of floats, alone, with a residual, and their gradients.
 *
 * <p>All ranges are {@code count} floats from an offset. Numerics: functions and errors as in {@link VectorMath}, each element
 * on its own; the last elements take the scalar twins, which have the same bits. Aliasing: what is written may be exactly one
 * of the ranges read.
 */
public final class ActivationKernel {

    private ActivationKernel() {}

    /**
     * Computes a = gelu(z) with gelu(z) = z Φ(z).
     *
     * <p>Read: z. Modified: a.
     */
    public static void gelu(float[] z, int zOffset, float[] a, int aOffset, int count) {
        int bound = Lanes.FLOAT.loopBound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            VectorMath.gelu(FloatVector.fromArray(Lanes.FLOAT, z, zOffset + i)).intoArray(a, aOffset + i);
        }
        for (int i = bound; i < count; i++) {
            a[aOffset + i] = VectorMath.gelu(z[zOffset + i]);
        }
    }

    /**
     * Computes a = residual + gelu(z).
     *
     * <p>Read: z, residual. Modified: a.
     */
    public static void geluAdd(float[] z, int zOffset, float[] residual, int residualOffset, float[] a, int aOffset,
            int count) {
        int bound = Lanes.FLOAT.loopBound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            VectorMath.gelu(FloatVector.fromArray(Lanes.FLOAT, z, zOffset + i))
                    .add(FloatVector.fromArray(Lanes.FLOAT, residual, residualOffset + i))
                    .intoArray(a, aOffset + i);
        }
        for (int i = bound; i < count; i++) {
            a[aOffset + i] = VectorMath.gelu(z[zOffset + i]) + residual[residualOffset + i];
        }
    }

    /**
     * Computes dz = dy gelu′(z).
     *
     * <p>Read: dy, z. Modified: dz.
     */
    public static void geluGradient(float[] dy, int dyOffset, float[] z, int zOffset, float[] dz, int dzOffset,
            int count) {
        int bound = Lanes.FLOAT.loopBound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            VectorMath.geluDerivative(FloatVector.fromArray(Lanes.FLOAT, z, zOffset + i))
                    .mul(FloatVector.fromArray(Lanes.FLOAT, dy, dyOffset + i))
                    .intoArray(dz, dzOffset + i);
        }
        for (int i = bound; i < count; i++) {
            dz[dzOffset + i] = VectorMath.geluDerivative(z[zOffset + i]) * dy[dyOffset + i];
        }
    }

    /**
     * Computes a = silu(z) with silu(z) = z/(1 + e^−z).
     *
     * <p>Read: z. Modified: a.
     */
    public static void silu(float[] z, int zOffset, float[] a, int aOffset, int count) {
        int bound = Lanes.FLOAT.loopBound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            VectorMath.silu(FloatVector.fromArray(Lanes.FLOAT, z, zOffset + i)).intoArray(a, aOffset + i);
        }
        for (int i = bound; i < count; i++) {
            a[aOffset + i] = VectorMath.silu(z[zOffset + i]);
        }
    }

    /**
     * Computes a = residual + silu(z).
     *
     * <p>Read: z, residual. Modified: a.
     */
    public static void siluAdd(float[] z, int zOffset, float[] residual, int residualOffset, float[] a, int aOffset,
            int count) {
        int bound = Lanes.FLOAT.loopBound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            VectorMath.silu(FloatVector.fromArray(Lanes.FLOAT, z, zOffset + i))
                    .add(FloatVector.fromArray(Lanes.FLOAT, residual, residualOffset + i))
                    .intoArray(a, aOffset + i);
        }
        for (int i = bound; i < count; i++) {
            a[aOffset + i] = VectorMath.silu(z[zOffset + i]) + residual[residualOffset + i];
        }
    }

    /**
     * Computes dz = dy silu′(z).
     *
     * <p>Read: dy, z. Modified: dz.
     */
    public static void siluGradient(float[] dy, int dyOffset, float[] z, int zOffset, float[] dz, int dzOffset,
            int count) {
        int bound = Lanes.FLOAT.loopBound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            VectorMath.siluDerivative(FloatVector.fromArray(Lanes.FLOAT, z, zOffset + i))
                    .mul(FloatVector.fromArray(Lanes.FLOAT, dy, dyOffset + i))
                    .intoArray(dz, dzOffset + i);
        }
        for (int i = bound; i < count; i++) {
            dz[dzOffset + i] = VectorMath.siluDerivative(z[zOffset + i]) * dy[dyOffset + i];
        }
    }
}
