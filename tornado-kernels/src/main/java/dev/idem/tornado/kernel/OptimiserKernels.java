package dev.idem.tornado.kernel;

import dev.idem.program.Counter;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels of {@link dev.idem.program.OptimiserOp}: one task for all parameters. */
public final class OptimiserKernels {

    private OptimiserKernels() {}

    /** rate = the schedule of {@link dev.idem.schedule.LearningRate} at the counter's step. Modified: rate [1]. */
    public static void rate(IntArray counter, FloatArray rate, float base, int warmup, int total, float end) {
        for (@Parallel
        int one = 0; one < 1; one++) {
            int steps = counter.get(Counter.STEP);
            double rise = warmup == 0 || steps + 1 >= warmup ? 1 : (steps + 1.0) / warmup;
            double progress = steps < total ? (double) steps / total : 1;
            double cosine = Math.cos(3.141592653589793 * progress);
            rate.set(0, (float) (base * rise * (end + (1.0 - end) * (0.5 + 0.5 * cosine))));
        }
    }

    /**
     * factors = (rate/(1 − β₁ⁿ), 1/(1 − β₂ⁿ), min(1, clip/(√sum + 1e-6))), n the counter's step plus one; {@code
     * logBeta} are logarithms. Modified: factors [3].
     */
    public static void factors(FloatArray sumOfSquares, FloatArray rate, IntArray counter, FloatArray factors,
            float logBeta1, float logBeta2, float clipNorm) {
        for (@Parallel
        int one = 0; one < 1; one++) {
            double n = counter.get(Counter.STEP) + 1.0;
            factors.set(0, (float) (rate.get(0) / (1.0 - Math.exp(n * logBeta1))));
            factors.set(1, (float) (1.0 / (1.0 - Math.exp(n * logBeta2))));
            double clip = clipNorm / (Math.sqrt((double) sumOfSquares.get(0)) + 1e-6);
            factors.set(2, (float) (clip < 1 ? clip : 1));
        }
    }

    /** Adam; see {@link dev.idem.program.OptimiserOp.Adam}. Modified: parameters, first, second [parameter]. */
    public static void adam(FloatArray gradient, FloatArray factors, FloatArray parameters, FloatArray first,
            FloatArray second, int size, float beta1, float rest1, float beta2, float rest2, float epsilon) {
        for (@Parallel
        int i = 0; i < size; i++) {
            float g = gradient.get(i) * factors.get(2);
            float m = beta1 * first.get(i) + rest1 * g;
            float v = beta2 * second.get(i) + rest2 * g * g;
            first.set(i, m);
            second.set(i, v);
            float root = TornadoMath.sqrt(v * factors.get(1)) + epsilon;
            parameters.set(i, parameters.get(i) - factors.get(0) * m / root);
        }
    }

    /** average = d average + (1 − d) parameters, d = min(decay, (1 + n)/(10 + n)). Modified: average [parameter]. */
    public static void average(FloatArray parameters, IntArray counter, FloatArray average, int size, float decay) {
        for (@Parallel
        int i = 0; i < size; i++) {
            float n = counter.get(Counter.STEP) + 1f;
            float ramp = (1f + n) / (10f + n);
            float d = ramp < decay ? ramp : decay;
            average.set(i, average.get(i) + (1f - d) * (parameters.get(i) - average.get(i)));
        }
    }
}
