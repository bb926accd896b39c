package dev.idem.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels of {@link dev.idem.program.PairGradientOp}; tables as in {@link PairKernels}. */
public final class PairGradientKernels {

    private PairGradientKernels() {}

    /** What an edge passes on to its receiver, and with the other sign to its sender. Modified: change [row][axis]. */
    public static void geometryOfEdges(FloatArray squaresGradient, FloatArray directionsGradient, FloatArray x,
            IntArray receivers, IntArray senders, FloatArray change, int samples, int edges, int particles, int axes,
            int width) {
        for (@Parallel
        int row = 0; row < samples * edges; row++) {
            int sample = row / edges;
            int edge = row % edges;
            int i = (sample * particles + receivers.get(edge)) * axes;
            int j = (sample * particles + senders.get(edge)) * axes;
            float square = 0f;
            float along = 0f;
            for (int axis = 0; axis < axes; axis++) {
                float difference = x.get(i + axis) - x.get(j + axis);
                square += difference * difference;
                along += difference * directionsGradient.get(row * axes + axis);
            }
            float distance = PairKernels.distance(square);
            float slope = squaresGradient.get(row * width)
                    - along / (2f * distance * (distance + 1f) * (distance + 1f));
            for (int axis = 0; axis < axes; axis++) {
                float difference = x.get(i + axis) - x.get(j + axis);
                change.set(row * axes + axis,
                        directionsGradient.get(row * axes + axis) / (distance + 1f) + 2f * slope * difference);
            }
        }
    }

    /**
     * nodes_i (+)= Σ of the edges that i receives · asReceiver + Σ of those that it sends · asSender. Read: rows
     * [sample][edge][feature], receives, sends [particle][particle]: the edge, or −1. Modified: nodes.
     */
    public static void gatherEdges(FloatArray rows, IntArray receives, IntArray sends, FloatArray nodes, int samples,
            int edges, int particles, int features, float asReceiver, float asSender, int accumulate) {
        for (@Parallel
        int node = 0; node < samples * particles; node++) {
            for (@Parallel
            int k = 0; k < features; k++) {
                int sample = node / particles;
                int i = node % particles;
                float sum = 0f;
                if (accumulate == 1) {
                    sum = nodes.get(node * features + k);
                }
                for (int j = 0; j < particles; j++) {
                    int in = receives.get(i * particles + j);
                    int out = sends.get(i * particles + j);
                    if (in >= 0) {
                        sum += asReceiver * rows.get((sample * edges + in) * features + k);
                    }
                    if (out >= 0) {
                        sum += asSender * rows.get((sample * edges + out) * features + k);
                    }
                }
                nodes.set(node * features + k, sum);
            }
        }
    }

    /** squaresGradient = Σ functionsGradient · ∂function/∂square. Modified: squaresGradient [row][distance]. */
    public static void radial(FloatArray functionsGradient, FloatArray functions, FloatArray squares,
            FloatArray variance, FloatArray basis, FloatArray squaresGradient, int rows, int items, int distances,
            int size, int fixed, int varianceStride, float square) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int column = 0; column < distances; column++) {
                float scaled = 1f / TornadoMath.sqrt(square + variance.get(row / items * varianceStride));
                float r = PairKernels.distance(squares.get(row * distances + column));
                float slope = 0f;
                for (int b = 0; b < size; b++) {
                    int i = (row * distances + column) * size + b;
                    float scale = b < fixed ? 1f : scaled;
                    float width = basis.get(2 * b + 1);
                    float t = (scale * r - basis.get(2 * b)) / width;
                    slope -= functionsGradient.get(i) * functions.get(i) * 2f * t * scale / width;
                }
                squaresGradient.set(row * distances + column, slope / (2f * r));
            }
        }
    }

    /** edgesGradient = outputGradient ⊙ (1 + gain). Modified: edgesGradient [row][feature]. */
    public static void gainOfEdges(FloatArray outputGradient, FloatArray gain, FloatArray edgesGradient, int rows,
            int items, int features, int gainStride) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int k = 0; k < features; k++) {
                int i = row * features + k;
                edgesGradient.set(i, outputGradient.get(i) * (1f + gain.get(row / items * gainStride + k)));
            }
        }
    }

    /** sums = Σ over a sample's items of left ⊙ right. Modified: sums [sample][feature]. */
    public static void sumProducts(FloatArray left, FloatArray right, FloatArray sums, int samples, int items,
            int features, int leftStride) {
        for (@Parallel
        int sample = 0; sample < samples; sample++) {
            for (@Parallel
            int k = 0; k < features; k++) {
                float sum = 0f;
                for (int item = 0; item < items; item++) {
                    int row = sample * items + item;
                    float factor = left.get(leftStride == 1 ? row : row * leftStride + k);
                    sum += factor * right.get(row * features + k);
                }
                sums.set(sample * features + k, sum);
            }
        }
    }

    /** sums = Σ over a sample's items. Modified: sums [sample][feature]. */
    public static void sumItems(FloatArray rows, FloatArray sums, int samples, int items, int features) {
        for (@Parallel
        int sample = 0; sample < samples; sample++) {
            for (@Parallel
            int k = 0; k < features; k++) {
                float sum = 0f;
                for (int item = 0; item < items; item++) {
                    sum += rows.get((sample * items + item) * features + k);
                }
                sums.set(sample * features + k, sum);
            }
        }
    }

    /** messagesGradient (+)= factor · sumsGradient_i, and of j if {@code both} is 1. */
    public static void nodeSum(FloatArray sumsGradient, IntArray receivers, IntArray senders, FloatArray gradient,
            int samples, int edges, int particles, int features, float factor, int both, int accumulate) {
        for (@Parallel
        int row = 0; row < samples * edges; row++) {
            for (@Parallel
            int k = 0; k < features; k++) {
                int sample = row / edges;
                int edge = row % edges;
                float sum = sumsGradient.get((sample * particles + receivers.get(edge)) * features + k);
                if (both == 1) {
                    sum += sumsGradient.get((sample * particles + senders.get(edge)) * features + k);
                }
                float old = 0f;
                if (accumulate == 1) {
                    old = gradient.get(row * features + k);
                }
                gradient.set(row * features + k, old + factor * sum);
            }
        }
    }

    /** directionsGradient = g c, weightsGradient = (g · direction) ∂c/∂weight; g less that of j if {@code both} is 1. */
    public static void coordinateUpdate(FloatArray movedGradient, FloatArray directions, FloatArray weights,
            IntArray receivers, IntArray senders, FloatArray directionsGradient, FloatArray weightsGradient,
            int samples, int edges, int particles, int axes, float bound, int both) {
        for (@Parallel
        int row = 0; row < samples * edges; row++) {
            int sample = row / edges;
            int edge = row % edges;
            float weight = weights.get(row);
            float tanh = Functions.tanh(weight);
            float c = bound == 0f ? weight : bound * tanh;
            float slope = bound == 0f ? 1f : bound * (1f - tanh * tanh);
            float along = 0f;
            for (int axis = 0; axis < axes; axis++) {
                float g = movedGradient.get((sample * particles + receivers.get(edge)) * axes + axis);
                if (both == 1) {
                    g -= movedGradient.get((sample * particles + senders.get(edge)) * axes + axis);
                }
                along += g * directions.get(row * axes + axis);
                directionsGradient.set(row * axes + axis, g * c);
            }
            weightsGradient.set(row, along * slope);
        }
    }

    /** featuresGradient (+)= dotsGradient · vector. Modified: featuresGradient [row][feature]. */
    public static void vectorDot(FloatArray dotsGradient, FloatArray vector, FloatArray featuresGradient, int rows,
            int items, int features, int vectorStride, int accumulate) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int k = 0; k < features; k++) {
                float old = 0f;
                if (accumulate == 1) {
                    old = featuresGradient.get(row * features + k);
                }
                featuresGradient.set(row * features + k,
                        old + dotsGradient.get(row) * vector.get(row / items * vectorStride + k));
            }
        }
    }

    /** coefficientsGradient_i = outputGradient_i · x_i/√(square + h). Modified: coefficientsGradient [node]. */
    public static void positionTerm(FloatArray outputGradient, FloatArray x, FloatArray variance, FloatArray gradient,
            int samples, int particles, int axes, int varianceStride, float square) {
        for (@Parallel
        int node = 0; node < samples * particles; node++) {
            float along = 0f;
            for (int axis = 0; axis < axes; axis++) {
                along += outputGradient.get(node * axes + axis) * x.get(node * axes + axis);
            }
            gradient.set(node, along / TornadoMath.sqrt(square + variance.get(node / particles * varianceStride)));
        }
    }
}
