package dev.idem.cpu.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Exponential, logarithm and activation functions, each as a vector function and a scalar twin with the same bits.
 *
 * <p>Only operations that are exactly specified are used (add, subtract, multiply, fma, divide, compare, select, shifts
 * of bit patterns), in the same order in both twins: the bits depend neither on the vector width nor on the compiler.
 * Branch-free. NaN gives NaN unless said otherwise. Polynomials: own minimax fits with coefficients rounded to float
 * one by one. The errors stated are asserted in {@code VectorMathTest}; an ulp is that of the exact result.
 */
public final class VectorMath {

    /** Adding and subtracting 1.5 · 2^23 rounds to an integer, which then also stands in the low bits of the sum. */
    static final float ROUNDER = 12582912f;

    /** Number of explicit significand bits of a float. */
    static final int FRACTION_BITS = 23;

    private static final float LOG2_E = 1.44269504f;
    private static final float LN2_HIGH = 0.693147182f; // nearest float
    private static final float LN2_LOW = -1.90465421e-9f; // the rest
    private static final float EXP_UNDERFLOW = -86.9f;
    private static final float EXP_OVERFLOW = 88.72283f; // largest float whose exponential is finite

    // 2 exp(f) = 2 + 2f + f² (E0 + E1 f + …), |f| <= ln2/2, relative error 3.1e-9.
    private static final float E0 = 0x1.fffffcp-1f;
    private static final float E1 = 0x1.555492p-2f;
    private static final float E2 = 0x1.5558acp-4f;
    private static final float E3 = 0x1.12397cp-6f;
    private static final float E4 = 0x1.6a5134p-9f;

    // 2^f = 1 + f (B1 + B2 f + …), |f| <= 1/2, relative error 9.3e-8.
    private static final float B1 = 0x1.62e42ap-1f;
    private static final float B2 = 0x1.ebf9c2p-3f;
    private static final float B3 = 0x1.c6b6d8p-5f;
    private static final float B4 = 0x1.3ce8aep-7f;
    private static final float B5 = 0x1.5bda58p-10f;
    private static final int EXP2_END_BITS = Float.floatToRawIntBits(-127f);

    // ln(1 + f) = f + f² (L0 + L1 f + …), |f| <= 1/3, relative error 2.6e-8.
    private static final int TWO_THIRDS = 0x3f2aaaab;
    private static final float L0 = -0x1.ffffd6p-2f;
    private static final float L1 = 0x1.5554fcp-2f;
    private static final float L2 = -0x1.001450p-2f;
    private static final float L3 = 0x1.99d3a6p-3f;
    private static final float L4 = -0x1.503884p-3f;
    private static final float L5 = 0x1.1ea97ap-3f;
    private static final float L6 = -0x1.3b0e5cp-3f;
    private static final float L7 = 0x1.1f233ep-3f;

    // Φ(z) − 1/2 = z P(z²)/Q(z²), |z| <= 5.5, absolute error 7e-9 before rounding.
    private static final float GELU_END = 5.5f;
    private static final float P0 = 0.398942232f;
    private static final float P1 = 0.0338525549f;
    private static final float P2 = 0.00467725517f;
    private static final float P3 = 0.000168824787f;
    private static final float P4 = 6.35211609e-06f;
    private static final float P5 = 2.27494983e-08f;
    private static final float Q1 = 0.251521677f;
    private static final float Q2 = 0.0286458191f;
    private static final float Q3 = 0.00188443961f;
    private static final float Q4 = 7.3647243e-05f;
    private static final float Q5 = 1.1975078e-06f;

    // Φ(z) + z φ(z) − 1/2 = z R(z²)/S(z²), |z| <= 6, absolute error 1.2e-7 before rounding.
    private static final float GELU_DERIVATIVE_END = 6f;
    private static final float R0 = 0.797885358f;
    private static final float R1 = -0.0511887334f;
    private static final float R2 = 0.0150224725f;
    private static final float R3 = -0.000341469247f;
    private static final float R4 = 3.56110868e-05f;
    private static final float R5 = -7.17171019e-07f;
    private static final float R6 = -4.91640417e-09f;
    private static final float S1 = 0.269186229f;
    private static final float S2 = 0.0335364416f;
    private static final float S3 = 0.00248880126f;
    private static final float S4 = 0.000103021441f;
    private static final float S5 = 4.14826354e-06f;
    private static final float S6 = -2.27523429e-07f;

    /**
     * The constants as vectors. Kept in fields, because a broadcast at each use costs the JIT compiler so many nodes
     * that it stops inlining in the middle of a kernel.
     */
    private static final class V {
        static final FloatVector LOG2_E = Lanes.floats(VectorMath.LOG2_E);
        static final FloatVector ROUNDER = Lanes.floats(VectorMath.ROUNDER);
        static final FloatVector MINUS_LN2_HIGH = Lanes.floats(-VectorMath.LN2_HIGH);
        static final FloatVector MINUS_LN2_LOW = Lanes.floats(-VectorMath.LN2_LOW);
        static final FloatVector E4 = Lanes.floats(VectorMath.E4);
        static final FloatVector E3 = Lanes.floats(VectorMath.E3);
        static final FloatVector E2 = Lanes.floats(VectorMath.E2);
        static final FloatVector E1 = Lanes.floats(VectorMath.E1);
        static final FloatVector E0 = Lanes.floats(VectorMath.E0);
        static final FloatVector ONE = Lanes.floats(1f);
        static final FloatVector L7 = Lanes.floats(VectorMath.L7);
        static final FloatVector L6 = Lanes.floats(VectorMath.L6);
        static final FloatVector L5 = Lanes.floats(VectorMath.L5);
        static final FloatVector L4 = Lanes.floats(VectorMath.L4);
        static final FloatVector L3 = Lanes.floats(VectorMath.L3);
        static final FloatVector L2 = Lanes.floats(VectorMath.L2);
        static final FloatVector L1 = Lanes.floats(VectorMath.L1);
        static final FloatVector L0 = Lanes.floats(VectorMath.L0);
        static final FloatVector LN2_HIGH = Lanes.floats(VectorMath.LN2_HIGH);
        static final FloatVector P5 = Lanes.floats(VectorMath.P5);
        static final FloatVector P4 = Lanes.floats(VectorMath.P4);
        static final FloatVector P3 = Lanes.floats(VectorMath.P3);
        static final FloatVector P2 = Lanes.floats(VectorMath.P2);
        static final FloatVector P1 = Lanes.floats(VectorMath.P1);
        static final FloatVector P0 = Lanes.floats(VectorMath.P0);
        static final FloatVector Q5 = Lanes.floats(VectorMath.Q5);
        static final FloatVector Q4 = Lanes.floats(VectorMath.Q4);
        static final FloatVector Q3 = Lanes.floats(VectorMath.Q3);
        static final FloatVector Q2 = Lanes.floats(VectorMath.Q2);
        static final FloatVector Q1 = Lanes.floats(VectorMath.Q1);
        static final FloatVector R6 = Lanes.floats(VectorMath.R6);
        static final FloatVector R5 = Lanes.floats(VectorMath.R5);
        static final FloatVector R4 = Lanes.floats(VectorMath.R4);
        static final FloatVector R3 = Lanes.floats(VectorMath.R3);
        static final FloatVector R2 = Lanes.floats(VectorMath.R2);
        static final FloatVector R1 = Lanes.floats(VectorMath.R1);
        static final FloatVector R0 = Lanes.floats(VectorMath.R0);
        static final FloatVector S6 = Lanes.floats(VectorMath.S6);
        static final FloatVector S5 = Lanes.floats(VectorMath.S5);
        static final FloatVector S4 = Lanes.floats(VectorMath.S4);
        static final FloatVector S3 = Lanes.floats(VectorMath.S3);
        static final FloatVector S2 = Lanes.floats(VectorMath.S2);
        static final FloatVector S1 = Lanes.floats(VectorMath.S1);
        static final FloatVector HALF = Lanes.floats(0.5f);
        static final FloatVector TWO = Lanes.floats(2f);
    }

    private VectorMath() {}

    /**
     * Returns e^x: error at most 1 ulp for −86.9 &lt;= x &lt;= 88.72; 0 below, +∞ above.
     */
    public static FloatVector exp(FloatVector x) {
        FloatVector shifted = x.fma(V.LOG2_E, V.ROUNDER);
        FloatVector n = shifted.sub(V.ROUNDER);
        FloatVector f = n.fma(V.MINUS_LN2_HIGH, x);
        f = n.fma(V.MINUS_LN2_LOW, f);
        FloatVector p = f.fma(V.E4, V.E3);
        p = p.fma(f, V.E2).fma(f, V.E1).fma(f, V.E0);
        FloatVector twice = f.mul(f).fma(p, f.add(f)).add(V.TWO);
        // 2^(n-1), exact for every n of the range: 2^n itself would not be for n = 128.
        IntVector half = shifted.reinterpretAsInts().add(126).lanewise(VectorOperators.LSHL, FRACTION_BITS);
        return twice.mul(half.reinterpretAsFloats())
                .blend(0f, x.compare(VectorOperators.LT, EXP_UNDERFLOW))
                .blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, EXP_OVERFLOW));
    }

    /** Returns e^x with the bits of {@link #exp(FloatVector)}. */
    public static float exp(float x) {
        float shifted = Math.fma(x, LOG2_E, ROUNDER);
        float n = shifted - ROUNDER;
        float f = Math.fma(n, -LN2_HIGH, x);
        f = Math.fma(n, -LN2_LOW, f);
        float p = Math.fma(f, E4, E3);
        p = Math.fma(p, f, E2);
        p = Math.fma(p, f, E1);
        p = Math.fma(p, f, E0);
        float twice = Math.fma(f * f, p, f + f) + 2f;
        float value = twice * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) + 126) << FRACTION_BITS);
        if (x < EXP_UNDERFLOW) {
            return 0f;
        }
        return x > EXP_OVERFLOW ? Float.POSITIVE_INFINITY : value;
    }

    /**
     * Returns 2^x for x &lt; 0, relative error at most 2e-7 above −126; 0 at and below −127, and nothing that matters
     * between. For other x the result means nothing.
     *
     * <p>The cheapest exponential, for sums of weights relative to the largest. The constants are broadcast here, not
     * kept in fields: loops that use this also store floats, and the compiler would load them again in every turn.
     */
    static FloatVector exp2Negative(FloatVector x) {
        // Of negative floats, the larger bit pattern is the smaller number.
        FloatVector clamped = x.reinterpretAsInts().min(EXP2_END_BITS).reinterpretAsFloats();
        FloatVector rounder = FloatVector.broadcast(Lanes.FLOAT, ROUNDER);
        FloatVector shifted = clamped.add(rounder);
        FloatVector f = clamped.sub(shifted.sub(rounder));
        FloatVector p = f.fma(FloatVector.broadcast(Lanes.FLOAT, B5), FloatVector.broadcast(Lanes.FLOAT, B4))
                .fma(f, FloatVector.broadcast(Lanes.FLOAT, B3)).fma(f, FloatVector.broadcast(Lanes.FLOAT, B2))
                .fma(f, FloatVector.broadcast(Lanes.FLOAT, B1)).fma(f, FloatVector.broadcast(Lanes.FLOAT, 1f));
        return shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, FRACTION_BITS).add(p.reinterpretAsInts())
                .reinterpretAsFloats();
    }

    /** Returns 2^x with the bits of {@link #exp2Negative(FloatVector)}. */
    static float exp2Negative(float x) {
        float clamped = Float.intBitsToFloat(Math.min(Float.floatToRawIntBits(x), EXP2_END_BITS));
        float shifted = clamped + ROUNDER;
        float f = clamped - (shifted - ROUNDER);
        float p = Math.fma(f, B5, B4);
        p = Math.fma(p, f, B3);
        p = Math.fma(p, f, B2);
        p = Math.fma(p, f, B1);
        p = Math.fma(p, f, 1f);
        return Float.intBitsToFloat(
                Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(shifted) << FRACTION_BITS));
    }

    /** Returns ln x for positive, finite, normal x, error at most 2 ulp; for other x the result means nothing. */
    public static FloatVector log(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector exponent = bits.sub(TWO_THIRDS).lanewise(VectorOperators.ASHR, FRACTION_BITS);
        FloatVector e = (FloatVector) exponent.convert(VectorOperators.I2F, 0);
        FloatVector f = bits.sub(exponent.lanewise(VectorOperators.LSHL, FRACTION_BITS)).reinterpretAsFloats()
                .sub(V.ONE);
        FloatVector u = f.mul(f);
        FloatVector high = f.fma(V.L7, V.L6).fma(u, f.fma(V.L5, V.L4));
        FloatVector low = f.fma(V.L3, V.L2).fma(u, f.fma(V.L1, V.L0));
        FloatVector p = u.mul(u).fma(high, low);
        return e.fma(V.LN2_HIGH, u.fma(p, f));
    }

    /** Returns ln x with the bits of {@link #log(FloatVector)}. */
    public static float log(float x) {
        int bits = Float.floatToRawIntBits(x);
        int exponent = (bits - TWO_THIRDS) >> FRACTION_BITS;
        float f = Float.intBitsToFloat(bits - (exponent << FRACTION_BITS)) - 1f;
        float u = f * f;
        float high = Math.fma(Math.fma(f, L7, L6), u, Math.fma(f, L5, L4));
        float low = Math.fma(Math.fma(f, L3, L2), u, Math.fma(f, L1, L0));
        float p = Math.fma(u * u, high, low);
        return Math.fma((float) exponent, LN2_HIGH, Math.fma(u, p, f));
    }

    /** Returns 1/(1 + e^−x), relative error at most 3e-7 for x >= −86; 0 below −88.7. */
    public static FloatVector sigmoid(FloatVector x) {
        return V.ONE.div(exp(x.neg()).add(V.ONE));
    }

    /** Returns 1/(1 + e^−x) with the bits of {@link #sigmoid(FloatVector)}. */
    public static float sigmoid(float x) {
        return 1f / (exp(-x) + 1f);
    }

    /** Returns x/(1 + e^−x), relative error at most 3e-7 for x >= −86; −0 below −88.7, NaN at −∞. */
    public static FloatVector silu(FloatVector x) {
        return x.div(exp(x.neg()).add(V.ONE));
    }

    /** Returns x/(1 + e^−x) with the bits of {@link #silu(FloatVector)}. */
    public static float silu(float x) {
        return x / (exp(-x) + 1f);
    }

    /**
     * Returns d silu/dx = s (1 + x (1 − s)) with s = sigmoid(x), absolute error at most 2.5e-7; NaN at ±∞.
     *
     * <p>Through e^−|x|, so that neither s nor 1 − s suffers from cancellation.
     */
    public static FloatVector siluDerivative(FloatVector x) {
        FloatVector t = exp(x.abs().neg());
        FloatVector large = V.ONE.div(t.add(V.ONE));
        FloatVector small = t.mul(large);
        VectorMask<Float> negative = x.compare(VectorOperators.LT, 0f);
        return x.fma(small.blend(large, negative), V.ONE).mul(large.blend(small, negative));
    }

    /** Returns d silu/dx with the bits of {@link #siluDerivative(FloatVector)}. */
    public static float siluDerivative(float x) {
        float t = exp(-Math.abs(x));
        float large = 1f / (t + 1f);
        float small = t * large;
        return x < 0f ? Math.fma(x, large, 1f) * small : Math.fma(x, small, 1f) * large;
    }

    /**
     * Returns z Φ(z) = z/2 (1 + erf(z/√2)), absolute error at most 2e-7 max(1, |z|); z above 5.5 and 0 below −5.5.
     */
    public static FloatVector gelu(FloatVector z) {
        FloatVector u = z.mul(z);
        FloatVector p = u.fma(V.P5, V.P4);
        p = p.fma(u, V.P3).fma(u, V.P2).fma(u, V.P1).fma(u, V.P0);
        FloatVector q = u.fma(V.Q5, V.Q4);
        q = q.fma(u, V.Q3).fma(u, V.Q2).fma(u, V.Q1).fma(u, V.ONE);
        return u.fma(p.div(q), z.mul(V.HALF))
                .blend(z, z.compare(VectorOperators.GT, GELU_END))
                .blend(0f, z.compare(VectorOperators.LT, -GELU_END));
    }

    /** Returns z Φ(z) with the bits of {@link #gelu(FloatVector)}. */
    public static float gelu(float z) {
        float u = z * z;
        float p = Math.fma(u, P5, P4);
        p = Math.fma(p, u, P3);
        p = Math.fma(p, u, P2);
        p = Math.fma(p, u, P1);
        p = Math.fma(p, u, P0);
        float q = Math.fma(u, Q5, Q4);
        q = Math.fma(q, u, Q3);
        q = Math.fma(q, u, Q2);
        q = Math.fma(q, u, Q1);
        q = Math.fma(q, u, 1f);
        float value = Math.fma(u, p / q, z * 0.5f);
        if (z < -GELU_END) {
            return 0f;
        }
        return z > GELU_END ? z : value;
    }

    /** Returns d gelu/dz = Φ(z) + z φ(z), absolute error at most 3.5e-7; 1 above 6 and 0 below −6. */
    public static FloatVector geluDerivative(FloatVector z) {
        FloatVector u = z.mul(z);
        FloatVector r = u.fma(V.R6, V.R5);
        r = r.fma(u, V.R4).fma(u, V.R3).fma(u, V.R2);
        r = r.fma(u, V.R1).fma(u, V.R0);
        FloatVector s = u.fma(V.S6, V.S5);
        s = s.fma(u, V.S4).fma(u, V.S3).fma(u, V.S2);
        s = s.fma(u, V.S1).fma(u, V.ONE);
        return z.fma(r.div(s), V.HALF)
                .blend(1f, z.compare(VectorOperators.GT, GELU_DERIVATIVE_END))
                .blend(0f, z.compare(VectorOperators.LT, -GELU_DERIVATIVE_END));
    }

    /** Returns d gelu/dz with the bits of {@link #geluDerivative(FloatVector)}. */
    public static float geluDerivative(float z) {
        float u = z * z;
        float r = Math.fma(u, R6, R5);
        r = Math.fma(r, u, R4);
        r = Math.fma(r, u, R3);
        r = Math.fma(r, u, R2);
        r = Math.fma(r, u, R1);
        r = Math.fma(r, u, R0);
        float s = Math.fma(u, S6, S5);
        s = Math.fma(s, u, S4);
        s = Math.fma(s, u, S3);
        s = Math.fma(s, u, S2);
        s = Math.fma(s, u, S1);
        s = Math.fma(s, u, 1f);
        float value = Math.fma(z, r / s, 0.5f);
        if (z < -GELU_DERIVATIVE_END) {
            return 0f;
        }
        return z > GELU_DERIVATIVE_END ? 1f : value;
    }
}
