package dev.idem.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels whose factors depend on the row's noise variance h: between network and score, of the loss, of the mixing. */
public final class RowKernels {

    /** Loss weight 1. */
    public static final int UNIT = 0;

    /** Loss weight h + 1e-3. */
    public static final int VARIANCE = 1;

    /** Loss weight h (s² + h)/s². */
    public static final int DENOISER = 2;

    private RowKernels() {}

    private static float weight(int kind, float h, float square) {
        float scaled = kind == VARIANCE ? h + 1e-3f : h * (square + h) / square;
        return kind == UNIT ? 1f : scaled;
    }

    /** scaled = x/√(square + h). Read: x at stride, variance at stride. Modified: scaled [row][column]. */
    public static void scaleInput(FloatArray x, FloatArray variance, FloatArray scaled, int rows, int columns,
            int xStride, int varianceStride, float square) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int c = 0; c < columns; c++) {
                float factor = 1f / TornadoMath.sqrt(square + variance.get(row * varianceStride));
                scaled.set(row * columns + c, factor * x.get(row * xStride + c));
            }
        }
    }

    /** score = −x/(square + h) + output · s/√(h (square + h)). Modified: score [row][column]. */
    public static void denoiserScore(FloatArray x, FloatArray output, FloatArray variance, FloatArray score, int rows,
            int columns, int varianceStride, float deviation, float square) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int c = 0; c < columns; c++) {
                float h = variance.get(row * varianceStride);
                float total = square + h;
                int i = row * columns + c;
                score.set(i, output.get(i) * (deviation / TornadoMath.sqrt(h * total)) - x.get(i) / total);
            }
        }
    }

    /** gradient = scoreGradient · s/√(h (square + h)). Modified: gradient [row][column]. */
    public static void denoiserScoreGradient(FloatArray scoreGradient, FloatArray variance, FloatArray gradient,
            int rows, int columns, int varianceStride, float deviation, float square) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int c = 0; c < columns; c++) {
                float h = variance.get(row * varianceStride);
                int i = row * columns + c;
                gradient.set(i, scoreGradient.get(i) * (deviation / TornadoMath.sqrt(h * (square + h))));
            }
        }
    }

    /** denoised = x square/(square + h) + output · s √(h/(square + h)). Modified: denoised [row][column]. */
    public static void denoised(FloatArray x, FloatArray output, FloatArray variance, FloatArray denoised, int rows,
            int columns, int varianceStride, float deviation, float square) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int c = 0; c < columns; c++) {
                float h = variance.get(row * varianceStride);
                int i = row * columns + c;
                denoised.set(i, x.get(i) * (square / (square + h))
                        + output.get(i) * (deviation * TornadoMath.sqrt(h / (square + h))));
            }
        }
    }

    /** gradient (+)= denoisedGradient · s √(h/(square + h)). Modified: gradient [row][column]. */
    public static void denoisedGradient(FloatArray denoisedGradient, FloatArray variance, FloatArray gradient, int rows,
            int columns, int varianceStride, float deviation, float square, int accumulate) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int c = 0; c < columns; c++) {
                float h = variance.get(row * varianceStride);
                int i = row * columns + c;
                float old = 0f;
                if (accumulate == 1) {
                    old = gradient.get(i);
                }
                gradient.set(i, old + denoisedGradient.get(i) * (deviation * TornadoMath.sqrt(h / (square + h))));
            }
        }
    }

    /** logDeviation = ½ ln h. Modified: logDeviation [row]. */
    public static void logDeviation(FloatArray variance, FloatArray logDeviation, int rows) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            logDeviation.set(row, 0.5f * TornadoMath.log(variance.get(row)));
        }
    }

    /** rowLoss = weight(h)/columns · ‖prediction − target‖². Modified: rowLoss [row]. */
    public static void squaredError(FloatArray prediction, FloatArray target, FloatArray variance, FloatArray rowLoss,
            int rows, int columns, int varianceStride, int kind, float square) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float sum = 0f;
            for (int c = 0; c < columns; c++) {
                float difference = prediction.get(row * columns + c) - target.get(row * columns + c);
                sum += difference * difference;
            }
            rowLoss.set(row, weight(kind, variance.get(row * varianceStride), square) * sum / columns);
        }
    }

    /** gradient = rowGradient · 2 weight(h)/columns · (prediction − target). Modified: gradient [row][column]. */
    public static void squaredErrorGradient(FloatArray rowGradient, FloatArray prediction, FloatArray target,
            FloatArray variance, FloatArray gradient, int rows, int columns, int rowGradientStride, int varianceStride,
            int kind, float square) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int c = 0; c < columns; c++) {
                int i = row * columns + c;
                float factor = rowGradient.get(row * rowGradientStride) * 2f
                        * weight(kind, variance.get(row * varianceStride), square) / columns;
                gradient.set(i, factor * (prediction.get(i) - target.get(i)));
            }
        }
    }

    /** denoising = (clean − x)/h. Read: clean, x [row][column], variance [row] at stride. Modified: denoising [row][column]. */
    public static void pairDenoising(FloatArray clean, FloatArray x, FloatArray variance, FloatArray denoising,
            int rows, int columns, int varianceStride) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int c = 0; c < columns; c++) {
                int i = row * columns + c;
                denoising.set(i, (clean.get(i) - x.get(i)) / variance.get(row * varianceStride));
            }
        }
    }

    /**
     * first = w first + (1 − w) second in place, w = clip((effective − from)/span, 0, 1); the one of weight zero may be anything.
     *
     * <p>Read: second [row][column], effective [row] at a stride. Modified: first [row][column].
     */
    public static void blend(FloatArray first, FloatArray second, FloatArray effective, int rows, int columns,
            int effectiveStride, float from, float span) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int c = 0; c < columns; c++) {
                float place = (effective.get(row * effectiveStride) - from) / span;
                float share = TornadoMath.max(0f, TornadoMath.min(1f, place));
                int i = row * columns + c;
                float one = share > 0f ? share * first.get(i) : 0f;
                float other = share < 1f ? (1f - share) * second.get(i) : 0f;
                first.set(i, one + other);
            }
        }
    }

    /** target = D + c (target − D) in place, c = square/(square + h). Modified: target [row][column]. */
    public static void mixKnown(FloatArray target, FloatArray denoising, FloatArray variance, int rows, int columns,
            int varianceStride, float square) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int c = 0; c < columns; c++) {
                float share = square / (square + variance.get(row * varianceStride));
                int i = row * columns + c;
                target.set(i, share * target.get(i) + (1f - share) * denoising.get(i));
            }
        }
    }

    /** As {@link #mixKnown} with c = clip(a/b, 0, 1) of the row's bin. Read: mixing [bin][2], bin [row]. */
    public static void mixLearned(FloatArray target, FloatArray denoising, IntArray bin, FloatArray mixing, int rows,
            int columns) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int c = 0; c < columns; c++) {
                float a = mixing.get(2 * bin.get(row));
                float b = mixing.get(2 * bin.get(row) + 1);
                float ratio = b > 0f ? a / b : 0f;
                float share = TornadoMath.max(0f, TornadoMath.min(1f, ratio));
                int i = row * columns + c;
                target.set(i, share * target.get(i) + (1f - share) * denoising.get(i));
            }
        }
    }

    /** terms[row] = h (a, b) and 0, or 0, 0, 1 for a row left out. Modified: terms [row][3]. */
    public static void mixingTerms(FloatArray score, FloatArray target, FloatArray denoising, FloatArray variance,
            FloatArray terms, int rows, int columns, int varianceStride, float bound) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float a = 0f;
            float b = 0f;
            float norm = 0f;
            for (int c = 0; c < columns; c++) {
                float t = target.get(row * columns + c);
                float d = denoising.get(row * columns + c);
                a += (score.get(row * columns + c) - d) * (t - d);
                b += (t - d) * (t - d);
                norm += t * t;
            }
            float h = variance.get(row * varianceStride);
            boolean counts = norm * h <= bound * bound && TornadoMath.abs(a + b) < 3e38f;
            terms.set(3 * row, counts ? h * a : 0f);
            terms.set(3 * row + 1, counts ? h * b : 0f);
            terms.set(3 * row + 2, counts ? 0f : 1f);
        }
    }

    /** mixing = decay · mixing + sums, for two of three columns. Modified: mixing [bin][2]. */
    public static void updateMixing(FloatArray sums, FloatArray mixing, int bins, float decay) {
        for (@Parallel
        int bin = 0; bin < bins; bin++) {
            mixing.set(2 * bin, decay * mixing.get(2 * bin) + sums.get(3 * bin));
            mixing.set(2 * bin + 1, decay * mixing.get(2 * bin + 1) + sums.get(3 * bin + 1));
        }
    }

    /** x = v · min(1, maxNorm/(‖v‖ + 1e-6)) for each part v of a row, in place. Modified: x [part][length]. */
    public static void clip(FloatArray x, int parts, int length, float maxNorm) {
        for (@Parallel
        int part = 0; part < parts; part++) {
            double square = 0;
            for (int c = 0; c < length; c++) {
                double value = x.get(part * length + c);
                square += value * value;
            }
            float factor = (float) (maxNorm / (Math.sqrt(square) + 1e-6));
            float limited = factor < 1f ? factor : 1f;
            for (int c = 0; c < length; c++) {
                x.set(part * length + c, limited * x.get(part * length + c));
            }
        }
    }
}
