package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ContoursTest {

    private static final double[] UNIT = {0, 1};

    @Test
    void followsACircle() {
        double[] steps = new double[61];
        Arrays.setAll(steps, i -> -1.5 + i * 0.05);
        double[][] heights = new double[steps.length][steps.length];
        for (int row = 0; row < steps.length; row++) {
            for (int column = 0; column < steps.length; column++) {
                heights[row][column] = -Math.hypot(steps[row], steps[column]);
            }
        }

        Contours contours = new Contours(steps, steps, heights, -1);

        double length = 0;
        double[] x = contours.x();
        double[] y = contours.y();
        for (int i = 0; i < x.length; i += 3) {
            assertThat(Math.hypot(x[i], y[i])).isEqualTo(1, within(1e-3));
            assertThat(y[i + 2]).isNaN();
            length += Math.hypot(x[i + 1] - x[i], y[i + 1] - y[i]);
        }
        assertThat(length).isEqualTo(2 * Math.PI, within(0.01));
    }

    @Test
    void keepsTheCornersTogetherThatTheMiddleAgreesWith() {
        Contours highMiddle = new Contours(UNIT, UNIT, new double[][] {{3, 0}, {0, 3}}, 1);
        Contours lowMiddle = new Contours(UNIT, UNIT, new double[][] {{3, 0}, {0, 3}}, 2);

        // A line round a low corner joins that corner's two edges: both points are near (1, 0) or near (0, 1).
        assertThat(nearCorner(highMiddle, 1, 0) || nearCorner(highMiddle, 0, 1)).isTrue();
        assertThat(nearCorner(lowMiddle, 0, 0) || nearCorner(lowMiddle, 1, 1)).isTrue();
    }

    private static boolean nearCorner(Contours contours, double x, double y) {
        assertThat(contours.x()).hasSize(6);
        return Math.hypot(contours.x()[0] - x, contours.y()[0] - y) < 0.5
                && Math.hypot(contours.x()[1] - x, contours.y()[1] - y) < 0.5;
    }

    @Test
    void leavesOutWhatIsNotFinite() {
        double[][] wall = {{Double.NEGATIVE_INFINITY, 0}, {2, 2}};

        assertThat(new Contours(UNIT, UNIT, wall, 1).x()).isEmpty();
        assertThat(new Contours(UNIT, UNIT, new double[][] {{0, 0}, {2, 2}}, 1).x()).hasSize(3);
    }
}
