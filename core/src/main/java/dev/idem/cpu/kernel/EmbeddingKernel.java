package dev.idem.cpu.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Sinusoidal embedding of coordinates: emb(x) = [sin(s x f_0) … sin(s x f_{F−1}), cos(s x f_0) … cos(s x f_{F−1})] with
 * scale s and F frequencies.
 *
 * <p>Numerics: the angle is (s x) f_k, rounded twice; sines and cosines as in {@link VectorAngles}, for angles up to 1e4.
 *
 * <p>Source: the method's multilayer perceptron, where E = 2F is 128 and f_k = exp(−ln(10000) k/(F − 1)).
 */
public final class EmbeddingKernel {

    private EmbeddingKernel() {}

    /**
     * Embeds every coordinate of every row.
     *
     * <p>Read: x [rows][coordinates]; frequencies [F], the whole array. Modified: embedded [rows][coordinates][2][F]. No aliasing.
     */
    public static void forward(float[] x, int xOffset, int rows, int coordinates, float scale, float[] frequencies,
            float[] embedded, int embeddedOffset) {
        int half = frequencies.length;
        int bound = Lanes.FLOAT.loopBound(half);
        for (int i = 0; i < rows * coordinates; i++) {
            float scaled = scale * x[xOffset + i];
            int sines = embeddedOffset + i * 2 * half;
            int cosines = sines + half;
            for (int k = 0; k < bound; k += Lanes.COUNT) {
                FloatVector angle = FloatVector.fromArray(Lanes.FLOAT, frequencies, k).mul(scaled);
                VectorAngles.sin(angle).intoArray(embedded, sines + k);
                VectorAngles.cos(angle).intoArray(embedded, cosines + k);
            }
            for (int k = bound; k < half; k++) {
                float angle = frequencies[k] * scaled;
                embedded[sines + k] = VectorAngles.sin(angle);
                embedded[cosines + k] = VectorAngles.cos(angle);
            }
        }
    }

    /**
     * Computes the gradient of the coordinates: dx = s Σ_k f_k (cos(s x f_k) dsin_k − sin(s x f_k) dcos_k).
     *
     * <p>Read: x [rows][coordinates]; frequencies [F], the whole array; gradient [rows][coordinates][2][F], that of the embedding.
     * Modified: dx [rows][coordinates]; lanes [16], scratch. No aliasing.
     *
     * <p>Numerics: term k is added to lane k mod 16 by fma(f_k, fma(cos, dsin, −(sin dcos)), lane) in rising k; the lanes are added in
     * order.
     */
    public static void gradient(float[] x, int xOffset, int rows, int coordinates, float scale, float[] frequencies,
            float[] gradient, int gradientOffset, float[] dx, int dxOffset, float[] lanes) {
        int half = frequencies.length;
        int bound = half - half % Lanes.LOGICAL;
        for (int i = 0; i < rows * coordinates; i++) {
            float scaled = scale * x[xOffset + i];
            int sines = gradientOffset + i * 2 * half;
            int cosines = sines + half;
            Arrays.fill(lanes, 0, Lanes.LOGICAL, 0f);
            for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
                FloatVector sum = FloatVector.zero(Lanes.FLOAT);
                for (int k = lane; k < bound; k += Lanes.LOGICAL) {
                    FloatVector frequency = FloatVector.fromArray(Lanes.FLOAT, frequencies, k);
                    FloatVector angle = frequency.mul(scaled);
                    FloatVector second = VectorAngles.sin(angle)
                            .mul(FloatVector.fromArray(Lanes.FLOAT, gradient, cosines + k));
                    FloatVector both = VectorAngles.cos(angle)
                            .fma(FloatVector.fromArray(Lanes.FLOAT, gradient, sines + k), second.neg());
                    sum = frequency.fma(both, sum);
                }
                sum.intoArray(lanes, lane);
            }
            for (int k = bound; k < half; k++) {
                float angle = frequencies[k] * scaled;
                float second = VectorAngles.sin(angle) * gradient[cosines + k];
                float both = Math.fma(VectorAngles.cos(angle), gradient[sines + k], -second);
                lanes[k - bound] = Math.fma(frequencies[k], both, lanes[k - bound]);
            }
            float sum = 0f;
            for (int lane = 0; lane < Lanes.LOGICAL; lane++) {
                sum += lanes[lane];
            }
            dx[dxOffset + i] = scale * sum;
        }
    }
}
