package dev.idem.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Kernels of {@link dev.idem.program.NetworkOp} but the matrix product, and of their gradients. */
public final class NetworkKernels {

    private NetworkKernels() {}

    /**
     * Sines, then cosines, of x_c frequency_k, reduced to [−π, π] in double precision.
     *
     * <p>Read: x [row][coordinate], frequencies [count]. Modified: embedded [row][coordinate·2 count].
     */
    public static void embed(FloatArray x, DoubleArray frequencies, FloatArray embedded, int rows, int coordinates,
            int count) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int element = 0; element < coordinates * count; element++) {
                int c = element / count;
                int k = element % count;
                double turns = x.get(row * coordinates + c) * frequencies.get(k) * 0.15915494309189535;
                double part = turns - (double) (int) turns;
                double below = part > 0.5 ? part - 1.0 : part;
                double within = below < -0.5 ? below + 1.0 : below;
                float angle = (float) (within * 6.283185307179586);
                int at = (row * coordinates + c) * 2 * count + k;
                embedded.set(at, TornadoMath.sin(angle));
                embedded.set(at + count, TornadoMath.cos(angle));
            }
        }
    }

    /** output = activation(input) + residual, the latter if {@code residualStride} is not negative. */
    public static void activate(FloatArray input, FloatArray residual, FloatArray output, int rows, int columns,
            int inputStride, int residualStride, int activation) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int column = 0; column < columns; column++) {
                float value = Functions.value(activation, input.get(row * inputStride + column));
                float sum = value;
                if (residualStride >= 0) {
                    sum = value + residual.get(row * residualStride + column);
                }
                output.set(row * columns + column, sum);
            }
        }
    }

    /** inputGradient = outputGradient · activation'(input), element by element. */
    public static void activateGradient(FloatArray outputGradient, FloatArray input, FloatArray inputGradient, int size,
            int activation) {
        for (@Parallel
        int i = 0; i < size; i++) {
            inputGradient.set(i, outputGradient.get(i) * Functions.derivative(activation, input.get(i)));
        }
    }

    /** gated = a sigmoid(a · w + bias), a = silu(input). Modified: gated [row][column]. */
    public static void gate(FloatArray input, FloatArray parameters, FloatArray gated, int rows, int columns,
            int weight,
            int bias) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float sum = parameters.get(bias);
            for (int k = 0; k < columns; k++) {
                float z = input.get(row * columns + k);
                sum += parameters.get(weight + k) * (z * Functions.sigmoid(z));
            }
            float g = Functions.sigmoid(sum);
            for (int k = 0; k < columns; k++) {
                float z = input.get(row * columns + k);
                gated.set(row * columns + k, g * (z * Functions.sigmoid(z)));
            }
        }
    }

    /**
     * The gradient of the gate. Modified: inputGradient [row][column]; slopes [row], the derivative of the loss by the
     * argument of the sigmoid; activated [row][column] = silu(input), for the gradient of w.
     */
    public static void gateGradient(FloatArray gatedGradient, FloatArray input, FloatArray parameters,
            FloatArray inputGradient, FloatArray slopes, FloatArray activated, int rows, int columns, int weight,
            int bias) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float sum = parameters.get(bias);
            float along = 0f;
            for (int k = 0; k < columns; k++) {
                float z = input.get(row * columns + k);
                float a = z * Functions.sigmoid(z);
                activated.set(row * columns + k, a);
                sum += parameters.get(weight + k) * a;
                along += gatedGradient.get(row * columns + k) * a;
            }
            float g = Functions.sigmoid(sum);
            float slope = along * g * (1f - g);
            slopes.set(row, slope);
            for (int k = 0; k < columns; k++) {
                float inner = gatedGradient.get(row * columns + k) * g + slope * parameters.get(weight + k);
                inputGradient.set(row * columns + k,
                        inner * Functions.derivative(Functions.SILU, input.get(row * columns + k)));
            }
        }
    }

    /** output = w ⊙ (1 + gain). Modified: output [row][column]. */
    public static void modulate(FloatArray gain, FloatArray parameters, FloatArray output, int rows, int columns,
            int weight) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int k = 0; k < columns; k++) {
                output.set(row * columns + k, parameters.get(weight + k) * (1f + gain.get(row * columns + k)));
            }
        }
    }

    /** gainGradient = outputGradient ⊙ w; products = outputGradient ⊙ (1 + gain). Modified: both [row][column]. */
    public static void modulateGradient(FloatArray outputGradient, FloatArray gain, FloatArray parameters,
            FloatArray gainGradient, FloatArray products, int rows, int columns, int weight) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int k = 0; k < columns; k++) {
                int i = row * columns + k;
                gainGradient.set(i, outputGradient.get(i) * parameters.get(weight + k));
                products.set(i, outputGradient.get(i) * (1f + gain.get(i)));
            }
        }
    }
}
