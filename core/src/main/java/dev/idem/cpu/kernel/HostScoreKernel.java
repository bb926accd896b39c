package dev.idem.cpu.kernel;

import dev.idem.energy.HostEnergy;
import dev.idem.energy.InvalidEnergyException;
import org.jspecify.annotations.Nullable;

/**
 * The Monte-Carlo score of a user's energy: noise and sums as in {@link MixtureScoreKernel}, energies and gradients
 * from {@link HostEnergy}.
 *
 * <p>Copies are made, evaluated and summed in tiles of 256. The noise is that of the other kernel.
 *
 * <p>Numerics: copies in float, weights and sums in double precision, relative to the largest −E so far; copy k is
 * summed in logical lane k mod 16, in the order of the copies. A copy of energy +∞ has weight zero, and its gradient is
 * not read.
 */
public final class HostScoreKernel {

    private HostScoreKernel() {}

    /**
     * Computes the scores of consecutive rows; see {@link MixtureScoreKernel#run} for the quantities.
     *
     * <p>Read: x [row][axis], variance [row], copies [row], each from its offset. Modified: target [row][axis],
     * denoising [row][axis], effective [row], logMeanWeight [row] if given, each from its offset; scratch. No output
     * may alias an input. A row all of whose copies have energy +∞ gets zero scores, no effective sample and
     * logMeanWeight −∞.
     *
     * <p>An energy that is not thread-safe is called under its own monitor.
     *
     * @throws IllegalArgumentException if a number of copies is not positive
     * @throws InvalidEnergyException if the energy returns NaN or −∞, or a NaN gradient where the weight is not zero
     */
    public static void run(HostEnergy energy, float[] x, int xOffset, float[] variance, int varianceOffset, int rows,
            int firstRow, int[] copies, int copiesOffset, int seedLow, int seedHigh, int stream, int step,
            boolean biasCorrection, float[] target, int targetOffset, float[] denoising, int denoisingOffset,
            float[] effective, int effectiveOffset, double @Nullable [] logMeanWeight, int logMeanWeightOffset,
            HostScoreScratch s) {
        int dimension = s.laneSums.dimension;
        for (int row = 0; row < rows; row++) {
            int count = copies[copiesOffset + row];
            if (count < 1) {
                throw new IllegalArgumentException("copies of row " + row + " must be at least 1, got " + count);
            }
            double h = variance[varianceOffset + row];
            s.laneSums.clear();
            for (int first = 0; first < count; first += HostScoreScratch.TILE) {
                int used = Math.min(HostScoreScratch.TILE, count - first);
                NormalKernel.copies(seedLow, seedHigh, stream, step, firstRow + row, first / Lanes.LOGICAL,
                        Math.ceilDiv(used, Lanes.LOGICAL), dimension, s.noise, HostScoreScratch.TILE, s.noiseScratch);
                place(x, xOffset + row * dimension, (float) Math.sqrt(h), used, dimension, s);
                HostEnergyCalls.evaluate(energy, s.points, used, dimension, s.energy, s.gradient);
                raiseShift(used, s);
                add(used, dimension, s);
            }
            ScoreMerge.write(s.laneSums, Math.min(count, Lanes.LOGICAL), h, biasCorrection, target,
                    targetOffset + row * dimension, denoising, denoisingOffset + row * dimension, effective,
                    effectiveOffset + row);
            if (logMeanWeight != null) {
                logMeanWeight[logMeanWeightOffset + row] = s.laneSums.shift
                        + StrictMath.log(s.laneSums.totalWeight() / count);
            }
        }
    }

    /** Writes the points y = x + √h ε of a tile. */
    private static void place(float[] x, int from, float deviation, int used, int dimension, HostScoreScratch s) {
        for (int copy = 0; copy < used; copy++) {
            for (int axis = 0; axis < dimension; axis++) {
                s.points[copy * dimension + axis] = Math.fma(deviation, s.noise[axis * HostScoreScratch.TILE + copy],
                        x[from + axis]);
            }
        }
    }

    /** Puts the sums on the scale of a tile's lowest energy if it is the row's lowest so far. */
    private static void raiseShift(int used, HostScoreScratch s) {
        double lowest = Double.POSITIVE_INFINITY;
        for (int copy = 0; copy < used; copy++) {
            lowest = Math.min(lowest, s.energy[copy]);
        }
        s.laneSums.raiseShift(-lowest);
    }

    private static void add(int used, int dimension, HostScoreScratch s) {
        LaneSums sums = s.laneSums;
        for (int copy = 0; copy < used; copy++) {
            double value = s.energy[copy];
            double weight = value == Double.POSITIVE_INFINITY ? 0 : StrictMath.exp(-value - sums.shift);
            if (weight != 0) {
                int lane = copy % Lanes.LOGICAL;
                sums.weight[lane] += weight;
                sums.square[lane] += weight * weight;
                for (int axis = 0; axis < dimension; axis++) {
                    float slope = s.gradient[copy * dimension + axis];
                    if (Float.isNaN(slope)) {
                        throw HostEnergyCalls.invalidGradient(s.points, copy, axis, dimension, value);
                    }
                    sums.force[axis * Lanes.LOGICAL + lane] -= weight * slope;
                    sums.step[axis * Lanes.LOGICAL + lane] += weight * s.noise[axis * HostScoreScratch.TILE + copy];
                }
            }
        }
    }
}
