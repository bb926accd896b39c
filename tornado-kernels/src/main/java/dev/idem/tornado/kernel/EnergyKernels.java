package dev.idem.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * E and −∇E of every row, for one of {@link Energies}.
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

    /** Energies and forces of rows. */
    public static void evaluate(FloatArray x, FloatArray constants, FloatArray energy, FloatArray force, int rows,
            int width, int kind, int parts, int dimension) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float[] y = new float[dimension];
            float[] f = new float[dimension];
            load(x, row, y, dimension);
            float value;
            if (Energies.ofParticles(kind)) {
                value = Energies.particles(kind, y, f, constants, parts, dimension);
            } else {
                value = Energies.others(kind, y, f, constants, parts, dimension);
            }
            store(energy, force, row, value, f, width, dimension);
        }
    }
}
