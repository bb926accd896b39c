package dev.idem.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Kernels of {@link dev.idem.program.PairOp}. What a particle gets from its edges is gathered by the particle, in the order
 * of the edges; {@code edges} [particle][particle] holds the edge of each pair, and the ends of an edge are tables too.
 */
public final class PairKernels {

    private static final float SOFTENING = 1e-8f;

    private PairKernels() {}

    static float distance(float square) {
        return TornadoMath.sqrt(square + SOFTENING);
    }

    /** squares, directions of every edge from x. Modified: squares [row] at stride {@code width}, directions [row][axis]. */
    public static void geometry(FloatArray x, IntArray receivers, IntArray senders, FloatArray squares,
            FloatArray directions, int samples, int edges, int particles, int axes, int width) {
        for (@Parallel
        int sample = 0; sample < samples; sample++) {
            for (@Parallel
            int edge = 0; edge < edges; edge++) {
                int row = sample * edges + edge;
                int i = (sample * particles + receivers.get(edge)) * axes;
                int j = (sample * particles + senders.get(edge)) * axes;
                float square = 0f;
                for (int axis = 0; axis < axes; axis++) {
                    float difference = x.get(i + axis) - x.get(j + axis);
                    square += difference * difference;
                }
                squares.set(row * width, square);
                for (int axis = 0; axis < axes; axis++) {
                    directions.set(row * axes + axis, (x.get(i + axis) - x.get(j + axis)) / (distance(square) + 1f));
                }
            }
        }
    }

    /** Squared distances of every edge in origin. Modified: the second column of squares [row][2]. */
    public static void originSquares(FloatArray origin, IntArray receivers, IntArray senders, FloatArray squares,
            int samples, int edges, int particles, int axes) {
        for (@Parallel
        int sample = 0; sample < samples; sample++) {
            for (@Parallel
            int edge = 0; edge < edges; edge++) {
                int i = (sample * particles + receivers.get(edge)) * axes;
                int j = (sample * particles + senders.get(edge)) * axes;
                float square = 0f;
                for (int axis = 0; axis < axes; axis++) {
                    float difference = origin.get(i + axis) - origin.get(j + axis);
                    square += difference * difference;
                }
                squares.set(2 * (sample * edges + edge) + 1, square);
            }
        }
    }

    /**
     * exp(−((c r − centre)/width)²), c = 1 for the first {@code fixed} functions, else 1/√(square of deviation + h).
     *
     * <p>Read: squares [row][distance], basis [function][2] = centre, width. Modified: functions [row][distance·function].
     */
    public static void radial(FloatArray squares, FloatArray variance, FloatArray basis, FloatArray functions, int rows,
            int items, int distances, int size, int fixed, int varianceStride, float square) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int k = 0; k < distances * size; k++) {
                int column = k / size;
                int b = k % size;
                float scaled = 1f / TornadoMath.sqrt(square + variance.get(row / items * varianceStride));
                float scale = b < fixed ? 1f : scaled;
                float r = distance(squares.get(row * distances + column));
                float t = (scale * r - basis.get(2 * b)) / basis.get(2 * b + 1);
                functions.set(row * distances * size + k, TornadoMath.exp(-t * t));
            }
        }
    }

    /** squares = |x_i|². Modified: squares [row], row a particle of a sample. */
    public static void squaredNorms(FloatArray x, FloatArray squares, int rows, int axes) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float square = 0f;
            for (int axis = 0; axis < axes; axis++) {
                square += x.get(row * axes + axis) * x.get(row * axes + axis);
            }
            squares.set(row, square);
        }
    }

    /** output = receivers_i + senders_j + edges ⊙ (1 + gain), no gain if its stride is negative. */
    public static void edgeInput(FloatArray receiving, FloatArray sending, FloatArray edgeFeatures, FloatArray gain,
            IntArray receivers, IntArray senders, FloatArray output, int samples, int edges, int particles,
            int features, int gainStride) {
        for (@Parallel
        int row = 0; row < samples * edges; row++) {
            for (@Parallel
            int k = 0; k < features; k++) {
                int sample = row / edges;
                int edge = row % edges;
                float factor = 1f;
                if (gainStride >= 0) {
                    factor = 1f + gain.get(sample * gainStride + k);
                }
                float ends = receiving.get((sample * particles + receivers.get(edge)) * features + k)
                        + sending.get((sample * particles + senders.get(edge)) * features + k);
                output.set(row * features + k, ends + edgeFeatures.get(row * features + k) * factor);
            }
        }
    }

    /** sums_i = factor · Σ_j messages of the edge (i, j). Modified: sums [sample][particle][feature]. */
    public static void nodeSum(FloatArray messages, IntArray edgeOf, FloatArray sums, int samples, int edges,
            int particles, int features, float factor) {
        for (@Parallel
        int node = 0; node < samples * particles; node++) {
            for (@Parallel
            int k = 0; k < features; k++) {
                int sample = node / particles;
                int i = node % particles;
                float sum = 0f;
                for (int j = 0; j < particles; j++) {
                    int edge = edgeOf.get(i * particles + j);
                    if (edge >= 0) {
                        sum += messages.get((sample * edges + edge) * features + k);
                    }
                }
                sums.set(node * features + k, factor * sum);
            }
        }
    }

    /**
     * moved_i = [x_i] + Σ_j ± direction c, c = bound tanh(weight), or the weight if bound is 0; the sign is minus where i
     * is the sender of an unordered pair. Modified: moved [sample][particle·axis].
     */
    public static void coordinateUpdate(FloatArray x, FloatArray directions, FloatArray weights, IntArray edgeOf,
            FloatArray moved, int samples, int edges, int particles, int axes, int xStride, float bound,
            int ordered) {
        for (@Parallel
        int node = 0; node < samples * particles; node++) {
            for (@Parallel
            int axis = 0; axis < axes; axis++) {
                int sample = node / particles;
                int i = node % particles;
                float sum = 0f;
                if (xStride >= 0) {
                    sum = x.get(sample * xStride + i * axes + axis);
                }
                for (int j = 0; j < particles; j++) {
                    int edge = edgeOf.get(i * particles + j);
                    if (edge >= 0) {
                        int row = sample * edges + edge;
                        float weight = weights.get(row);
                        float c = bound == 0f ? weight : bound * Functions.tanh(weight);
                        float sign = ordered == 1 || i < j ? 1f : -1f;
                        sum += sign * c * directions.get(row * axes + axis);
                    }
                }
                moved.set(node * axes + axis, sum);
            }
        }
    }

    /** nodes_i = row of the sample. Modified: nodes [sample][particle][feature]. */
    public static void spread(FloatArray row, FloatArray nodes, int count, int items, int features, int rowStride) {
        for (@Parallel
        int node = 0; node < count; node++) {
            for (@Parallel
            int k = 0; k < features; k++) {
                nodes.set(node * features + k, row.get(node / items * rowStride + k));
            }
        }
    }

    /** target −= origin, element by element. Modified: target [size]. */
    public static void subtract(FloatArray origin, FloatArray target, int size) {
        for (@Parallel
        int i = 0; i < size; i++) {
            target.set(i, target.get(i) - origin.get(i));
        }
    }

    /** Removes the mean over the particles, in place. Modified: x [sample][particle·axis]. */
    public static void centre(FloatArray x, int samples, int particles, int axes) {
        for (@Parallel
        int sample = 0; sample < samples; sample++) {
            for (@Parallel
            int axis = 0; axis < axes; axis++) {
                float mean = 0f;
                for (int i = 0; i < particles; i++) {
                    mean += x.get((sample * particles + i) * axes + axis) / particles;
                }
                for (int i = 0; i < particles; i++) {
                    int at = (sample * particles + i) * axes + axis;
                    x.set(at, x.get(at) - mean);
                }
            }
        }
    }

    /** dots = features · vector of the sample. Modified: dots [row]. */
    public static void vectorDot(FloatArray features, FloatArray vector, FloatArray dots, int rows, int items,
            int length, int vectorStride) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float sum = 0f;
            for (int k = 0; k < length; k++) {
                sum += features.get(row * length + k) * vector.get(row / items * vectorStride + k);
            }
            dots.set(row, sum);
        }
    }

    /** output_i = addend_i + x_i coefficient_i/√(square + h). Modified: output [sample][particle·axis]. */
    public static void positionTerm(FloatArray x, FloatArray coefficients, FloatArray variance, FloatArray addend,
            FloatArray output, int samples, int particles, int axes, int varianceStride, float square) {
        for (@Parallel
        int node = 0; node < samples * particles; node++) {
            for (@Parallel
            int axis = 0; axis < axes; axis++) {
                float h = variance.get(node / particles * varianceStride);
                int i = node * axes + axis;
                output.set(i, addend.get(i) + x.get(i) * coefficients.get(node) / TornadoMath.sqrt(square + h));
            }
        }
    }
}
