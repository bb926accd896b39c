package dev.idem.eval;

import java.util.Arrays;

/** The energy above which a sample counts as exploded where nothing is known of the energy but its values at samples. */
public final class ExplosionBound {

    private static final double DEVIATIONS = 10;

    /** Distance between the quartiles of a normal law, in its standard deviations. */
    private static final double QUARTILES_IN_DEVIATIONS = 1.349;

    private ExplosionBound() {}

    /**
     * Returns median + 10 deviations of the finite energies, the deviation being the distance between the quartiles over 1.349, that of a normal law. Up to a
     * quarter of the samples may have any energy at all without moving it far. +∞ if none is finite: then nothing is known.
     *
     * @param energies not modified
     */
    public static double of(float[] energies) {
        float[] sorted = new float[energies.length];
        int count = 0;
        for (float energy : energies) {
            if (Float.isFinite(energy)) {
                sorted[count++] = energy;
            }
        }
        if (count == 0) {
            return Double.POSITIVE_INFINITY;
        }
        Arrays.sort(sorted, 0, count);
        double deviation = ((double) sorted[3 * (count - 1) / 4] - sorted[(count - 1) / 4]) / QUARTILES_IN_DEVIATIONS;
        return sorted[(count - 1) / 2] + DEVIATIONS * deviation;
    }
}
