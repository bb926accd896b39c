package dev.idem.cpu.kernel;

import dev.idem.energy.HostEnergy;
import dev.idem.energy.InvalidEnergyException;

/**
 * Energies E(y) and forces −∇E(y) of points, in tiles of 64.
 *
 * <p>Read: points [point][axis] from its offset. Modified: energy [point][2], two floats whose sum it is, force
 * [point][axis], each from its offset; scratch. Where the energy is +∞ the force is zero; a force that is not finite
 * becomes the largest float, so that a weight of zero makes it vanish.
 */
public final class CopyEnergyKernel {

    private static final double LN2 = StrictMath.log(2);
    private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);

    private CopyEnergyKernel() {}

    /** Evaluates a mixture; its logarithm is taken in float, to some 1e-7 of its size. */
    public static void run(MixtureConstants mixture, float[] points, int pointsOffset, int count, float[] energy,
            int energyOffset, float[] force, int forceOffset, PoolScratch s) {
        int dimension = mixture.dimension;
        s.sum.reserve(mixture.modes);
        for (int mode = 0; mode < mixture.modes; mode++) {
            s.sum.peaks[mode] = (float) mixture.offsets[mode];
            s.sum.curvatures[mode] = (float) (0.5 * mixture.precisions[mode] / LN2);
        }
        for (int first = 0; first < count; first += GaussianSumScratch.TILE) {
            int used = Math.min(GaussianSumScratch.TILE, count - first);
            s.sum.load(points, pointsOffset + first * dimension, used);
            GaussianSumKernel.run(mixture.centres, 0, mixture.modes, used, true, s.sum);
            write(s.sum, used, energy, energyOffset + 2 * first, force, forceOffset + first * dimension);
        }
    }

    private static void write(GaussianSumScratch sum, int count, float[] energy, int energyAt, float[] force,
            int forceAt) {
        int dimension = sum.dimension;
        for (int point = 0; point < count; point++) {
            double value = dimension * HALF_LOG_TWO_PI - sum.logSum[point] * LN2;
            TwoFloats.write(value, energy, energyAt + 2 * point);
            for (int axis = 0; axis < dimension; axis++) {
                float pull = (float) (2 * LN2 * sum.pull[axis * GaussianSumScratch.TILE + point]);
                force[forceAt + point * dimension + axis] = value == Double.POSITIVE_INFINITY ? 0 : finite(pull);
            }
        }
    }

    /**
     * Evaluates a user's energy; one that is not thread-safe is called under its own monitor.
     *
     * @throws InvalidEnergyException if the energy returns NaN or −∞, or a NaN gradient where the energy is finite
     */
    public static void run(HostEnergy host, float[] points, int pointsOffset, int count, float[] energy,
            int energyOffset, float[] force, int forceOffset, PoolScratch s) {
        int dimension = s.laneSums.dimension;
        for (int first = 0; first < count; first += GaussianSumScratch.TILE) {
            int used = Math.min(GaussianSumScratch.TILE, count - first);
            System.arraycopy(points, pointsOffset + first * dimension, s.tile, 0, used * dimension);
            HostEnergyCalls.evaluate(host, s.tile, used, dimension, s.energy, s.gradient);
            write(s, used, energy, energyOffset + 2 * first, force, forceOffset + first * dimension);
        }
    }

    private static void write(PoolScratch s, int count, float[] energy, int energyAt, float[] force, int forceAt) {
        int dimension = s.laneSums.dimension;
        for (int point = 0; point < count; point++) {
            boolean wall = s.energy[point] == Double.POSITIVE_INFINITY;
            TwoFloats.write(s.energy[point], energy, energyAt + 2 * point);
            for (int axis = 0; axis < dimension; axis++) {
                float slope = s.gradient[point * dimension + axis];
                if (Float.isNaN(slope) && !wall) {
                    throw HostEnergyCalls.invalidGradient(s.tile, point, axis, dimension, s.energy[point]);
                }
                force[forceAt + point * dimension + axis] = wall ? 0 : finite(-slope);
            }
        }
    }

    private static float finite(float value) {
        return Math.clamp(value, -Float.MAX_VALUE, Float.MAX_VALUE);
    }
}
