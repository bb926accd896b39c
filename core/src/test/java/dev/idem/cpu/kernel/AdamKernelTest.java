package dev.idem.cpu.kernel;

import static dev.idem.cpu.kernel.KernelData.OFFSET;
import static dev.idem.cpu.kernel.KernelData.SIZES;
import static dev.idem.cpu.kernel.KernelData.assertSameBits;
import static dev.idem.cpu.kernel.KernelData.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Adam and the moving average against the published formulas in double precision, over several steps and any split. */
class AdamKernelTest {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;
    private static final double RATE = 1e-3;
    private static final double SCALE = 0.25;

    /** Parameters, first and second moment of one optimiser. */
    private record State(float[] p, float[] m, float[] v) {

        static State of(int count) {
            return new State(random(1, count), random(2, count).clone(), new float[count + 100]);
        }

        void step(float[] gradient, int from, int to, int step) {
            AdamKernel.step(gradient, p, m, v, from, to, (float) SCALE, (float) RATE, BETA1, BETA2, (float) EPSILON,
                    (float) (1 / (1 - StrictMath.pow(BETA1, step))), (float) (1 / (1 - StrictMath.pow(BETA2, step))));
        }
    }

    @Test
    void stepsFollowThePublishedFormula() {
        for (int count : SIZES) {
            State state = State.of(count);
            double[] p = new double[count];
            double[] m = new double[count];
            double[] v = new double[count];
            for (int i = 0; i < count; i++) {
                p[i] = state.p[OFFSET + i];
                m[i] = state.m[OFFSET + i];
            }
            for (int step = 1; step <= 5; step++) {
                float[] gradient = random(10 + step, count);
                state.step(gradient, OFFSET, OFFSET + count, step);
                for (int i = 0; i < count; i++) {
                    double g = SCALE * gradient[OFFSET + i];
                    m[i] = BETA1 * m[i] + (1 - BETA1) * g;
                    v[i] = BETA2 * v[i] + (1 - BETA2) * g * g;
                    p[i] -= RATE * (m[i] / (1 - Math.pow(BETA1, step)))
                            / (Math.sqrt(v[i] / (1 - Math.pow(BETA2, step))) + EPSILON);
                }
            }
            for (int i = 0; i < count; i++) {
                double moved = Math.abs(p[i] - State.of(count).p[OFFSET + i]);
                assertThat((double) state.m[OFFSET + i]).isCloseTo(m[i], within(1e-6));
                assertThat((double) state.v[OFFSET + i]).isCloseTo(v[i], within(1e-8));
                assertThat((double) state.p[OFFSET + i]).isCloseTo(p[i], within(1e-6 * Math.max(1, moved)));
            }
        }
    }

    @Test
    void anySplitGivesTheSameBitsAndTouchesNothingElse() {
        int count = 131;
        float[] gradient = random(3, count);
        State whole = State.of(count);
        whole.step(gradient, OFFSET, OFFSET + count, 1);
        for (int part : new int[] {1, 3, 16, 97}) {
            State split = State.of(count);
            for (int from = OFFSET; from < OFFSET + count; from += part) {
                split.step(gradient, from, Math.min(OFFSET + count, from + part), 1);
            }
            assertSameBits("parameters", split.p, whole.p);
            assertSameBits("first moment", split.m, whole.m);
            assertSameBits("second moment", split.v, whole.v);
        }
        assertThat(whole.p[OFFSET + count]).isEqualTo(KernelData.GUARD);
        assertThat(whole.p[OFFSET - 1]).isEqualTo(KernelData.GUARD);
    }

    @Test
    void movingAverageIsTheWeightedMeanAndAnySplitGivesTheSameBits() {
        float decay = 0.95f;
        for (int count : SIZES) {
            float[] p = random(4, count);
            float[] average = random(5, count);
            float[] expected = average.clone();
            float[] split = average.clone();
            for (int i = OFFSET; i < OFFSET + count; i++) {
                expected[i] = Math.fma(decay, average[i], (1f - decay) * p[i]);
                assertThat((double) expected[i]).isCloseTo(0.95 * average[i] + 0.05 * p[i], within(1e-6));
            }
            AdamKernel.movingAverage(p, average, OFFSET, OFFSET + count, decay);
            AdamKernel.movingAverage(p, split, OFFSET, OFFSET + count / 3, decay);
            AdamKernel.movingAverage(p, split, OFFSET + count / 3, OFFSET + count, decay);
            assertSameBits("average " + count, average, expected);
            assertSameBits("split " + count, split, expected);
        }
    }
}
