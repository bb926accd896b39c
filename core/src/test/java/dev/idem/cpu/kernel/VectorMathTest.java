package dev.idem.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

/** Errors of the functions against double precision on dense scans, and equality of the bits of both twins. */
class VectorMathTest {

    /** A scalar function of a float. */
    interface Scalar {
        float of(float x);
    }

    /** How far a float result is from the exact one. */
    interface Distance {
        double of(double x, double actual, double expected);
    }

    private static final Distance ULP = (x, actual, expected) -> Math.abs(actual - expected)
            / Math.ulp((float) expected);
    private static final Distance RELATIVE = (x, actual, expected) -> Math.abs(actual - expected) / Math.abs(expected);
    private static final Distance ABSOLUTE = (x, actual, expected) -> Math.abs(actual - expected);
    private static final Distance SCALED = (x, actual, expected) -> Math.abs(actual - expected)
            / Math.max(1, Math.abs(x));

    private static final int POINTS = 1 << 20;

    @Test
    void expIsWithinOneUlp() {
        assertThat(worst(VectorMath::exp, StrictMath::exp, ULP, scan(-86.9f, 88.72f))).isBetween(0.4, 1.0);
        assertThat(worst(VectorMath::exp, StrictMath::exp, ULP, scan(-1f, 1f))).isLessThan(1.0);
    }

    @Test
    void expIsExactOrSaturatesAtTheEnds() {
        assertThat(VectorMath.exp(0f)).isEqualTo(1f);
        assertThat(VectorMath.exp(-0f)).isEqualTo(1f);
        assertThat(VectorMath.exp(Float.NEGATIVE_INFINITY)).isEqualTo(0f);
        assertThat(VectorMath.exp(-87f)).isEqualTo(0f);
        assertThat(VectorMath.exp(-Float.MAX_VALUE)).isEqualTo(0f);
        assertThat(VectorMath.exp(88.72283f)).isLessThan(Float.POSITIVE_INFINITY).isGreaterThan(3.4e38f);
        assertThat(VectorMath.exp(Math.nextUp(88.72283f))).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(VectorMath.exp(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(VectorMath.exp(Float.NaN)).isNaN();
    }

    @Test
    void exp2NegativeIsWithinItsRelativeError() {
        assertThat(worst(VectorMath::exp2Negative, x -> StrictMath.pow(2, x), RELATIVE, scan(-126f, -0x1p-20f)))
                .isBetween(1e-8, 2e-7);
        assertThat(VectorMath.exp2Negative(-5f)).isEqualTo(0x1p-5f);
        for (float x : new float[] {-127f, -128.3f, -1e4f, -1e9f, -1e30f, Float.NEGATIVE_INFINITY, Float.NaN}) {
            assertThat(VectorMath.exp2Negative(x)).isZero();
        }
        for (float x : scan(-127f, -126f)) {
            assertThat(VectorMath.exp2Negative(x)).isBetween(0f, 1e-37f);
        }
    }

    @Test
    void logIsWithinTwoUlp() {
        float[] everyBinade = new float[POINTS];
        int first = Float.floatToRawIntBits(Float.MIN_NORMAL);
        int last = Float.floatToRawIntBits(Float.MAX_VALUE);
        for (int i = 0; i < POINTS; i++) {
            everyBinade[i] = Float.intBitsToFloat(first + (int) ((long) (last - first) * i / (POINTS - 1)));
        }
        assertThat(worst(VectorMath::log, StrictMath::log, ULP, everyBinade)).isBetween(0.4, 2.0);
        assertThat(worst(VectorMath::log, StrictMath::log, ULP, scan(0x1p-25f, 1f))).isLessThan(2.0);
        assertThat(VectorMath.log(1f)).isEqualTo(0f);
    }

    @Test
    void sigmoidAndSiluAreWithinTheirErrors() {
        DoubleUnaryOperator sigmoid = x -> 1 / (1 + StrictMath.exp(-x));
        assertThat(worst(VectorMath::sigmoid, sigmoid, RELATIVE, scan(-86f, 30f))).isBetween(3e-8, 3e-7);
        assertThat(worst(VectorMath::silu, x -> x * sigmoid.applyAsDouble(x), RELATIVE, scan(-86f, 30f)))
                .isBetween(3e-8, 3e-7);
        DoubleUnaryOperator derivative = x -> {
            double s = sigmoid.applyAsDouble(x);
            return s * (1 + x * (1 - s));
        };
        assertThat(worst(VectorMath::siluDerivative, derivative, ABSOLUTE, scan(-100f, 100f))).isBetween(1e-8, 2.5e-7);
        assertThat(VectorMath.sigmoid(-100f)).isEqualTo(0f);
        assertThat(VectorMath.silu(-100f)).isEqualTo(-0f);
        assertThat(VectorMath.silu(Float.NaN)).isNaN();
        assertThat(VectorMath.siluDerivative(Float.NaN)).isNaN();
    }

    @Test
    void geluIsWithinItsErrors() {
        assertThat(worst(VectorMath::gelu, z -> z * normalDistribution(z), SCALED, scan(-7f, 7f)))
                .isBetween(3e-8, 2e-7);
        DoubleUnaryOperator derivative = z -> normalDistribution(z) + z * normalDensity(z);
        assertThat(worst(VectorMath::geluDerivative, derivative, ABSOLUTE, scan(-7f, 7f))).isBetween(3e-8, 3.5e-7);
        assertThat(VectorMath.gelu(1e30f)).isEqualTo(1e30f);
        assertThat(VectorMath.gelu(-1e30f)).isEqualTo(0f);
        assertThat(VectorMath.geluDerivative(1e30f)).isEqualTo(1f);
        assertThat(VectorMath.geluDerivative(-1e30f)).isEqualTo(0f);
        assertThat(VectorMath.gelu(Float.NaN)).isNaN();
        assertThat(VectorMath.geluDerivative(Float.NaN)).isNaN();
    }

    @Test
    void geluDerivativeIsTheDerivativeOfGelu() {
        for (double z = -4; z <= 4; z += 0.37) {
            double difference = ((z + 1e-4) * normalDistribution(z + 1e-4) - (z - 1e-4) * normalDistribution(z - 1e-4))
                    / 2e-4;
            assertThat((double) VectorMath.geluDerivative((float) z)).isCloseTo(difference, within(1e-6));
        }
    }

    @Test
    void bothTwinsHaveTheSameBits() {
        float[] points = bitPatterns();
        assertSameBits(VectorMath::exp, VectorMath::exp, points);
        assertSameBits(VectorMath::exp2Negative, VectorMath::exp2Negative, scan(-200f, -0x1p-20f));
        assertSameBits(VectorMath::log, VectorMath::log, scan(1e-30f, 3e38f));
        assertSameBits(VectorMath::log, VectorMath::log, scan(0x1p-25f, 1f));
        assertSameBits(VectorMath::sigmoid, VectorMath::sigmoid, points);
        assertSameBits(VectorMath::silu, VectorMath::silu, points);
        assertSameBits(VectorMath::siluDerivative, VectorMath::siluDerivative, points);
        assertSameBits(VectorMath::gelu, VectorMath::gelu, points);
        assertSameBits(VectorMath::geluDerivative, VectorMath::geluDerivative, points);
    }

    static org.assertj.core.data.Offset<Double> within(double tolerance) {
        return org.assertj.core.data.Offset.offset(tolerance);
    }

    /** Returns evenly spaced points, both ends included. */
    static float[] scan(float from, float to) {
        float[] points = new float[POINTS];
        for (int i = 0; i < POINTS; i++) {
            points[i] = (float) (from + ((double) to - from) * i / (POINTS - 1));
        }
        return points;
    }

    /**
     * Returns floats spread over all bit patterns: every sign, exponent, infinities, NaN, and the usual range densely.
     */
    static float[] bitPatterns() {
        float[] points = new float[POINTS];
        for (int i = 0; i < POINTS / 2; i++) {
            points[i] = Float.intBitsToFloat(i * 8191);
        }
        for (int i = POINTS / 2; i < POINTS; i++) {
            points[i] = (float) ((i - 0.75 * POINTS) * (400.0 / POINTS));
        }
        points[0] = 0f;
        points[1] = -0f;
        points[2] = Float.NaN;
        points[3] = Float.POSITIVE_INFINITY;
        points[4] = Float.NEGATIVE_INFINITY;
        return points;
    }

    static double worst(Scalar function, DoubleUnaryOperator exact, Distance distance, float[] points) {
        double worst = 0;
        for (float x : points) {
            double expected = exact.applyAsDouble(x);
            if (expected != 0) {
                worst = Math.max(worst, distance.of(x, function.of(x), expected));
            }
        }
        return worst;
    }

    static void assertSameBits(UnaryOperator<FloatVector> vector, Scalar scalar, float[] points) {
        float[] result = new float[Lanes.COUNT];
        int differing = 0;
        for (int i = 0; i + Lanes.COUNT <= points.length; i += Lanes.COUNT) {
            vector.apply(FloatVector.fromArray(Lanes.FLOAT, points, i)).intoArray(result, 0);
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                // floatToIntBits: one pattern for all NaNs, whose payload is nobody's business.
                if (Float.floatToIntBits(result[lane]) != Float.floatToIntBits(scalar.of(points[i + lane]))) {
                    differing++;
                }
            }
        }
        assertThat(differing).isZero();
    }

    private static double normalDensity(double z) {
        return StrictMath.exp(-0.5 * z * z) / StrictMath.sqrt(2 * Math.PI);
    }

    /** Returns Φ(z) by its series Φ = 1/2 + φ(z) (z + z³/3 + z⁵/15 + …), all terms of one sign. */
    private static double normalDistribution(double z) {
        double term = z;
        double sum = z;
        for (int i = 3; Math.abs(term) > 1e-18 * Math.abs(sum); i += 2) {
            term *= z * z / i;
            sum += term;
        }
        return 0.5 + normalDensity(z) * sum;
    }
}
