package dev.idem.tempering;

import java.util.List;

/**
 * The numbers that chains are judged by: energy and x·∇E; of particles also the mean distance of a pair and the radius
 * of gyration (Σ |x_i|² / N)^½; of other densities the first coordinates.
 */
final class Observables {

    private static final int MOST_COORDINATES = 4;

    private final TemperingTarget target;
    private final int axes;

    Observables(TemperingTarget target) {
        this.target = target;
        this.axes = target.particles() == 0 ? 0 : target.dimension() / target.particles();
    }

    /** Returns the names, in order. */
    List<String> names() {
        if (target.particles() > 0) {
            return List.of("energy", "virial", "pairDistance", "gyration");
        }
        return List.of("energy", "virial", "x0", "x1", "x2", "x3").subList(0,
                2 + Math.min(MOST_COORDINATES, target.dimension()));
    }

    /**
     * Computes all of a mean-free configuration.
     *
     * @param x [axis], not modified
     * @param force −∇E(x), not modified
     * @param values modified from {@code offset} on, in the order of {@link #names}
     */
    void write(double[] x, double energy, double[] force, double[] values, int offset) {
        values[offset] = energy;
        double virial = 0;
        double squares = 0;
        for (int k = 0; k < x.length; k++) {
            virial -= x[k] * force[k];
            squares += x[k] * x[k];
        }
        values[offset + 1] = virial;
        if (target.particles() > 0) {
            values[offset + 2] = meanPairDistance(x);
            values[offset + 3] = Math.sqrt(squares / target.particles());
        } else {
            System.arraycopy(x, 0, values, offset + 2, Math.min(MOST_COORDINATES, x.length));
        }
    }

    private double meanPairDistance(double[] x) {
        int particles = target.particles();
        double sum = 0;
        for (int i = 0; i < particles; i++) {
            for (int j = i + 1; j < particles; j++) {
                double square = 0;
                for (int axis = 0; axis < axes; axis++) {
                    double difference = x[i * axes + axis] - x[j * axes + axis];
                    square += difference * difference;
                }
                sum += Math.sqrt(square);
            }
        }
        return 2 * sum / (particles * (particles - 1.0));
    }
}
