package dev.idem.cpu.kernel;

import dev.idem.energy.HostEnergy;
import dev.idem.energy.InvalidEnergyException;
import java.util.Arrays;

/** How kernels call a user's energy: under its monitor if it wants that, and with its results checked. */
final class HostEnergyCalls {

    private HostEnergyCalls() {}

    /**
     * Evaluates points [point][axis] from the array's start.
     *
     * <p>Modified: energies [point], gradient [point][axis].
     *
     * @throws InvalidEnergyException if an energy is NaN or −∞
     */
    static void evaluate(HostEnergy energy, float[] points, int count, int dimension, double[] energies,
            float[] gradient) {
        if (energy.threadSafe()) {
            energy.evaluate(points, count, energies, gradient);
        } else {
            synchronized (energy) {
                energy.evaluate(points, count, energies, gradient);
            }
        }
        for (int point = 0; point < count; point++) {
            double value = energies[point];
            if (Double.isNaN(value) || value == Double.NEGATIVE_INFINITY) {
                throw new InvalidEnergyException("energy " + value + " at " + point(points, point, dimension)
                        + "; an energy must be finite or +Infinity");
            }
        }
    }

    /** Returns what to throw for a gradient that is NaN at a finite energy. */
    static InvalidEnergyException invalidGradient(float[] points, int point, int axis, int dimension, double energy) {
        return new InvalidEnergyException("gradient component " + axis + " is NaN at " + point(points, point, dimension)
                + ", where the energy is " + energy);
    }

    private static String point(float[] points, int point, int dimension) {
        return Arrays.toString(Arrays.copyOfRange(points, point * dimension, (point + 1) * dimension));
    }
}
