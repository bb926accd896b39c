package dev.idem.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Merging of the lanes' sums, and its bias correction, on numbers done by hand. */
class ScoreMergeTest {

    private final float[] out = new float[3];

    @Test
    void scoresAreQuotientsOfTheSums() {
        LaneSums sums = sums(new double[] {1, 3}, new double[] {2, -4}, new double[] {5, 7});
        ScoreMerge.write(sums, 2, 0.25, false, out, 0, out, 1, out, 2);
        assertThat(out[0]).isEqualTo(-0.5f);
        assertThat(out[1]).isEqualTo(12f / 4 / 0.5f);
        assertThat(out[2]).isEqualTo(16f / 10);
    }

    @Test
    void biasCorrectionIsTheJackknife() {
        LaneSums sums = sums(new double[] {1, 1.5, 2}, new double[] {3, 1, 2}, new double[] {1, 0, 0});
        ScoreMerge.write(sums, 3, 1, true, out, 0, out, 1, out, 2);
        double others = (3 / 3.5 + 5 / 3.0 + 4 / 2.5) / 3;
        assertThat((double) out[0]).isCloseTo(3 * (6 / 4.5) - 2 * others, within(1e-6));
        double otherSteps = (0 / 3.5 + 1 / 3.0 + 1 / 2.5) / 3;
        assertThat((double) out[1]).isCloseTo(3 * (1 / 4.5) - 2 * otherSteps, within(1e-6));
    }

    @Test
    void biasCorrectionIsLeftOutWhereItWouldDivideByLittle() {
        LaneSums sums = sums(new double[] {5, 1, 1}, new double[] {3, 1, 2}, new double[] {1, 0, 0});
        ScoreMerge.write(sums, 3, 1, true, out, 0, out, 1, out, 2);
        assertThat(out[0]).isEqualTo((float) (6.0 / 7));
        LaneSums single = sums(new double[] {2}, new double[] {3}, new double[] {1});
        ScoreMerge.write(single, 1, 1, true, out, 0, out, 1, out, 2);
        assertThat(out[0]).isEqualTo(1.5f);
    }

    private static LaneSums sums(double[] weights, double[] forces, double[] steps) {
        LaneSums sums = new LaneSums(1);
        for (int lane = 0; lane < weights.length; lane++) {
            sums.weight[lane] = weights[lane];
            sums.square[lane] = weights[lane] * weights[lane];
            sums.force[lane] = forces[lane];
            sums.step[lane] = steps[lane];
        }
        return sums;
    }
}
