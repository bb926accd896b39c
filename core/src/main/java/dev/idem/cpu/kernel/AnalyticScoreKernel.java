package dev.idem.cpu.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The Monte-Carlo score of an analytic energy, fused: noise, energies, weights, forces and sums in one pass over a tile
 * of copies. Quantities and noise are those of {@link MixtureScoreKernel}.
 *
 * <p>A lane is a copy. All energies of a tile come first, in groups of 16 copies whose points stay in the first-level
 * cache; then the weights; then forces, only of the copies that have a weight, packed lane by lane into groups of 16. In
 * stiff energies at large noise these are a few in a hundred. Points are made twice rather than stored.
 *
 * <p>Numerics: points, energies, forces and the sums of a tile in float; copy k is summed in logical lane k mod 16, in
 * the order of the copies; tiles are added, on the scale of the lowest energy so far, and lanes merged in double
 * precision. A copy whose energy is more than 30 ln 2 above that of the tile's scale counts nothing; neither does a copy
 * of energy +∞. Lanes without weight are not added, so that zero never meets infinity.
 */
public final class AnalyticScoreKernel {

    private AnalyticScoreKernel() {}

    /**
     * Computes the scores of consecutive rows; see {@link MixtureScoreKernel#run} for the quantities.
     *
     * <p>Read: x [row][axis], variance [row], copies [row], each from its offset. Modified: target [row][axis],
     * denoising [row][axis], effective [row], logMeanWeight [row] if given, each from its offset; scratch. No output
     * may alias an input. A row all of whose copies have energy +∞ gets zero scores, no effective sample and
     * logMeanWeight −∞; a row that is not finite gives NaN.
     *
     * @throws IllegalArgumentException if a number of copies is not positive
     */
    public static void run(LaneEnergy energy, float[] x, int xOffset, float[] variance, int varianceOffset, int rows,
            int firstRow, int[] copies, int copiesOffset, int seedLow, int seedHigh, int stream, int step,
            boolean biasCorrection, float[] target, int targetOffset, float[] denoising, int denoisingOffset,
            float[] effective, int effectiveOffset, double @Nullable [] logMeanWeight, int logMeanWeightOffset,
            AnalyticScoreScratch s) {
        int dimension = energy.dimension();
        for (int row = 0; row < rows; row++) {
            int count = copies[copiesOffset + row];
            if (count < 1) {
                throw new IllegalArgumentException("copies of row " + row + " must be at least 1, got " + count);
            }
            double h = variance[varianceOffset + row];
            int from = xOffset + row * dimension;
            s.laneSums.clear();
            if (isFinite(x, from, dimension, h)) {
                for (int first = 0; first < count; first += s.tile) {
                    int used = Math.min(s.tile, count - first);
                    NormalKernel.copies(seedLow, seedHigh, stream, step, firstRow + row, first / Lanes.LOGICAL,
                            Math.ceilDiv(used, Lanes.LOGICAL), dimension, s.noise, s.tile, s.noiseScratch);
                    addTile(energy, used, x, from, (float) Math.sqrt(h), s);
                }
            } else {
                Arrays.fill(s.laneSums.weight, Double.NaN);
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

    static boolean isFinite(float[] x, int from, int dimension, double variance) {
        boolean finite = Double.isFinite(variance);
        for (int axis = 0; axis < dimension; axis++) {
            finite &= Float.isFinite(x[from + axis]);
        }
        return finite;
    }

    /** Adds one tile of copies to the row's sums. */
    private static void addTile(LaneEnergy energy, int used, float[] x, int from, float deviation,
            AnalyticScoreScratch s) {
        for (int group = 0; group < used; group += Lanes.LOGICAL) {
            WeightedCopies.place(s.noise, s.tile, group, x, from, deviation, s);
            energy.energies(s.points, s.energy, group);
        }
        WeightedCopies.add(energy, used, x, from, deviation, s);
    }
}
