package dev.idem.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.task.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaussianMixtureTest {

    /**
     * Analytic values of the mixture smoothed by extra variance h, in model coordinates (computed with numpy in double
     * precision from the published means).
     */
    @ParameterizedTest
    @CsvSource({"0, 0, 0, -23.316347949, -186.8610206, 122.7425003", "0, 0, 0.1, -8.788800445, -0.6396918, 0.5565294",
            "0.1, -0.3, 0.001, -11.549719658, -34.2688293, -65.2099882",
            "-0.33, -0.29, 0, -24.485755649, 127.8436025, 192.4157153",
            "0.7, 0.7, 0.001, -6.982289709, -2.2692634, 3.4829084",
            "0.7, 0.7, 0.1, -9.355033951, -2.4711987, -0.8451582"})
    void hasThePublishedValues(double x, double y, double h, double logDensity, double scoreX, double scoreY) {
        GaussianMixture smoothed = ((GaussianMixture) Tasks.gmm40().energy()).smoothed(h);
        double[] score = new double[2];
        double own = smoothed.logDensityAndScore(new double[] {x, y}, 0, score, 0);
        assertThat(own - 2 * Math.log(50)).isCloseTo(logDensity, within(1e-8)); // per raw coordinate
        assertThat(score[0]).isCloseTo(scoreX, within(2e-7));
        assertThat(score[1]).isCloseTo(scoreY, within(2e-7));
    }

    @Test
    void scoreIsTheGradientOfTheLogDensity() {
        GaussianMixture mixture = GaussianMixture.of(3, new double[] {1, 2}, new double[] {0, 1, 2, -1, 0.5, 0},
                new double[] {0.5, 1.5});
        double[] x = {0.3, -0.2, 0.9};
        double[] score = new double[3];
        mixture.logDensityAndScore(x, 0, score, 0);
        for (int axis = 0; axis < 3; axis++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[axis] += 1e-6;
            down[axis] -= 1e-6;
            double difference = (mixture.logDensity(up, 0) - mixture.logDensity(down, 0)) / 2e-6;
            assertThat(score[axis]).isCloseTo(difference, within(1e-8));
        }
    }

    @Test
    void isNormalised() {
        GaussianMixture mixture = GaussianMixture.of(1, new double[] {3, 1}, new double[] {-1, 2},
                new double[] {0.3, 0.7});
        double sum = 0;
        for (double x = -8; x < 8; x += 1e-3) {
            sum += Math.exp(mixture.logDensity(new double[] {x}, 0)) * 1e-3;
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
    }

    @Test
    void farPointsHaveFiniteEnergies() {
        double[] score = new double[2];
        double logDensity = Tasks.gmm40().exactMixture().orElseThrow().logDensityAndScore(new double[] {1e4, -1e4}, 0,
                score, 0);
        assertThat(logDensity).isFinite().isLessThan(-1e7);
        assertThat(score[0]).isFinite();
    }

    @Test
    void valuesAreChecked() {
        assertThatThrownBy(() -> GaussianMixture.of(2, new double[] {1}, new double[] {0}, new double[] {1}))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("needs 2 means");
        assertThatThrownBy(
                () -> GaussianMixture.of(1, new double[] {1, -1}, new double[] {0, 0}, new double[] {1, 1}))
                .hasMessageContaining("weight of mode 1").hasMessageContaining("-1.0");
        assertThatThrownBy(() -> GaussianMixture.of(1, new double[] {1}, new double[] {Double.NaN},
                new double[] {1})).hasMessageContaining("mean of mode 0");
        assertThatThrownBy(() -> GaussianMixture.of(1, new double[] {1}, new double[] {0}, new double[] {0}))
                .hasMessageContaining("standard deviation of mode 0");
    }

    @Test
    void knowsItsStandardDeviation() {
        assertThat(Tasks.gmm40().exactMixture().orElseThrow().coordinateDeviation())
                .isCloseTo(Math.sqrt((21.02 * 21.02 + 24.97 * 24.97) / 2), within(0.01));
    }
}
