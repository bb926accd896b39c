package dev.idem.cpu.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Sines and cosines, each as a vector function and a scalar twin with the same bits; see {@link VectorMath}.
 *
 * <p>Two families: of a fraction of a turn, for the Box–Muller transform, without any reduction, and of a general
 * angle.
 */
public final class VectorAngles {

    // √2 sin(πa) = a S(a²) and √2 cos(πa) = (1 − 4a²) C(a²), |a| <= 1/2, absolute errors 1e-8 and 2.5e-8.
    private static final float S0 = 0x1.1c5832p+2f;
    private static final float S1 = -0x1.d3ba5ap+2f;
    private static final float S2 = 0x1.cd9e2cp+1f;
    private static final float S3 = -0x1.b14912p-1f;
    private static final float S4 = 0x1.c2bc0cp-4f;
    private static final float C0 = 0x1.6a09e6p+0f;
    private static final float C1 = -0x1.526ef0p+0f;
    private static final float C2 = 0x1.ce8e08p-2f;
    private static final float C3 = -0x1.46e98ep-4f;
    private static final float C4 = 0x1.7d4ea4p-8f;

    // π/2 in three parts, each the nearest float to what the ones before leave.
    private static final float HALF_PI_HIGH = 1.57079637f;
    private static final float HALF_PI_MIDDLE = -4.37113883e-8f;
    private static final float HALF_PI_LOW = -1.71512489e-15f;
    private static final float TWO_OVER_PI = 0.636619747f;

    // sin r = r + r³ (T0 + T1 r² + …) and cos r = 1 − r²/2 + r⁴ (K0 + …), |r| <= π/4, relative errors 4e-9 and 2e-10.
    private static final float T0 = -0x1.555546p-3f;
    private static final float T1 = 0x1.11077cp-7f;
    private static final float T2 = -0x1.9955aep-13f;
    private static final float K0 = 0x1.55554ap-5f;
    private static final float K1 = -0x1.6c0c2ap-10f;
    private static final float K2 = 0x1.99e904p-16f;

    /**
     * The constants as vectors. Kept in fields, because a broadcast at each use costs the JIT compiler so many nodes
     * that it stops inlining in the middle of a kernel.
     */
    private static final class V {
        static final FloatVector S4 = Lanes.floats(VectorAngles.S4);
        static final FloatVector S3 = Lanes.floats(VectorAngles.S3);
        static final FloatVector S2 = Lanes.floats(VectorAngles.S2);
        static final FloatVector S1 = Lanes.floats(VectorAngles.S1);
        static final FloatVector S0 = Lanes.floats(VectorAngles.S0);
        static final FloatVector C4 = Lanes.floats(VectorAngles.C4);
        static final FloatVector C3 = Lanes.floats(VectorAngles.C3);
        static final FloatVector C2 = Lanes.floats(VectorAngles.C2);
        static final FloatVector C1 = Lanes.floats(VectorAngles.C1);
        static final FloatVector C0 = Lanes.floats(VectorAngles.C0);
        static final FloatVector MINUS_FOUR = Lanes.floats(-4f);
        static final FloatVector ONE = Lanes.floats(1f);
        static final FloatVector TWO_OVER_PI = Lanes.floats(VectorAngles.TWO_OVER_PI);
        static final FloatVector ROUNDER = Lanes.floats(VectorMath.ROUNDER);
        static final FloatVector MINUS_HALF_PI_HIGH = Lanes.floats(-VectorAngles.HALF_PI_HIGH);
        static final FloatVector MINUS_HALF_PI_LOW = Lanes.floats(-VectorAngles.HALF_PI_LOW);
        static final FloatVector MINUS_HALF_PI_MIDDLE = Lanes.floats(-VectorAngles.HALF_PI_MIDDLE);
        static final FloatVector T2 = Lanes.floats(VectorAngles.T2);
        static final FloatVector T1 = Lanes.floats(VectorAngles.T1);
        static final FloatVector T0 = Lanes.floats(VectorAngles.T0);
        static final FloatVector K2 = Lanes.floats(VectorAngles.K2);
        static final FloatVector K1 = Lanes.floats(VectorAngles.K1);
        static final FloatVector K0 = Lanes.floats(VectorAngles.K0);
        static final FloatVector MINUS_HALF = Lanes.floats(-0.5f);
    }

    private VectorAngles() {}

    /** Returns √2 sin(πa) for |a| &lt;= 1/2, absolute error at most 2.5e-7. */
    static FloatVector halfSine(FloatVector a) {
        FloatVector u = a.mul(a);
        return u.fma(V.S4, V.S3).fma(u, V.S2).fma(u, V.S1).fma(u, V.S0).mul(a);
    }

    /** Returns √2 sin(πa) with the bits of {@link #halfSine(FloatVector)}. */
    static float halfSine(float a) {
        float u = a * a;
        float s = Math.fma(u, S4, S3);
        s = Math.fma(s, u, S2);
        s = Math.fma(s, u, S1);
        return Math.fma(s, u, S0) * a;
    }

    /** Returns √2 cos(πa) for |a| &lt;= 1/2, absolute error at most 2.5e-7. */
    static FloatVector halfCosine(FloatVector a) {
        FloatVector u = a.mul(a);
        return u.fma(V.C4, V.C3).fma(u, V.C2).fma(u, V.C1).fma(u, V.C0).mul(u.fma(V.MINUS_FOUR, V.ONE));
    }

    /** Returns √2 cos(πa) with the bits of {@link #halfCosine(FloatVector)}. */
    static float halfCosine(float a) {
        float u = a * a;
        float c = Math.fma(u, C4, C3);
        c = Math.fma(c, u, C2);
        c = Math.fma(c, u, C1);
        return Math.fma(c, u, C0) * Math.fma(u, -4f, 1f);
    }

    /** Returns sin(2πa) for |a| &lt;= 1/2 as 2 sin(πa) cos(πa), absolute error at most 5e-7. */
    public static FloatVector sinTurn(FloatVector a) {
        return halfSine(a).mul(halfCosine(a));
    }

    /** Returns sin(2πa) with the bits of {@link #sinTurn(FloatVector)}. */
    public static float sinTurn(float a) {
        return halfSine(a) * halfCosine(a);
    }

    /** Returns cos(2πa) for |a| &lt;= 1/2 as 1 − 2 sin²(πa), absolute error at most 5e-7. */
    public static FloatVector cosTurn(FloatVector a) {
        FloatVector s = halfSine(a);
        return s.neg().fma(s, V.ONE);
    }

    /** Returns cos(2πa) with the bits of {@link #cosTurn(FloatVector)}. */
    public static float cosTurn(float a) {
        float s = halfSine(a);
        return Math.fma(-s, s, 1f);
    }

    /** Returns sin x for |x| &lt;= 1e4, absolute error at most 1.5e-7; beyond, the result means nothing. */
    public static FloatVector sin(FloatVector x) {
        FloatVector shifted = x.fma(V.TWO_OVER_PI, V.ROUNDER);
        return ofQuadrant(reduced(x, shifted), shifted.reinterpretAsInts());
    }

    /** Returns sin x with the bits of {@link #sin(FloatVector)}. */
    public static float sin(float x) {
        float shifted = Math.fma(x, TWO_OVER_PI, VectorMath.ROUNDER);
        return ofQuadrant(reduced(x, shifted), Float.floatToRawIntBits(shifted));
    }

    /** Returns cos x for |x| &lt;= 1e4, absolute error at most 1.5e-7; beyond, the result means nothing. */
    public static FloatVector cos(FloatVector x) {
        FloatVector shifted = x.fma(V.TWO_OVER_PI, V.ROUNDER);
        return ofQuadrant(reduced(x, shifted), shifted.reinterpretAsInts().add(1));
    }

    /** Returns cos x with the bits of {@link #cos(FloatVector)}. */
    public static float cos(float x) {
        float shifted = Math.fma(x, TWO_OVER_PI, VectorMath.ROUNDER);
        return ofQuadrant(reduced(x, shifted), Float.floatToRawIntBits(shifted) + 1);
    }

    private static FloatVector reduced(FloatVector x, FloatVector shifted) {
        FloatVector n = shifted.sub(V.ROUNDER);
        FloatVector r = n.fma(V.MINUS_HALF_PI_HIGH, x);
        return n.fma(V.MINUS_HALF_PI_LOW, n.fma(V.MINUS_HALF_PI_MIDDLE, r));
    }

    private static float reduced(float x, float shifted) {
        float n = shifted - VectorMath.ROUNDER;
        float r = Math.fma(n, -HALF_PI_HIGH, x);
        return Math.fma(n, -HALF_PI_LOW, Math.fma(n, -HALF_PI_MIDDLE, r));
    }

    /** Returns sin(r + quadrant π/2), |r| &lt;= π/4; only the two low bits of the quadrant count. */
    private static FloatVector ofQuadrant(FloatVector r, IntVector quadrant) {
        FloatVector u = r.mul(r);
        FloatVector s = u.fma(V.T2, V.T1).fma(u, V.T0).fma(u.mul(r), r);
        FloatVector c = u.fma(V.K2, V.K1).fma(u, V.K0);
        c = c.fma(u.mul(u), u.fma(V.MINUS_HALF, V.ONE));
        VectorMask<Float> odd = quadrant.and(1).compare(VectorOperators.NE, 0).cast(Lanes.FLOAT);
        IntVector sign = quadrant.and(2).lanewise(VectorOperators.LSHL, 30);
        return s.blend(c, odd).reinterpretAsInts().lanewise(VectorOperators.XOR, sign).reinterpretAsFloats();
    }

    private static float ofQuadrant(float r, int quadrant) {
        float u = r * r;
        float s = Math.fma(u, T2, T1);
        s = Math.fma(s, u, T0);
        s = Math.fma(s, u * r, r);
        float c = Math.fma(u, K2, K1);
        c = Math.fma(c, u, K0);
        c = Math.fma(c, u * u, Math.fma(u, -0.5f, 1f));
        float value = (quadrant & 1) != 0 ? c : s;
        return Float.intBitsToFloat(Float.floatToRawIntBits(value) ^ ((quadrant & 2) << 30));
    }
}
