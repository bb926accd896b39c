package dev.idem.cpu.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * The optimiser's updates over a range [from, to) of flat parameters.
 *
 * <p>Numerics: each parameter on its own, single precision, square root and quotient correctly rounded; any split into ranges gives
 * the same bits.
 */
public final class AdamKernel {

    private AdamKernel() {}

    /**
     * Makes one step of Adam: g = gradientScale · gradient; m = fma(β₁, m, (1−β₁) g); v = fma(β₂, v, (1−β₂) g²); p = p − rate
     * (m c₁)/(√(v c₂) + ε).
     *
     * <p>Read: gradient [parameter]. Modified: parameters, firstMoment m, secondMoment v, each [parameter]. No aliasing.
     *
     * <p>Source: Kingma and Ba (arXiv 1412.6980), algorithm 1; weights 1−β are rounded once, from double precision.
     *
     * @param gradientScale factor on the gradient, 1 where it is not clipped
     * @param firstCorrection c₁ = 1/(1 − β₁ⁿ) in step n = 1, 2, …
     * @param secondCorrection c₂ = 1/(1 − β₂ⁿ)
     */
    public static void step(float[] gradient, float[] parameters, float[] firstMoment, float[] secondMoment, int from,
            int to,
            float gradientScale, float rate, double beta1, double beta2, float epsilon, float firstCorrection,
            float secondCorrection) {
        float decay1 = (float) beta1;
        float decay2 = (float) beta2;
        float weight1 = (float) (1 - beta1);
        float weight2 = (float) (1 - beta2);
        FloatVector decays1 = Lanes.floats(decay1);
        FloatVector decays2 = Lanes.floats(decay2);
        FloatVector minusRate = Lanes.floats(-rate);
        int bound = from + Lanes.FLOAT.loopBound(to - from);
        for (int i = from; i < bound; i += Lanes.COUNT) {
            FloatVector g = FloatVector.fromArray(Lanes.FLOAT, gradient, i).mul(gradientScale);
            FloatVector m = decays1.fma(FloatVector.fromArray(Lanes.FLOAT, firstMoment, i), g.mul(weight1));
            FloatVector v = decays2.fma(FloatVector.fromArray(Lanes.FLOAT, secondMoment, i), g.mul(g).mul(weight2));
            FloatVector direction = m.mul(firstCorrection).div(v.mul(secondCorrection).sqrt().add(epsilon));
            FloatVector p = minusRate.fma(direction, FloatVector.fromArray(Lanes.FLOAT, parameters, i));
            m.intoArray(firstMoment, i);
            v.intoArray(secondMoment, i);
            p.intoArray(parameters, i);
        }
        for (int i = bound; i < to; i++) {
            float g = gradient[i] * gradientScale;
            float m = Math.fma(decay1, firstMoment[i], g * weight1);
            float v = Math.fma(decay2, secondMoment[i], g * g * weight2);
            float direction = m * firstCorrection / ((float) Math.sqrt(v * secondCorrection) + epsilon);
            firstMoment[i] = m;
            secondMoment[i] = v;
            parameters[i] = Math.fma(-rate, direction, parameters[i]);
        }
    }

    /**
     * Updates the moving average: a = fma(decay, a, (1 − decay) p).
     *
     * <p>Read: parameters [parameter]. Modified: average [parameter]. No aliasing.
     */
    public static void movingAverage(float[] parameters, float[] average, int from, int to, float decay) {
        float weight = 1f - decay;
        FloatVector decays = Lanes.floats(decay);
        int bound = from + Lanes.FLOAT.loopBound(to - from);
        for (int i = from; i < bound; i += Lanes.COUNT) {
            decays.fma(FloatVector.fromArray(Lanes.FLOAT, average, i),
                    FloatVector.fromArray(Lanes.FLOAT, parameters, i).mul(weight)).intoArray(average, i);
        }
        for (int i = bound; i < to; i++) {
            average[i] = Math.fma(decay, average[i], weight * parameters[i]);
        }
    }
}
