package dev.idem.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlaneHistogramTest {

    private static PlaneHistogram unitSquare() {
        return PlaneHistogram.onBox(new double[] {0, 0}, new double[] {1, 1}, 4);
    }

    @Test
    void totalVariationIsDoneByHand() {
        PlaneHistogram a = unitSquare().add(new float[] {0.1f, 0.1f, 0.1f, 0.2f, 0.6f, 0.6f, 0.9f, 0.1f}, 2);
        PlaneHistogram b = a.emptyCopy().add(new float[] {0.2f, 0.1f, 0.6f, 0.9f}, 2);
        // a: 1/2 in (0, 0), 1/4 in (2, 2), 1/4 in (3, 0); b: 1/2 in (0, 0), 1/2 in (2, 3).
        assertThat(a.totalVariation(b)).isEqualTo(0.5);
        assertThat(b.totalVariation(a)).isEqualTo(0.5);
        assertThat(a.totalVariation(a)).isZero();
    }

    @Test
    void edgesAreInsideAndTheRestIsCounted() {
        PlaneHistogram corners = unitSquare().add(new float[] {0, 0, 1, 1, 0, 1, 1, 0}, 2);
        assertThat(corners.outsideShare()).isZero();
        PlaneHistogram beyond = unitSquare().add(new float[] {0.5f, 1.001f, -0.001f, 0.5f, 0.5f, 0.5f, 1e30f, 0}, 2);
        assertThat(beyond.outsideShare()).isEqualTo(0.75);
        assertThat(beyond.total()).isEqualTo(4);
        PlaneHistogram inside = unitSquare().add(new float[] {0.5f, 0.5f}, 2);
        assertThat(beyond.totalVariation(inside)).isEqualTo(0.75);
    }

    @Test
    void otherCoordinatesDoNotMatter() {
        PlaneHistogram plane = unitSquare().add(new float[] {0.1f, 0.9f}, 2);
        PlaneHistogram space = unitSquare().add(new float[] {0.1f, 0.9f, 77}, 3);
        assertThat(plane.totalVariation(space)).isZero();
        PlaneHistogram line = unitSquare().add(new float[] {0.1f, 0.4f}, 1);
        PlaneHistogram otherLine = unitSquare().add(new float[] {0.2f, 0.8f}, 1);
        assertThat(line.totalVariation(otherLine)).isEqualTo(0.5);
    }

    @Test
    void boxOfAMixtureReachesFiveStandardDeviations() {
        PlaneHistogram histogram = PlaneHistogram.around(new double[] {0, 0, 10, -4}, new double[] {1, 2}, 2, 10);
        assertThat(histogram.add(new float[] {-5, -14, 20, 6}, 2).outsideShare()).isZero();
        assertThat(
                histogram.emptyCopy().add(new float[] {-5.01f, 0, 0, 6.01f, 20.01f, 0, 0, -14.01f}, 2).outsideShare())
                .isEqualTo(1);
    }

    @Test
    void noiseOfEqualBinsIsAsExpected() {
        // Two samples of N points in B equally likely bins: E TV ≈ (B / (π N))^½ for N ≫ B.
        float[] x = new float[200_000];
        float[] y = new float[200_000];
        SplittableRandom random = new SplittableRandom(3);
        for (int k = 0; k < x.length; k++) {
            x[k] = (float) random.nextDouble();
            y[k] = (float) random.nextDouble();
        }
        double distance = unitSquare().add(x, 2).totalVariation(unitSquare().add(y, 2));
        assertThat(distance).isCloseTo(Math.sqrt(16 / (Math.PI * 100_000)), within(0.003));
    }

    @Test
    void refusesWhatCannotBeCompared() {
        PlaneHistogram full = unitSquare().add(new float[2], 2);
        assertThatIllegalArgumentException().isThrownBy(() -> full.totalVariation(unitSquare()))
                .withMessageContaining("1 and 0 samples");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> full
                        .totalVariation(PlaneHistogram.onBox(new double[] {0, 0}, new double[] {1, 2}, 4)))
                .withMessageContaining("another box");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlaneHistogram.onBox(new double[] {0, 1}, new double[] {1, 1}, 4))
                .withMessageContaining("axis 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlaneHistogram.onBox(new double[] {0, 1}, new double[] {1, 2}, 0))
                .withMessageContaining("bins is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> full.add(new float[] {Float.NaN, 0}, 2))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlaneHistogram.around(new double[4], new double[3], 2, 10))
                .withMessageContaining("one per mode: 2");
    }
}
