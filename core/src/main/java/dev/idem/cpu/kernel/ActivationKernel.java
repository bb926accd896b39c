package dev.idem.cpu.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

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

    /**
     * Computes a = silu(z) and d = silu′(z) from one exponential.
     *
     * <p>Read: z. Modified: a, d. Numerics: a is z σ(z), the derivative as in {@link VectorMath#siluDerivative}; both through e^−|z|.
     */
    public static void siluWithDerivative(float[] z, int zOffset, float[] a, int aOffset, float[] d, int dOffset,
            int count) {
        int bound = Lanes.FLOAT.loopBound(count);
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            FloatVector x = FloatVector.fromArray(Lanes.FLOAT, z, zOffset + i);
            FloatVector t = VectorMath.exp(x.abs().neg());
            FloatVector large = FloatVector.broadcast(Lanes.FLOAT, 1f).div(t.add(1f));
            FloatVector small = t.mul(large);
            VectorMask<Float> negative = x.compare(VectorOperators.LT, 0f);
            FloatVector sigmoid = large.blend(small, negative);
            FloatVector rest = small.blend(large, negative);
            x.mul(sigmoid).intoArray(a, aOffset + i);
            x.fma(rest, FloatVector.broadcast(Lanes.FLOAT, 1f)).mul(sigmoid).intoArray(d, dOffset + i);
        }
        for (int i = bound; i < count; i++) {
            float x = z[zOffset + i];
            float t = VectorMath.exp(-Math.abs(x));
            float large = 1f / (t + 1f);
            float small = t * large;
            float sigmoid = x < 0f ? small : large;
            a[aOffset + i] = x * sigmoid;
            d[dOffset + i] = Math.fma(x, x < 0f ? large : small, 1f) * sigmoid;
        }
    }
}
