package dev.idem.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModeWeightsTest {

    private static final double[] LINE = {0, 10, 20};

    private static float[] at(int... counts) {
        float[] samples = new float[IntStream.of(counts).sum()];
        int k = 0;
        for (int mode = 0; mode < counts.length; mode++) {
            for (int copy = 0; copy < counts[mode]; copy++) {
                samples[k++] = 10f * mode;
            }
        }
        return samples;
    }

    @Test
    void samplesBelongToTheNearestMeanAndTiesToTheFirst() {
        ModeWeights weights = new ModeWeights(new double[] {0, 0, 4, 0, 0, 6}, 2)
                .add(new float[] {1, 1, 2, 0, 3, 0, -1, 5}).add(new float[] {0, 100});
        assertThat(weights.counts()).containsExactly(2, 1, 2);
        assertThat(weights.total()).isEqualTo(5);
        assertThat(weights.modesHit()).isEqualTo(3);
    }

    @Test
    void errorIsRelativeToTheTruth() {
        ModeWeights truth = new ModeWeights(LINE, 1).add(at(50, 30, 20));
        ModeWeights weights = new ModeWeights(LINE, 1).add(at(6, 3, 1));
        double expected = Math.sqrt((0.2 * 0.2 + 0 + 0.5 * 0.5) / 3);
        assertThat(weights.relativeError(truth)).isCloseTo(expected, within(1e-14));
        assertThat(weights.leastRatio(truth)).isCloseTo(0.5, within(1e-14));
        assertThat(truth.relativeError(truth)).isZero();
    }

    @Test
    void missingModeCountsFully() {
        ModeWeights truth = new ModeWeights(LINE, 1).add(at(1, 1, 1));
        ModeWeights weights = new ModeWeights(LINE, 1).add(at(3, 3, 0));
        assertThat(weights.modesHit()).isEqualTo(2);
        assertThat(weights.leastRatio(truth)).isZero();
        assertThat(weights.relativeError(truth)).isCloseTo(Math.sqrt((0.25 + 0.25 + 1) / 3), within(1e-14));
    }

    @Test
    void exactSamplesHaveTheExpectedError() {
        SplittableRandom random = new SplittableRandom(2);
        ModeWeights truth = new ModeWeights(LINE, 1).add(at(5000, 3000, 2000));
        double sum = 0;
        ModeWeights last = truth;
        for (int trial = 0; trial < 400; trial++) {
            int[] counts = new int[3];
            for (int k = 0; k < 500; k++) {
                double share = random.nextDouble();
                counts[share < 0.5 ? 0 : share < 0.8 ? 1 : 2]++;
            }
            last = new ModeWeights(LINE, 1).add(at(counts));
            double error = last.relativeError(truth);
            sum += error * error;
        }
        // The truth here is certain, so only the samples' part of the expected error is seen.
        double expected = last.expectedError(truth) / Math.sqrt(1 + 500.0 / 10000);
        assertThat(Math.sqrt(sum / 400)).isCloseTo(expected, within(0.06 * expected));
    }

    @Test
    void refusesWhatCannotBeCompared() {
        ModeWeights weights = new ModeWeights(LINE, 1).add(at(1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> weights.relativeError(new ModeWeights(LINE, 1)))
                .withMessageContaining("0 exact");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> weights.relativeError(new ModeWeights(LINE, 1).add(at(1, 0, 1))))
                .withMessageContaining("no sample of mode 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> weights.leastRatio(new ModeWeights(new double[] {0, 1}, 1).add(at(1, 1))))
                .withMessageContaining("2 modes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModeWeights(LINE, 1).add(new float[] {1, Float.NaN}))
                .withMessageContaining("NaN in row 1");
        assertThatIllegalArgumentException().isThrownBy(() -> new ModeWeights(LINE, 2));
    }
}
