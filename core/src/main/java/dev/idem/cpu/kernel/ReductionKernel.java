package dev.idem.cpu.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums over ranges, in double precision or in a fixed order of partial sums.
 *
 * <p>Numerics of sums over a range: in its whole blocks of 16 elements, element i belongs to lane i mod 16, and a lane adds its elements
 * in order. Then the lanes are added in order, then the elements of the last, incomplete block. The order depends on the length
 * of the range only.
 */
public final class ReductionKernel {

    private static final VectorSpecies<Double> DOUBLE = VectorSpecies.of(double.class,
            VectorShape.forBitSize(Lanes.BITS));

    private ReductionKernel() {}

    /**
     * Returns Σ x_i² over [from, to), every square exact.
     *
     * <p>Not modified: x.
     */
    public static double sumOfSquares(float[] x, int from, int to) {
        return sum(x, from, to, true);
    }

    /**
     * Returns Σ x_i over [from, to).
     *
     * <p>Not modified: x.
     */
    public static double sum(float[] x, int from, int to) {
        return sum(x, from, to, false);
    }

    /**
     * Returns the mean of x over [from, to).
     *
     * <p>Not modified: x.
     *
     * @throws IllegalArgumentException if the range is empty
     */
    public static double mean(float[] x, int from, int to) {
        if (to <= from) {
            throw new IllegalArgumentException("range must not be empty, got [" + from + ", " + to + ")");
        }
        return sum(x, from, to) / (to - from);
    }

    /**
     * Adds partial sums: sum_i = ((p_0i + p_1i) + p_2i) + … for i in [from, to).
     *
     * <p>Read: partials [parts][stride]. Modified: sum, from {@code from} to {@code to}. No aliasing.
     *
     * @throws IllegalArgumentException if there are no parts
     */
    public static void mergePartials(float[] partials, int parts, int stride, int from, int to, float[] sum) {
        if (parts < 1) {
            throw new IllegalArgumentException("parts must be at least 1, got " + parts);
        }
        int bound = from + Lanes.FLOAT.loopBound(to - from);
        for (int i = from; i < bound; i += Lanes.COUNT) {
            FloatVector total = FloatVector.fromArray(Lanes.FLOAT, partials, i);
            for (int part = 1; part < parts; part++) {
                total = total.add(FloatVector.fromArray(Lanes.FLOAT, partials, part * stride + i));
            }
            total.intoArray(sum, i);
        }
        for (int i = bound; i < to; i++) {
            float total = partials[i];
            for (int part = 1; part < parts; part++) {
                total += partials[part * stride + i];
            }
            sum[i] = total;
        }
    }

    private static double sum(float[] x, int from, int to, boolean squared) {
        int bound = to - (to - from) % Lanes.LOGICAL;
        double total = 0;
        for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
            DoubleVector low = DoubleVector.zero(DOUBLE);
            DoubleVector high = DoubleVector.zero(DOUBLE);
            for (int i = from + lane; i < bound; i += Lanes.LOGICAL) {
                FloatVector values = FloatVector.fromArray(Lanes.FLOAT, x, i);
                DoubleVector first = (DoubleVector) values.convert(VectorOperators.F2D, 0);
                DoubleVector second = (DoubleVector) values.convert(VectorOperators.F2D, 1);
                low = squared ? first.fma(first, low) : low.add(first);
                high = squared ? second.fma(second, high) : high.add(second);
            }
            total = addLanes(addLanes(total, low), high);
        }
        for (int i = bound; i < to; i++) {
            total += squared ? (double) x[i] * x[i] : x[i];
        }
        return total;
    }

    /** Written out, because only a constant lane is read without a detour through memory. */
    private static double addLanes(double total, DoubleVector lanes) {
        double sum = total + lanes.lane(0) + lanes.lane(1);
        if (Lanes.BITS > 128) {
            sum = sum + lanes.lane(2) + lanes.lane(3);
        }
        if (Lanes.BITS > 256) {
            sum = sum + lanes.lane(4) + lanes.lane(5) + lanes.lane(6) + lanes.lane(7);
        }
        return sum;
    }
}
