package dev.idem.tornado.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/** Activation functions in float, from exp alone. */
public final class Functions {

    /** Code of the exact Gaussian error linear unit. */
    public static final int GELU = 0;

    /** Code of the sigmoid linear unit. */
    public static final int SILU = 1;

    private static final float ROOT_HALF = 0.70710678f;
    private static final float DENSITY_AT_ZERO = 0.39894228f;

    private Functions() {}

    /** Returns 1/(1 + exp(−z)). */
    static float sigmoid(float z) {
        return 1f / (1f + TornadoMath.exp(-z));
    }

    /** Returns tanh(z), absolute error 2e-7. */
    static float tanh(float z) {
        return 1f - 2f / (TornadoMath.exp(2f * z) + 1f);
    }

    /**
     * Returns Φ(z), the cumulative normal distribution; absolute error 2e-7.
     *
     * <p>Source: Abramowitz and Stegun, Handbook of Mathematical Functions, formula 7.1.26.
     */
    static float cumulative(float z) {
        float x = TornadoMath.abs(z) * ROOT_HALF;
        float t = 1f / (1f + 0.3275911f * x);
        float tail = ((((1.061405429f * t - 1.453152027f) * t + 1.421413741f) * t - 0.284496736f) * t + 0.254829592f)
                * t;
        float beyond = 0.5f * tail * TornadoMath.exp(-x * x);
        return z < 0f ? beyond : 1f - beyond;
    }

    /** Returns an activation's value. */
    static float value(int activation, float z) {
        return activation == GELU ? z * cumulative(z) : z * sigmoid(z);
    }

    /** Returns an activation's derivative. */
    static float derivative(int activation, float z) {
        float slope;
        if (activation == GELU) {
            slope = cumulative(z) + z * DENSITY_AT_ZERO * TornadoMath.exp(-0.5f * z * z);
        } else {
            float s = sigmoid(z);
            slope = s * (1f + z * (1f - s));
        }
        return slope;
    }
}
