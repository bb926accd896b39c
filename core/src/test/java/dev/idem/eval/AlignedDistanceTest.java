package dev.idem.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlignedDistanceTest {

    private static final int[][] OF_THREE = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    @ParameterizedTest
    @CsvSource({"2,1", "4,1", "2,2", "4,2", "3,3", "4,3", "5,2", "13,3", "17,2", "55,3"})
    void doesNotSeeSymmetries(int particles, int axes) {
        AlignedDistance distance = new AlignedDistance(particles, axes, 16);
        for (int seed = 0; seed < 10; seed++) {
            double[] x = meanFree(particles, axes, seed);
            double[] moved = transformed(x, particles, axes, seed + 100);
            assertThat(Math.sqrt(distance.squared(x, 0, moved, 0))).isLessThan(1e-6);
        }
    }

    @Test
    void threeParticlesInThePlaneAgreeWithAFineScanOfAngles() {
        AlignedDistance distance = new AlignedDistance(3, 2, 1);
        for (int seed = 0; seed < 5; seed++) {
            double[] x = meanFree(3, 2, seed);
            double[] y = meanFree(3, 2, seed + 50);
            double least = Double.POSITIVE_INFINITY;
            for (int[] order : OF_THREE) {
                for (int step = 0; step < 20_000; step++) {
                    double angle = 2 * Math.PI * step / 20_000;
                    least = Math.min(least, scanned(x, y, order, angle, 1));
                    least = Math.min(least, scanned(x, y, order, angle, -1));
                }
            }
            double found = distance.squared(x, 0, y, 0);
            assertThat(found).isLessThanOrEqualTo(least).isCloseTo(least, within(1e-6));
        }
    }

    private static double scanned(double[] x, double[] y, int[] order, double angle, int mirror) {
        double cosine = StrictMath.cos(angle);
        double sine = StrictMath.sin(angle);
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double y0 = y[2 * order[i]];
            double y1 = mirror * y[2 * order[i] + 1];
            double d0 = x[2 * i] - cosine * y0 + sine * y1;
            double d1 = x[2 * i + 1] - sine * y0 - cosine * y1;
            sum += d0 * d0 + d1 * d1;
        }
        return sum;
    }

    @Test
    void planeAndSpaceAgree() {
        // The same four points in the plane and in space: reflections make the third axis of no use.
        AlignedDistance plane = new AlignedDistance(4, 2, 1);
        AlignedDistance space = new AlignedDistance(4, 3, 1);
        for (int seed = 0; seed < 10; seed++) {
            double[] x = meanFree(4, 2, seed);
            double[] y = meanFree(4, 2, seed + 50);
            assertThat(space.squared(lifted(x), 0, lifted(y), 0)).isCloseTo(plane.squared(x, 0, y, 0), within(1e-12));
        }
    }

    private static double[] lifted(double[] x) {
        double[] result = new double[x.length / 2 * 3];
        for (int i = 0; i < x.length / 2; i++) {
            result[3 * i] = x[2 * i];
            result[3 * i + 2] = x[2 * i + 1];
        }
        return result;
    }

    @Test
    void moreStartsNeverLoosenTheBoundWhichFewReach() {
        AlignedDistance one = new AlignedDistance(6, 2, 4);
        AlignedDistance some = new AlignedDistance(6, 2, 16);
        AlignedDistance many = new AlignedDistance(6, 2, 400);
        double sum = 0;
        double best = 0;
        for (int seed = 0; seed < 40; seed++) {
            double[] x = meanFree(6, 2, seed);
            double[] y = meanFree(6, 2, seed + 500);
            double bound = some.squared(x, 0, y, 0);
            assertThat(bound).isLessThanOrEqualTo(one.squared(x, 0, y, 0));
            assertThat(many.squared(x, 0, y, 0)).isLessThanOrEqualTo(bound);
            sum += bound;
            best += many.squared(x, 0, y, 0);
        }
        assertThat(sum / best).isBetween(1.0, 1.05);
    }

    @Test
    void configurationsOnALineAndCoincidentOnesAreFine() {
        AlignedDistance distance = new AlignedDistance(5, 3, 8);
        double[] line = {-2, 0, 0, -1, 0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0};
        double[] other = {0, -2, 0, 0, -1, 0, 0, 0, 0, 0, 2, 0, 0, 1, 0};
        assertThat(distance.squared(line, 0, other, 0)).isCloseTo(0, within(1e-12));
        assertThat(distance.squared(line, 0, new double[15], 0)).isCloseTo(10, within(1e-12));
        assertThat(distance.squared(new double[15], 0, new double[15], 0)).isZero();
    }

    static double[] meanFree(int particles, int axes, long seed) {
        return Particles.meanFree(Samples.narrow(Samples.normal(particles, axes, seed)), particles, axes);
    }

    /** Shuffles the particles and applies a random rotation or reflection, by Gram and Schmidt. */
    private static double[] transformed(double[] x, int particles, int axes, long seed) {
        double[] q = Samples.normal(axes, axes, seed);
        for (int row = 0; row < axes; row++) {
            for (int other = 0; other < row; other++) {
                double product = 0;
                for (int k = 0; k < axes; k++) {
                    product += q[row * axes + k] * q[other * axes + k];
                }
                for (int k = 0; k < axes; k++) {
                    q[row * axes + k] -= product * q[other * axes + k];
                }
            }
            double square = 0;
            for (int k = 0; k < axes; k++) {
                square += q[row * axes + k] * q[row * axes + k];
            }
            for (int k = 0; k < axes; k++) {
                q[row * axes + k] /= Math.sqrt(square);
            }
        }
        double[] shuffled = Samples.shuffled(x, axes, seed);
        double[] result = new double[x.length];
        for (int i = 0; i < particles; i++) {
            for (int row = 0; row < axes; row++) {
                for (int k = 0; k < axes; k++) {
                    result[i * axes + row] += q[row * axes + k] * shuffled[i * axes + k];
                }
            }
        }
        if (new SplittableRandom(seed).nextBoolean()) {
            for (int i = 0; i < particles; i++) {
                result[i * axes] = -result[i * axes];
            }
        }
        return result;
    }
}
