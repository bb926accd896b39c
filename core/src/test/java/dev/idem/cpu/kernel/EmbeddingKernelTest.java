package dev.idem.cpu.kernel;

import static dev.idem.cpu.kernel.KernelData.OFFSET;
import static dev.idem.cpu.kernel.KernelData.assertSameBits;
import static dev.idem.cpu.kernel.KernelData.guarded;
import static dev.idem.cpu.kernel.KernelData.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The embedding and its gradient against double precision, and the embedding's bits against scalar code. */
class EmbeddingKernelTest {

    private static final int[] HALVES = {1, 2, 7, 8, 16, 17, 31, 64};

    private static final int ROWS = 5;

    private static final int COORDINATES = 3;

    private static final float SCALE = 25f;

    private static float[] frequencies(int half) {
        float[] frequencies = new float[half];
        for (int k = 0; k < half; k++) {
            frequencies[k] = (float) StrictMath.exp(-StrictMath.log(10_000) * k / Math.max(1, half - 1));
        }
        return frequencies;
    }

    @Test
    void embeddingIsSinesThenCosinesOfEveryCoordinate() {
        for (int half : HALVES) {
            float[] x = random(1, ROWS * COORDINATES);
            float[] frequencies = frequencies(half);
            float[] embedded = guarded(ROWS * COORDINATES * 2 * half);
            float[] expected = guarded(ROWS * COORDINATES * 2 * half);
            EmbeddingKernel.forward(x, OFFSET, ROWS, COORDINATES, SCALE, frequencies, embedded, OFFSET);
            for (int i = 0; i < ROWS * COORDINATES; i++) {
                for (int k = 0; k < half; k++) {
                    int at = OFFSET + i * 2 * half + k;
                    double angle = (double) SCALE * x[OFFSET + i] * frequencies[k];
                    assertThat((double) embedded[at]).isCloseTo(StrictMath.sin(angle), within(3e-6));
                    assertThat((double) embedded[at + half]).isCloseTo(StrictMath.cos(angle), within(3e-6));
                    float rounded = frequencies[k] * (SCALE * x[OFFSET + i]);
                    expected[at] = VectorAngles.sin(rounded);
                    expected[at + half] = VectorAngles.cos(rounded);
                }
            }
            assertSameBits("half " + half, embedded, expected);
        }
    }

    @Test
    void gradientIsTheSumOverFrequencies() {
        for (int half : HALVES) {
            float[] x = random(2, ROWS * COORDINATES);
            float[] frequencies = frequencies(half);
            float[] gradient = random(3, ROWS * COORDINATES * 2 * half);
            float[] dx = guarded(ROWS * COORDINATES);
            EmbeddingKernel.gradient(x, OFFSET, ROWS, COORDINATES, SCALE, frequencies, gradient, OFFSET, dx, OFFSET,
                    new float[Lanes.LOGICAL]);
            for (int i = 0; i < ROWS * COORDINATES; i++) {
                double exact = 0;
                for (int k = 0; k < half; k++) {
                    int at = OFFSET + i * 2 * half + k;
                    double angle = (double) SCALE * x[OFFSET + i] * frequencies[k];
                    exact += SCALE * frequencies[k]
                            * (StrictMath.cos(angle) * gradient[at] - StrictMath.sin(angle) * gradient[at + half]);
                }
                assertThat((double) dx[OFFSET + i]).isCloseTo(exact, within(3e-4));
            }
            assertThat(dx[OFFSET + ROWS * COORDINATES]).isEqualTo(KernelData.GUARD);
        }
    }
}
