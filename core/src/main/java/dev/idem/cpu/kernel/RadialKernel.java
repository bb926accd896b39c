package dev.idem.cpu.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Radial functions exp(−((r − μ_b)/w_b)²) of a distance, and their derivative.
 *
 * <p>Numerics: each function on its own, with {@link VectorMath#exp}; the derivative's sum as in {@link LaneDot}.
 */
public final class RadialKernel {

    private final float[] centres;
    private final float[] inverseWidths;

    /**
     * Makes a kernel for one set of functions.
     *
     * @param centres μ
     * @param inverseWidths 1/w
     */
    public RadialKernel(float[] centres, float[] inverseWidths) {
        this.centres = centres.clone();
        this.inverseWidths = inverseWidths.clone();
    }

    /** Returns the number of functions. */
    public int count() {
        return centres.length;
    }

    /**
     * Computes all functions of one distance.
     *
     * <p>Modified: functions [count].
     */
    public void functions(float distance, float[] functions, int offset) {
        int bound = Lanes.FLOAT.loopBound(centres.length);
        for (int b = 0; b < bound; b += Lanes.COUNT) {
            FloatVector t = Lanes.floats(distance).sub(FloatVector.fromArray(Lanes.FLOAT, centres, b))
                    .mul(FloatVector.fromArray(Lanes.FLOAT, inverseWidths, b));
            VectorMath.exp(t.mul(t).neg()).intoArray(functions, offset + b);
        }
        for (int b = bound; b < centres.length; b++) {
            float t = (distance - centres[b]) * inverseWidths[b];
            functions[offset + b] = VectorMath.exp(-(t * t));
        }
    }

    /**
     * Returns Σ_b df_b ∂f_b/∂r = −2 Σ_b df_b f_b (r − μ_b)/w_b².
     *
     * <p>Read: gradient [count], df; functions [count], f. Modified: slopes [count] and lanes [16], scratch.
     */
    public float slope(float distance, float[] gradient, int gradientOffset, float[] functions, int functionsOffset,
            float[] slopes, float[] lanes) {
        int bound = Lanes.FLOAT.loopBound(centres.length);
        for (int b = 0; b < bound; b += Lanes.COUNT) {
            FloatVector inverse = FloatVector.fromArray(Lanes.FLOAT, inverseWidths, b);
            Lanes.floats(distance).sub(FloatVector.fromArray(Lanes.FLOAT, centres, b)).mul(inverse).mul(inverse)
                    .mul(FloatVector.fromArray(Lanes.FLOAT, functions, functionsOffset + b)).intoArray(slopes, b);
        }
        for (int b = bound; b < centres.length; b++) {
            slopes[b] = (distance - centres[b]) * inverseWidths[b] * inverseWidths[b] * functions[functionsOffset + b];
        }
        return -2f * LaneDot.dot(slopes, 0, gradient, gradientOffset, centres.length, lanes);
    }
}
