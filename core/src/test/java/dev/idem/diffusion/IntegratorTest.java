package dev.idem.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.program.SamplerOp;
import dev.idem.schedule.NoiseSchedule;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Integrators on a Gaussian target, where every step is linear and the variance can be followed exactly. */
class IntegratorTest {

    private static final double DATA_VARIANCE = 0.3 * 0.3;
    private static final NoiseSchedule SCHEDULE = new NoiseSchedule.LogUniform(0.001, 2);

    private static Levels levels(int steps) {
        return new Levels(steps, 0.001, 2, 0, 0);
    }

    /**
     * Returns the variance at the end for the target N(0, v) with its exact score −x/(v + h), following the covariance of
     * (x, what is remembered) through the table.
     */
    private static double finalVariance(Integrator integrator, double startVariance) {
        float[] table = integrator.table(SCHEDULE);
        double xx = startVariance;
        double xp = 0;
        double pp = 0;
        for (int step = 0; step < integrator.steps(); step++) {
            int at = step * SamplerOp.COLUMNS;
            double h = table[at + SamplerOp.VARIANCE];
            double score = -1 / (DATA_VARIANCE + h);
            double own = table[at + SamplerOp.POINT] + table[at + SamplerOp.SCORE] * score;
            double previous = table[at + SamplerOp.PREVIOUS];
            double noise = table[at + SamplerOp.NOISE];
            double denoised = 1 + table[at + SamplerOp.MEMORY] * score;
            double nextXx = own * own * xx + 2 * own * previous * xp + previous * previous * pp + noise * noise;
            double nextXp = denoised * (own * xx + previous * xp);
            pp = denoised * denoised * xx;
            xx = nextXx;
            xp = nextXp;
        }
        return xx;
    }

    private static double order(IntFunction<Integrator> ofSteps) {
        double start = DATA_VARIANCE + SCHEDULE.variance(1);
        double coarse = Math.abs(finalVariance(ofSteps.apply(60), start) - DATA_VARIANCE);
        double fine = Math.abs(finalVariance(ofSteps.apply(120), start) - DATA_VARIANCE);
        return Math.log(coarse / fine) / Math.log(2);
    }

    @Test
    void eulerVarianceConvergesWithWeakOrderOne() {
        assertThat(order(steps -> new Integrator.EulerVariance(levels(steps)))).isCloseTo(1, within(0.15));
    }

    @Test
    void posteriorConvergesWithWeakOrderOne() {
        assertThat(order(steps -> new Integrator.Posterior(levels(steps)))).isCloseTo(1, within(0.15));
    }

    @Test
    void secondOrderConvergesFasterAndIsCloserAtFewSteps() {
        double start = DATA_VARIANCE + SCHEDULE.variance(1);
        double first = Math.abs(finalVariance(new Integrator.Posterior(levels(60)), start) - DATA_VARIANCE);
        double second = Math.abs(finalVariance(new Integrator.SecondOrder(levels(60), 0), start) - DATA_VARIANCE);
        assertThat(second).isLessThan(first / 3);
        assertThat(order(steps -> new Integrator.SecondOrder(levels(steps), 0))).isGreaterThan(1.5);
    }

    /** With the width of the target the second-order step is exact, however few there are. */
    @Test
    void secondOrderIsExactForAGaussianOfItsWidth() {
        double start = DATA_VARIANCE + SCHEDULE.variance(1);
        for (int steps : new int[] {2, 3, 10, 40}) {
            Integrator integrator = new Integrator.SecondOrder(new Levels(steps, 0.01, 2, 0, 0.3), 0.3);
            assertThat(finalVariance(integrator, start)).isCloseTo(DATA_VARIANCE, within(1e-6));
        }
    }

    /** Steps so fine that what is left is the error of the last one. */
    @Test
    void halfTheLastStepLeavesTheTargetsWidth() {
        double start = DATA_VARIANCE + SCHEDULE.variance(1);
        Levels levels = new Levels(20_000, 0.05, 2, 0, 0);
        double whole = finalVariance(new Integrator.Posterior(levels), start) - DATA_VARIANCE;
        assertThat(whole).isCloseTo(-0.05 * 0.05, within(2e-4));
        for (Integrator half : List.of(new Integrator.Posterior(levels, true),
                new Integrator.SecondOrder(levels, 0, true))) {
            double left = finalVariance(half, start) - DATA_VARIANCE;
            assertThat(Math.abs(left)).isLessThan(0.05 * Math.abs(whole));
        }
    }

    @Test
    void aRestartIsExactWhereItsWaysAre() {
        double start = DATA_VARIANCE + SCHEDULE.variance(1);
        Integrator first = new Integrator.SecondOrder(new Levels(7, 0.01, 2, 0, 0.3), 0.3);
        Integrator again = new Integrator.SecondOrder(new Levels(5, 0.01, 0.4, 0, 0.3), 0.3);
        Integrator restarted = new Integrator.Restarted(first, again, 0.4);
        assertThat(restarted.steps()).isEqualTo(12);
        assertThat(restarted.table(SCHEDULE)).hasSize(12 * SamplerOp.COLUMNS);
        assertThat(finalVariance(restarted, start)).isCloseTo(DATA_VARIANCE, within(1e-6));
    }

    /** Of an excess e of the variance v a way down from s leaves e v² / (v + s²)², where steps are fine. */
    @Test
    void aRestartForgetsWhatIsFinerThanItsNoise() {
        Levels fine = new Levels(4000, 0.001, 2, 0, 0);
        Integrator once = new Integrator.Posterior(fine, true);
        Integrator again = new Integrator.Posterior(new Levels(4000, 0.001, 0.6, 0, 0), true);
        Integrator twice = new Integrator.Restarted(once, again, 0.6);
        double hot = 40 * (DATA_VARIANCE + SCHEDULE.variance(1));
        double error = finalVariance(once, hot) - DATA_VARIANCE;
        double left = Math.pow(DATA_VARIANCE / (DATA_VARIANCE + 0.36), 2);
        assertThat(error).isGreaterThan(0.05);
        assertThat((finalVariance(twice, hot) - DATA_VARIANCE) / error).isCloseTo(left, within(0.01));
    }

    @Test
    void levelsMayBeEvenInTheVarianceOfTheNoisedTarget() {
        Levels levels = new Levels(9, 0.01, 3, 0, 0.5);
        double ratio = (levels.variance(1) + 0.25) / (levels.variance(0) + 0.25);
        for (int step = 1; step < 8; step++) {
            assertThat((levels.variance(step + 1) + 0.25) / (levels.variance(step) + 0.25))
                    .isCloseTo(ratio, within(1e-12));
        }
    }

    @Test
    void eulerTimeConvergesToTheTarget() {
        double start = DATA_VARIANCE + SCHEDULE.variance(1);
        double coarse = Math.abs(finalVariance(new Integrator.EulerTime(500, 1), start) - DATA_VARIANCE);
        double fine = Math.abs(finalVariance(new Integrator.EulerTime(2000, 1), start) - DATA_VARIANCE);
        assertThat(fine).isLessThan(coarse / 3).isLessThan(0.02 * DATA_VARIANCE);
    }

    @Test
    void lessNoiseCools() {
        double start = DATA_VARIANCE + SCHEDULE.variance(1);
        assertThat(finalVariance(new Integrator.EulerTime(2000, 0.5), start)).isLessThan(0.5 * DATA_VARIANCE);
    }

    @Test
    void timesBelongToTheirVariances() {
        for (Integrator integrator : new Integrator[] {new Integrator.EulerVariance(levels(17)),
                new Integrator.Posterior(levels(17)), new Integrator.SecondOrder(levels(17), 0),
                new Integrator.EulerTime(17, 1)}) {
            float[] table = integrator.table(SCHEDULE);
            for (int step = 0; step < 17; step++) {
                double time = table[step * SamplerOp.COLUMNS + SamplerOp.TIME];
                double variance = table[step * SamplerOp.COLUMNS + SamplerOp.VARIANCE];
                assertThat(variance).isCloseTo(SCHEDULE.variance(time), within(3e-6 * variance));
            }
        }
    }

    @Test
    void levelsReachBothEnds() {
        for (double rho : new double[] {0, 1, 7}) {
            Levels levels = new Levels(5, 0.01, 3, rho, 0);
            assertThat(levels.variance(0)).isCloseTo(9, within(1e-12));
            assertThat(levels.variance(4)).isCloseTo(1e-4, within(1e-12));
        }
        assertThat(new Levels(1, 0.01, 3, 0, 0).variance(0)).isEqualTo(9);
        assertThatThrownBy(() -> new Levels(0, 0.01, 3, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
