package dev.idem.cpu.kernel;

/**
 * Weighted sums over the copies of one row, by logical lane, in double precision on a common scale; what a score kernel
 * hands to {@link ScoreMerge}.
 */
final class LaneSums {

    final int dimension;

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

    /** Returns the sum of the weights, in the order of the lanes. */
    double totalWeight() {
        double total = 0;
        for (double laneWeight : weight) {
            total += laneWeight;
        }
        return total;
    }
}
