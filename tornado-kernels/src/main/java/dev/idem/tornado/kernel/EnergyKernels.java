package dev.idem.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * E and −∇E of every row, one kernel per energy, for a kernel cannot be given a function.
 *
 * <p>Read: x [row][dimension], constants as {@link Energies} states. Modified: energy [row][width], further columns
 * being zero; force [row][dimension].
 */
public final class EnergyKernels {

    private EnergyKernels() {}

    private static void load(FloatArray x, int row, float[] y, int dimension) {
        for (int axis = 0; axis < dimension; axis++) {
            y[axis] = x.get(row * dimension + axis);
        }
    }

    private static void store(FloatArray energy, FloatArray force, int row, float value, float[] f, int width,
            int dimension) {
        float wall = 3e38f;
        boolean finite = value < wall;
        for (int column = 0; column < width; column++) {
            energy.set(row * width + column, column == 0 ? value : 0f);
        }
        for (int axis = 0; axis < dimension; axis++) {
            force.set(row * dimension + axis, finite ? f[axis] : 0f);
        }
    }

    /** Energies and forces of {@link Energies#mixture}. */
    public static void mixture(FloatArray x, FloatArray constants, FloatArray energy, FloatArray force, int rows,
            int width, int modes, int dimension) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float[] y = new float[dimension];
            float[] f = new float[dimension];
            load(x, row, y, dimension);
            float value = Energies.mixture(y, f, constants, modes, dimension);
            store(energy, force, row, value, f, width, dimension);
        }
    }

    /** Energies and forces of {@link Energies#pairDoubleWell}. */
    public static void pairDoubleWell(FloatArray x, FloatArray constants, FloatArray energy, FloatArray force, int rows,
            int width, int particles, int axes) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float[] y = new float[particles * axes];
            float[] f = new float[particles * axes];
            load(x, row, y, particles * axes);
            float value = Energies.pairDoubleWell(y, f, constants, particles, axes);
            store(energy, force, row, value, f, width, particles * axes);
        }
    }

    /** Energies and forces of {@link Energies#lennardJones}. */
    public static void lennardJones(FloatArray x, FloatArray constants, FloatArray energy, FloatArray force, int rows,
            int width, int particles, int axes) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float[] y = new float[particles * axes];
            float[] f = new float[particles * axes];
            load(x, row, y, particles * axes);
            float value = Energies.lennardJones(y, f, constants, particles, axes);
            store(energy, force, row, value, f, width, particles * axes);
        }
    }

    /** Energies and forces of {@link Energies#manyWell}. */
    public static void manyWell(FloatArray x, FloatArray energy, FloatArray force, int rows, int width, int dimension) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float[] y = new float[dimension];
            float[] f = new float[dimension];
            load(x, row, y, dimension);
            float value = Energies.manyWell(y, f, dimension);
            store(energy, force, row, value, f, width, dimension);
        }
    }

    /** Energies and forces of {@link Energies#funnel}. */
    public static void funnel(FloatArray x, FloatArray constants, FloatArray energy, FloatArray force, int rows,
            int width, int dimension) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float[] y = new float[dimension];
            float[] f = new float[dimension];
            load(x, row, y, dimension);
            float value = Energies.funnel(y, f, constants, dimension);
            store(energy, force, row, value, f, width, dimension);
        }
    }
}
