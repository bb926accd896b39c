package dev.idem.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Matrix products. A weight is a part of the flat parameters, read with strides, so W and its transpose are one kernel. */
public final class DenseKernels {

    private DenseKernels() {}

    /**
     * output = [output] + input · W + bias + addend.
     *
     * <p>Read: input [row][in]; W[i][o] = parameters[weight + i·inStride + o·outStride]; bias [out] in the parameters, unless
     * {@code bias} is negative; addend [row][out] at stride {@code addendStride}, unless that is negative. Modified: output
     * [row][out]; added to if {@code accumulate} is 1. Each element is one chain of multiply-adds over i in order.
     */
    public static void product(FloatArray input, FloatArray parameters, FloatArray addend, FloatArray output, int rows,
            int in, int out, int weight, int inStride, int outStride, int bias, int addendStride, int accumulate) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int o = 0; o < out; o++) {
                float sum = 0f;
                if (bias >= 0) {
                    sum += parameters.get(bias + o);
                }
                if (addendStride >= 0) {
                    sum += addend.get(row * addendStride + o);
                }
                if (accumulate == 1) {
                    sum += output.get(row * out + o);
                }
                for (int i = 0; i < in; i++) {
                    sum += input.get(row * in + i) * parameters.get(weight + i * inStride + o * outStride);
                }
                output.set(row * out + o, sum);
            }
        }
    }

    /**
     * The part of a weight's gradient that a range of rows adds: partial[chunk] = inputᵀ · outputGradient, and as one more
     * row the column sums of outputGradient.
     *
     * <p>Read: input [row][in], outputGradient [row][out]. Modified: partials [chunk][in + 1][out].
     */
    public static void weightPartials(FloatArray input, FloatArray outputGradient, FloatArray partials, int rows,
            int in,
            int out, int chunks, int chunkRows) {
        for (@Parallel
        int chunk = 0; chunk < chunks; chunk++) {
            for (@Parallel
            int element = 0; element < (in + 1) * out; element++) {
                int i = element / out;
                int o = element % out;
                int from = chunk * chunkRows;
                int to = from + chunkRows < rows ? from + chunkRows : rows;
                float sum = 0f;
                for (int row = from; row < to; row++) {
                    float value = 1f;
                    if (i < in) {
                        value = input.get(row * in + i);
                    }
                    sum += value * outputGradient.get(row * out + o);
                }
                partials.set(chunk * (in + 1) * out + element, sum);
            }
        }
    }

    /**
     * Adds the partial sums, in order, to the weight's part of the gradient and, unless {@code bias} is negative, to the
     * bias's. Read: partials [chunk][in + 1][out]. Modified: gradient [parameter].
     */
    public static void addWeightPartials(FloatArray partials, FloatArray gradient, int in, int out, int chunks,
            int weight, int bias) {
        for (@Parallel
        int element = 0; element < (in + 1) * out; element++) {
            float sum = 0f;
            for (int chunk = 0; chunk < chunks; chunk++) {
                sum += partials.get(chunk * (in + 1) * out + element);
            }
            int i = element / out;
            if (i < in) {
                gradient.set(weight + element, gradient.get(weight + element) + sum);
            }
            if (i == in && bias >= 0) {
                int at = bias + element - in * out;
                gradient.set(at, gradient.get(at) + sum);
            }
        }
    }
}
