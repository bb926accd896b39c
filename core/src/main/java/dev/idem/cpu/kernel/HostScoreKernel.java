package dev.idem.cpu.kernel;

import dev.idem.energy.HostEnergy;
import dev.idem.energy.InvalidEnergyException;
import java.util.Arrays;
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
            clear(s);
            for (int first = 0; first < count; first += HostScoreScratch.TILE) {
                int used = Math.min(HostScoreScratch.TILE, count - first);
                NormalKernel.copies(seedLow, seedHigh, stream, step, firstRow + row, first / Lanes.LOGICAL,
                        Math.ceilDiv(used, Lanes.LOGICAL), dimension, s.noise, HostScoreScratch.TILE, s.noiseScratch);
                place(x, xOffset + row * dimension, (float) Math.sqrt(h), used, dimension, s);
                HostEnergyCalls.evaluate(energy, s.points, used, dimension, s.energy, s.gradient);
                raiseShift(used, s);
                add(used, dimension, s);
            }
            write(Math.min(count, Lanes.LOGICAL), h, biasCorrection, target, targetOffset + row * dimension, denoising,
                    denoisingOffset + row * dimension, effective, effectiveOffset + row, s);
            if (logMeanWeight != null) {
                logMeanWeight[logMeanWeightOffset + row] = s.shift
                        + StrictMath.log(s.laneSums.totalWeight() / count);
            }
        }
    }

    private static void clear(HostScoreScratch s) {
        s.shift = Double.NEGATIVE_INFINITY;
        Arrays.fill(s.laneSums.weight, 0);
        Arrays.fill(s.laneSums.square, 0);
        Arrays.fill(s.force, 0);
        Arrays.fill(s.step, 0);
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
        if (-lowest > s.shift) {
            double factor = StrictMath.exp(s.shift + lowest);
            scale(s.laneSums.weight, factor);
            scale(s.laneSums.square, factor * factor);
            scale(s.force, factor);
            scale(s.step, factor);
            s.shift = -lowest;
        }
    }

    private static void scale(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    private static void add(int used, int dimension, HostScoreScratch s) {
        for (int copy = 0; copy < used; copy++) {
            double value = s.energy[copy];
            double weight = value == Double.POSITIVE_INFINITY ? 0 : StrictMath.exp(-value - s.shift);
            if (weight != 0) {
                int lane = copy % Lanes.LOGICAL;
                s.laneSums.weight[lane] += weight;
                s.laneSums.square[lane] += weight * weight;
                for (int axis = 0; axis < dimension; axis++) {
                    float slope = s.gradient[copy * dimension + axis];
                    if (Float.isNaN(slope)) {
                        throw HostEnergyCalls.invalidGradient(s.points, copy, axis, dimension, value);
                    }
                    s.force[lane * dimension + axis] -= weight * slope;
                    s.step[lane * dimension + axis] += weight * s.noise[axis * HostScoreScratch.TILE + copy];
                }
            }
        }
    }

    private static void write(int lanes, double variance, boolean biasCorrection, float[] target, int targetOffset,
            float[] denoising, int denoisingOffset, float[] effective, int effectiveOffset, HostScoreScratch s) {
        LaneSums sums = s.laneSums;
        int dimension = sums.dimension;
        if (s.shift == Double.NEGATIVE_INFINITY) {
            Arrays.fill(target, targetOffset, targetOffset + dimension, 0f);
            Arrays.fill(denoising, denoisingOffset, denoisingOffset + dimension, 0f);
            effective[effectiveOffset] = 0f;
            return;
        }
        for (int axis = 0; axis < dimension; axis++) {
            for (int lane = 0; lane < Lanes.LOGICAL; lane++) {
                sums.force[axis * Lanes.LOGICAL + lane] = s.force[lane * dimension + axis];
                sums.step[axis * Lanes.LOGICAL + lane] = s.step[lane * dimension + axis];
            }
        }
        ScoreMerge.write(sums, lanes, variance, biasCorrection, target, targetOffset, denoising, denoisingOffset,
                effective,
                effectiveOffset);
    }
}
