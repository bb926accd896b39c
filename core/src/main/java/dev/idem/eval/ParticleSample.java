package dev.idem.eval;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Samples of a system of particles with what the figures are made of.
 *
 * <p>Sums over rows are taken in blocks of fixed size, so they have the same bits whatever the number of threads.
 */
final class ParticleSample {

    private static final int BLOCK = 256;
    static final int BLOCK_DISTANCES = 1 << 16;

    private final ParticleTarget target;
    private final float[] values; // [row][particle][axis]
    private final double[] energies; // [row]; +∞ where not a number
    private final double[] virials; // [row] x·∇E
    private final boolean[] exploded; // [row]
    private final double[][] forces; // [block][component]: sums of the force, then of its square, of unexploded rows

    /**
     * Computes energies and forces.
     *
     * @param values [row][particle][axis], not modified, not copied; need not be finite
     * @throws IllegalArgumentException if the values are not whole rows
     */
    ParticleSample(String name, ParticleTarget target, float[] values, int threads) {
        this.target = target;
        this.values = values;
        int rows = Points.rows(name, values.length, target.dimension());
        this.energies = new double[rows];
        this.virials = new double[rows];
        this.exploded = new boolean[rows];
        this.forces = new double[Math.ceilDiv(rows, BLOCK)][2 * target.dimension()];
        double[] free = Particles.meanFree(values, target.particles(), target.axes());
        ParallelTasks.run(forces.length, threads, block -> {
            double[] force = new double[target.dimension()];
            for (int row = block * BLOCK; row < Math.min(rows, (block + 1) * BLOCK); row++) {
                measure(free, row, force, forces[block]);
            }
        });
    }

    private void measure(double[] free, int row, double[] force, double[] sums) {
        int dimension = force.length;
        double energy = target.energy().at(free, row * dimension, force, 0);
        double virial = 0;
        for (int k = 0; k < dimension; k++) {
            virial -= free[row * dimension + k] * force[k];
        }
        energies[row] = Double.isFinite(energy) ? energy : Double.POSITIVE_INFINITY;
        virials[row] = Double.isFinite(virial) ? virial : Double.POSITIVE_INFINITY;
        exploded[row] = target.exploded(energy);
        if (!exploded[row]) {
            for (int k = 0; k < dimension; k++) {
                sums[k] += force[k];
                sums[dimension + k] += force[k] * force[k];
            }
        }
    }

    int rows() {
        return energies.length;
    }

    int[] allRows() {
        return IntStream.range(0, rows()).toArray();
    }

    /** Returns those of the rows that have not exploded. */
    int[] unexploded(int[] rows) {
        return Arrays.stream(rows).filter(row -> !exploded[row]).toArray();
    }

    /** Returns the number of exploded rows. */
    int explodedCount() {
        return rows() - unexploded(allRows()).length;
    }

    /** Returns the number of rows with a coordinate or an energy that is not finite. */
    int notFiniteCount() {
        return (int) Arrays.stream(allRows()).filter(row -> !Double.isFinite(energies[row])).count();
    }

    double[] energies(int[] rows) {
        return DisjointSets.take(energies, rows);
    }

    double[] virials(int[] rows) {
        return DisjointSets.take(virials, rows);
    }

    /** Returns the configurations of some rows, [place][particle][axis]. */
    float[] values(int[] rows) {
        return DisjointSets.take(values, target.dimension(), rows);
    }

    double[] pairDistances(int[] rows) {
        return Particles.pairDistances(values(rows), target.particles(), target.axes());
    }

    /** Returns the pair distances of some rows in blocks, for those of a large sample do not fit into memory at once. */
    Stream<double[]> pairDistanceBlocks(int[] rows) {
        int block = Math.max(1, BLOCK_DISTANCES * 2 / (target.particles() * (target.particles() - 1)));
        return IntStream.range(0, Math.ceilDiv(rows.length, block))
                .mapToObj(k -> pairDistances(
                        Arrays.copyOfRange(rows, k * block, (int) Math.min(rows.length, (k + 1L) * block))));
    }

    /**
     * Returns the root mean square over all N · d components of the mean force over its standard error, over the rows
     * that have not exploded; about 1 for exact samples, whose mean force is 0 (Stein's identity of a constant). NaN for
     * fewer than two rows.
     */
    double meanForceZ() {
        int dimension = target.dimension();
        double[] sums = new double[2 * dimension];
        for (double[] block : forces) {
            for (int k = 0; k < sums.length; k++) {
                sums[k] += block[k];
            }
        }
        int count = rows() - explodedCount();
        if (count < 2) {
            return Double.NaN;
        }
        double squares = 0;
        for (int k = 0; k < dimension; k++) {
            double mean = sums[k] / count;
            double variance = (sums[dimension + k] / count - mean * mean) / (count - 1);
            squares += mean * mean / variance;
        }
        return Math.sqrt(squares / dimension);
    }
}
