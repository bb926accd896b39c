package dev.idem.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The Monte-Carlo score with noise, energy and softmax in one kernel. A work item has one of the 16 groups of a
 * row's copies, copy k being of group k mod 16.
 *
 * <p>Read: counter [4], x [row][dimension], variance [row] at a stride, copies [row]. Modified: groups [row][16][3 + 2 dimension], of
 * −E, forces and ε/√h, as {@link GroupSums} has them.
 */
public final class ScoreKernels {

    private ScoreKernels() {}

    /** y = x + √h ε of one copy, and noise = ε/√h. */
    private static void draw(IntArray counter, FloatArray x, int row, int copy, int stream, float deviation, float[] y,
            float[] noise, int dimension) {
        RandomNumbers.copy(counter, row, copy, stream, noise, dimension);
        for (int axis = 0; axis < dimension; axis++) {
            y[axis] = x.get(row * dimension + axis) + deviation * noise[axis];
            noise[axis] = noise[axis] / deviation;
        }
    }

    /** The groups' sums for an energy of {@link Energies}. */
    public static void groups(IntArray counter, FloatArray x, FloatArray variance, IntArray copies,
            FloatArray constants, FloatArray groups, int rows, int varianceStride, int stream, int kind, int parts,
            int dimension) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int group = 0; group < GroupSums.COUNT; group++) {
                float[] y = new float[dimension];
                float[] f = new float[dimension];
                float[] noise = new float[dimension];
                float[] sums = new float[GroupSums.size(dimension)];
                float deviation = TornadoMath.sqrt(variance.get(row * varianceStride));
                int count = copies.get(row);
                GroupSums.clear(sums, dimension);
                for (int copy = group; copy < count; copy += GroupSums.COUNT) {
                    draw(counter, x, row, copy, stream, deviation, y, noise, dimension);
                    float energy;
                    if (Energies.ofParticles(kind)) {
                        energy = Energies.particles(kind, y, f, constants, parts, dimension);
                    } else {
                        energy = Energies.others(kind, y, f, constants, parts, dimension);
                    }
                    GroupSums.add(sums, -energy, f, noise, dimension);
                }
                GroupSums.store(groups, row, group, sums, dimension);
            }
        }
    }
}
