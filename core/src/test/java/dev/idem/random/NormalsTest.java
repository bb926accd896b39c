package dev.idem.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Moments, tails and addressing of the normal numbers. */
class NormalsTest {

    @Test
    void momentsAreThoseOfTheStandardNormal() {
        int count = 400_000;
        double[] moments = new double[5];
        for (int i = 0; i < count; i++) {
            double z = Normals.normal(1, 2, 3, 4, i / 1000, i % 1000);
            double power = 1;
            for (int order = 1; order < moments.length; order++) {
                power *= z;
                moments[order] += power / count;
            }
        }
        double error = 5 / Math.sqrt(count);
        assertThat(moments[1]).isCloseTo(0, within(error));
        assertThat(moments[2]).isCloseTo(1, within(error * Math.sqrt(2)));
        assertThat(moments[3]).isCloseTo(0, within(error * Math.sqrt(15)));
        assertThat(moments[4]).isCloseTo(3, within(error * Math.sqrt(96)));
    }

    @Test
    void neighboursAreUncorrelated() {
        int count = 100_000;
        double axes = 0;
        double copies = 0;
        double rows = 0;
        for (int copy = 0; copy < count; copy++) {
            double z = Normals.copyNormal(1, 2, 3, 4, 5, copy, 0, 2);
            axes += z * Normals.copyNormal(1, 2, 3, 4, 5, copy, 1, 2) / count;
            copies += z * Normals.copyNormal(1, 2, 3, 4, 5, copy + 1, 0, 2) / count;
            rows += z * Normals.copyNormal(1, 2, 3, 4, 6, copy, 0, 2) / count;
        }
        assertThat(axes).isCloseTo(0, within(5 / Math.sqrt(count)));
        assertThat(copies).isCloseTo(0, within(5 / Math.sqrt(count)));
        assertThat(rows).isCloseTo(0, within(5 / Math.sqrt(count)));
    }

    @Test
    void theLargestRadiusIsTheGenerators() {
        assertThat(Math.hypot(Normals.cosine(0, 12345), Normals.sine(0, 12345)))
                .isBetween(Normals.LARGEST_RADIUS - 2e-3, Normals.LARGEST_RADIUS);
        assertThat(Normals.cosine(-1, 12345)).isZero();
    }

    @Test
    void inTwoDimensionsCopiesAreConsecutiveElements() {
        for (int copy = 0; copy < 40; copy++) {
            for (int axis = 0; axis < 2; axis++) {
                assertThat(Normals.copyNormal(1, 2, 3, 4, 5, copy, axis, 2))
                        .isEqualTo(Normals.normal(1, 2, 3, 4, 5, 2 * copy + axis));
            }
        }
    }

    @Test
    void noTwoCopiesShareANumber() {
        for (int dimension : new int[] {1, 2, 3, 5, 8}) {
            Set<Double> seen = new HashSet<>();
            for (int copy = 0; copy < 100; copy++) {
                for (int axis = 0; axis < dimension; axis++) {
                    seen.add(Normals.copyNormal(1, 2, 3, 4, 5, copy, axis, dimension));
                }
            }
            assertThat(seen).hasSize(100 * dimension);
        }
    }
}
