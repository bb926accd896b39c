package dev.idem.cpu.kernel;

import java.util.Arrays;

/**
 * Weighted sums over the copies of one row, by logical lane, in double precision on a common scale; what a score kernel
 * hands to {@link ScoreMerge}.
 */
final class LaneSums {

    final int dimension;

    /** The log weight that counts as one: the largest −E so far, −∞ before the first copy of finite energy. */
    double shift;

    /** Σ w of each lane. */
    final double[] weight = new double[Lanes.LOGICAL];

    /** Σ w² of each lane. */
    final double[] square = new double[Lanes.LOGICAL];

    /** Room for 1/Σ w of all other lanes. */
    final double[] rest = new double[Lanes.LOGICAL];

    /** Σ w (−∇E), [axis][lane]. */
    final double[] force;

    /** Σ w ε, [axis][lane]. */
    final double[] step;

    LaneSums(int dimension) {
        this.dimension = dimension;
        force = new double[dimension * Lanes.LOGICAL];
        step = new double[dimension * Lanes.LOGICAL];
    }

    /** Empties the sums, for a new row. */
    void clear() {
        shift = Double.NEGATIVE_INFINITY;
        Arrays.fill(weight, 0);
        Arrays.fill(square, 0);
        Arrays.fill(force, 0);
        Arrays.fill(step, 0);
    }

    /** Puts the sums on the scale of a larger shift, if it is larger. */
    void raiseShift(double larger) {
        if (larger > shift) {
            double factor = StrictMath.exp(shift - larger);
            scale(weight, factor);
            scale(square, factor * factor);
            scale(force, factor);
            scale(step, factor);
            shift = larger;
        }
    }

    private static void scale(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    /** Returns the sum of the weights, in the order of the lanes. */
    double totalWeight() {
        double total = 0;
        for (double laneWeight : weight) {
            total += laneWeight;
        }
        return total;
    }
}
