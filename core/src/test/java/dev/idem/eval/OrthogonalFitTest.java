package dev.idem.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrthogonalFitTest {

    private static final double GOLDEN_SUM = 18.484533038036457;
    private static final double[] GOLDEN_ROTATION = {-0.6579099179529959, -0.009533084315172743, 0.7530362940539602,
            -0.05382562819923741, 0.9979578938780972, -0.034392496207016385, 0.7511706474617067, 0.06315981594203687,
            0.6570795203338239};

    /**
     * Made by numpy 2.4.6: {@code python3 -c "import numpy as np; h=np.array([[1,2,3],[4,5,6],[7,8,10]],float);
     * u,s,v=np.linalg.svd(h); print(s.sum(), (u@v).tolist())"}.
     */
    @Test
    void agreesWithNumpy() {
        double[] rotation = new double[9];
        double sum = new OrthogonalFit(3).fit(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 10}, rotation);
        assertThat(sum).isCloseTo(GOLDEN_SUM, within(1e-12));
        assertThat(rotation).containsExactly(GOLDEN_ROTATION, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void rotationIsOrthogonalAndReachesTheSum(int axes) {
        OrthogonalFit fit = new OrthogonalFit(axes);
        double[] rotation = new double[axes * axes];
        for (int seed = 0; seed < 50; seed++) {
            double[] h = Samples.normal(axes, axes, seed);
            double sum = fit.fit(h, rotation);
            requireOrthogonal(rotation, axes);
            double product = 0;
            for (int k = 0; k < h.length; k++) {
                product += h[k] * rotation[k];
            }
            assertThat(sum).isCloseTo(product, within(1e-13));
        }
    }

    @Test
    void matricesOfLowRankGetAnOrthogonalMatrixToo() {
        OrthogonalFit fit = new OrthogonalFit(3);
        double[] rotation = new double[9];
        assertThat(fit.fit(new double[9], rotation)).isZero();
        requireOrthogonal(rotation, 3);
        double[] rankOne = {2, 4, 6, 1, 2, 3, 0, 0, 0};
        assertThat(fit.fit(rankOne, rotation)).isCloseTo(Math.sqrt(70), within(1e-13));
        requireOrthogonal(rotation, 3);
        double[] rankTwo = {1, 0, 1, 0, 1, 1, 0, 0, 0};
        assertThat(fit.fit(rankTwo, rotation)).isCloseTo(1 + Math.sqrt(3), within(1e-13));
        requireOrthogonal(rotation, 3);
    }

    @Test
    void principalAxesAreLongestFirst() {
        double[] frame = new double[9];
        new OrthogonalFit(3).principalAxes(new double[] {1, 0, 0, 0, 5, 0, 0, 0, 3}, frame);
        double[] squares = new double[9];
        for (int k = 0; k < 9; k++) {
            squares[k] = frame[k] * frame[k];
        }
        assertThat(squares).containsExactly(new double[] {0, 0, 1, 1, 0, 0, 0, 1, 0}, within(1e-14));
    }

    private static void requireOrthogonal(double[] matrix, int axes) {
        for (int a = 0; a < axes; a++) {
            for (int b = 0; b < axes; b++) {
                double product = 0;
                for (int k = 0; k < axes; k++) {
                    product += matrix[a * axes + k] * matrix[b * axes + k];
                }
                assertThat(product).isCloseTo(a == b ? 1 : 0, within(1e-13));
            }
        }
    }
}
