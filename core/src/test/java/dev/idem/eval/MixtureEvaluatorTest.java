package dev.idem.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MixtureEvaluatorTest {

    private static final int MODES = 5;

    /** The mixture of {@link Samples#modes}. */
    private static double[] means() {
        double[] means = new double[2 * MODES];
        for (int mode = 0; mode < MODES; mode++) {
            means[2 * mode] = 20 * StrictMath.cos(2 * Math.PI * mode / MODES);
            means[2 * mode + 1] = 20 * StrictMath.sin(2 * Math.PI * mode / MODES);
        }
        return means;
    }

    private static double logDensity(double[] point, int offset) {
        double[] means = means();
        double sum = 0;
        for (int mode = 0; mode < MODES; mode++) {
            double d0 = point[offset] - means[2 * mode];
            double d1 = point[offset + 1] - means[2 * mode + 1];
            sum += StrictMath.exp(-(d0 * d0 + d1 * d1) / 2);
        }
        return StrictMath.log(sum / MODES / (2 * Math.PI));
    }

    private static MixtureEvaluator evaluator() {
        ModeWeights truth = new ModeWeights(means(), 2).add(Samples.modes(200_000, MODES, 100));
        return new MixtureEvaluator(2, means(), new double[] {1, 1, 1, 1, 1}, MixtureEvaluatorTest::logDensity, truth);
    }

    @Test
    void exactSamplesAreAtTheFloor() {
        int rows = 20_000;
        MixtureEvaluation evaluation = evaluator().evaluate(Samples.modes(rows, MODES, 1),
                Samples.modes(rows, MODES, 2),
                Samples.modes(rows, MODES, 3), new SubsetDistances(2, 100, 60, 1, 2));
        MixtureMetrics samples = evaluation.samples();
        MixtureMetrics floor = evaluation.floor();
        assertThat(samples.samples()).isEqualTo(rows);
        assertThat(samples.modes()).isEqualTo(MODES);
        assertThat(samples.modesHit()).isEqualTo(MODES);
        assertThat(evaluation.expectedModeWeightError()).isCloseTo(Math.sqrt(4.0 / rows), within(0.002));
        assertThat(samples.modeWeightError()).isLessThan(3 * evaluation.expectedModeWeightError());
        assertThat(samples.leastModeRatio()).isBetween(0.9, 1.0);
        // −entropy of 5 well separated normals: −(1 + ln 2π + ln 5).
        double exact = -(1 + StrictMath.log(2 * Math.PI) + StrictMath.log(5));
        assertThat(samples.logDensity().value()).isCloseTo(exact, within(4 / Math.sqrt(rows)));
        assertThat(samples.logDensity().standardError()).isCloseTo(1 / Math.sqrt(rows), within(0.1 / Math.sqrt(rows)));
        assertThat(samples.energyW2()).isLessThan(0.1);
        assertThat(samples.histogramDistance()).isCloseTo(floor.histogramDistance(), within(0.02));
        assertThat(samples.outsideShare()).isLessThan(1e-4);
        Estimate ratio = evaluation.transport().w2OverFloor();
        assertThat(Math.abs(ratio.value() - 1)).isLessThan(4 * ratio.standardError());
    }

    @Test
    void wrongSamplesAreFoundOut() {
        int rows = 5_000;
        float[] samples = Samples.modes(rows, MODES, 4);
        float[] means = Samples.narrow(means());
        for (int row = 0; row < rows; row++) {
            // The first mode's samples go to the second mode, two standard deviations off.
            if (Math.hypot(samples[2 * row] - means[0], samples[2 * row + 1] - means[1]) < 8) {
                samples[2 * row] += means[2] - means[0] + 2;
                samples[2 * row + 1] += means[3] - means[1];
            }
        }
        MixtureEvaluation evaluation = evaluator().evaluate(samples, Samples.modes(rows, MODES, 5),
                Samples.modes(rows, MODES, 6), new SubsetDistances(2, 100, 50, 1, 2));
        MixtureMetrics metrics = evaluation.samples();
        assertThat(metrics.modesHit()).isEqualTo(4);
        assertThat(metrics.leastModeRatio()).isZero();
        assertThat(metrics.modeWeightError()).isCloseTo(Math.sqrt(2.0 / 5), within(0.06));
        assertThat(metrics.histogramDistance()).isGreaterThan(evaluation.floor().histogramDistance() + 0.05);
        assertThat(metrics.logDensity().value()).isLessThan(evaluation.floor().logDensity().value() - 0.3);
        assertThat(metrics.energyW2()).isGreaterThan(evaluation.floor().energyW2());
        assertThat(evaluation.transport().w2OverFloor().value()).isGreaterThan(1.2);
    }

    @Test
    void refusesSamplesThatDoNotFit() {
        MixtureEvaluator evaluator = evaluator();
        SubsetDistances subsets = new SubsetDistances(2, 5, 1, 1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluator.evaluate(new float[20], new float[22], new float[20], subsets))
                .withMessageContaining("exact has 22 values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluator.evaluate(new float[0], new float[0], new float[0], subsets))
                .withMessageContaining("samples has 0 values");
        float[] bad = new float[20];
        bad[19] = Float.NaN;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluator.evaluate(bad, new float[20], new float[20], subsets))
                .withMessageContaining("NaN in row 9, column 1");
    }
}
