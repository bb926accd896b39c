package dev.idem.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JointOrderTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 50, 2", "50, 1, 2", "16, 17, 2", "100, 100, 2", "257, 64, 5"})
    void numbersEveryRowOnce(int rows, int otherRows, int dimension) {
        for (double[][] pair : new double[][][] {
                {Samples.normal(rows, dimension, 1), Samples.normal(otherRows, dimension, 2)},
                {Samples.ties(rows, dimension, 1), Samples.ties(otherRows, dimension, 2)}}) {
            JointOrder order = new JointOrder(pair[0], pair[1], dimension);
            assertThat(order.first()).containsExactlyInAnyOrder(IntStream.range(0, rows).toArray());
            assertThat(order.second()).containsExactlyInAnyOrder(IntStream.range(0, otherRows).toArray());
        }
    }

    @Test
    void numbersOnALineAreCutInHalves() {
        double[] x = Samples.normal(64, 1, 3);
        double[] y = Samples.normal(64, 1, 4);
        JointOrder order = new JointOrder(x, y, 1);
        for (double[] arranged : new double[][] {JointOrder.arrange(x, order.first(), 1),
                JointOrder.arrange(y, order.second(), 1)}) {
            double lower = IntStream.range(0, 32).mapToDouble(k -> arranged[k]).max().orElseThrow();
            double upper = IntStream.range(32, 64).mapToDouble(k -> arranged[k]).min().orElseThrow();
            assertThat(lower).isLessThanOrEqualTo(upper);
        }
    }

    @Test
    void firstPlanIsMuchBetterThanARandomOne() {
        double[] x = Points.widen(Samples.modes(512, 11, 5));
        double[] y = Points.widen(Samples.modes(512, 11, 6));
        JointOrder order = new JointOrder(x, y, 2);
        double inOrder = 0;
        double asGiven = 0;
        for (int k = 0; k < 512; k++) {
            for (int axis = 0; axis < 2; axis++) {
                inOrder += Math.abs(x[order.first()[k] * 2 + axis] - y[order.second()[k] * 2 + axis]);
                asGiven += Math.abs(x[k * 2 + axis] - y[k * 2 + axis]);
            }
        }
        assertThat(inOrder).isLessThan(asGiven / 3);
    }
}
