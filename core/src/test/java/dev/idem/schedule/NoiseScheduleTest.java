package dev.idem.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NoiseScheduleTest {

    static Stream<NoiseSchedule> schedules() {
        return Stream.of(new NoiseSchedule.Geometric(1e-5, 1), new NoiseSchedule.Geometric(0.5, 4),
                new NoiseSchedule.LogUniform(0.002, 1), new NoiseSchedule.Power(2, 1), new NoiseSchedule.Power(9, 2),
                new NoiseSchedule.Power(1, 3.5));
    }

    /** The accumulated variance is the integral of the squared diffusion: Simpson's rule on 20,000 intervals. */
    @ParameterizedTest
    @MethodSource("schedules")
    void varianceIsTheIntegralOfTheSquaredDiffusion(NoiseSchedule schedule) {
        int intervals = 20_000;
        double width = 1.0 / intervals;
        double sum = 0;
        for (int i = 0; i <= intervals; i++) {
            double weight = i == 0 || i == intervals ? 1 : i % 2 == 1 ? 4 : 2;
            double g = schedule.diffusion(i * width);
            sum += weight * g * g * width / 3;
        }
        assertThat(schedule.variance(1) - schedule.variance(0)).isCloseTo(sum, Percentage.withPercentage(1e-4));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void timeOfInvertsVariance(NoiseSchedule schedule) {
        for (double t = 0.05; t <= 1; t += 0.05) {
            assertThat(schedule.timeOf(schedule.variance(t))).isCloseTo(t, within(1e-10));
        }
    }

    /** Golden values of the published schedule, computed from its formula in double precision with numpy. */
    @ParameterizedTest
    @CsvSource({"1e-5, 1, 0, 4.79852591e-05, 0", "1e-5, 1, 0.5, 0.0151742713, 9.9999e-06",
            "1e-5, 1, 0.75, 0.269840942, 0.00316227756", "1e-5, 1, 1, 4.79852591, 0.9999999999",
            "1e-5, 3, 0.001, 5.08599749e-05, 2.55438687e-12", "0.01, 2, 0.25, 0.122416929, 0.00131421356",
            "0.5, 4, 0.001, 1.02178953, 0.00104188581", "0.5, 4, 1, 8.15733592, 15.75"})
    void geometricHasThePublishedValues(double sigmaMin, double sigmaMax, double t, double diffusion,
            double variance) {
        NoiseSchedule schedule = new NoiseSchedule.Geometric(sigmaMin, sigmaMax);
        assertThat(schedule.diffusion(t)).isCloseTo(diffusion, Percentage.withPercentage(1e-6));
        assertThat(schedule.variance(t)).isCloseTo(variance, within(1e-7 * variance + 1e-30));
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> new NoiseSchedule.Geometric(1, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.0 and 1.0");
        assertThatThrownBy(() -> new NoiseSchedule.LogUniform(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NoiseSchedule.Power(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void learningRateWarmsUpAndDecays() {
        LearningRate rate = new LearningRate(2, 10, 100, 0.01);
        assertThat(rate.at(0)).isCloseTo(0.2, within(1e-3));
        assertThat(rate.at(9)).isCloseTo(2 * (0.01 + 0.99 * 0.5 * (1 + Math.cos(0.09 * Math.PI))), within(1e-12));
        for (int step = 10; step < 100; step++) {
            double decay = 0.01 + 0.99 * 0.5 * (1 + StrictMath.cos(StrictMath.PI * step / 100));
            assertThat(rate.at(step)).isCloseTo(2 * decay, within(1e-15));
        }
        assertThat(rate.at(50)).isCloseTo(2 * 0.505, within(1e-12));
        assertThat(rate.at(100)).isCloseTo(0.02, within(1e-12));
        assertThat(rate.at(1000)).isCloseTo(0.02, within(1e-12));
        assertThat(new LearningRate(3, 0, 1, 1).at(77)).isEqualTo(3);
        assertThatThrownBy(() -> new LearningRate(0, 0, 1, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.0");
    }
}
