package dev.idem.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The Monte-Carlo score with noise, energy and softmax in one kernel. A work item has one of the 16 groups of a
 * row's copies, copy k being of group k mod 16; {@link PoolKernels#merge} puts the groups together and corrects the bias by them.
 *
 * <p>Read: counter [4], x [row][dimension], variance [row] at a stride, copies [row]. Modified: groups [row][16][3 + 2 dimension]: the
 * largest −E, then relative to it Σ w, Σ w², Σ w force, Σ w ε/√h.
 */
public final class ScoreKernels {

    private static final int GROUPS = PoolKernels.GROUPS;

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
            int group = 0; group < GROUPS; group++) {
                float[] y = new float[dimension];
                float[] f = new float[dimension];
                float[] noise = new float[dimension];
                float[] sums = new float[2 * dimension];
                float deviation = TornadoMath.sqrt(variance.get(row * varianceStride));
                int count = copies.get(row);
                float max = PoolKernels.NONE;
                float total = 0f;
                float squares = 0f;
                for (int k = 0; k < 2 * dimension; k++) {
                    sums[k] = 0f;
                }
                for (int copy = group; copy < count; copy += GROUPS) {
                    draw(counter, x, row, copy, stream, deviation, y, noise, dimension);
                    float energy;
                    if (Energies.ofParticles(kind)) {
                        energy = Energies.particles(kind, y, f, constants, parts, dimension);
                    } else {
                        energy = Energies.others(kind, y, f, constants, parts, dimension);
                    }
                    float term = -energy;
                    boolean reached = term > PoolKernels.NONE;
                    float larger = reached && term > max ? term : max;
                    float old = TornadoMath.exp(max - larger);
                    float weight = reached ? TornadoMath.exp(term - larger) : 0f;
                    total = old * total + weight;
                    squares = old * old * squares + weight * weight;
                    for (int axis = 0; axis < dimension; axis++) {
                        float force = reached ? f[axis] : 0f;
                        sums[axis] = old * sums[axis] + weight * force;
                        sums[dimension + axis] = old * sums[dimension + axis] + weight * noise[axis];
                    }
                    max = larger;
                }
                PoolKernels.store(groups, (row * GROUPS + group) * (3 + 2 * dimension), max, total, squares, sums,
                        2 * dimension);
            }
        }
    }
}
