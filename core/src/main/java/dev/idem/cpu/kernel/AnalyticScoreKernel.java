package dev.idem.cpu.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
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

    private static final float MINUS_LOG2_E = (float) (-1 / StrictMath.log(2));

    /** A weight below 2 to this power is taken as zero. */
    private static final float NEGLIGIBLE = -30;

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

    private static boolean isFinite(float[] x, int from, int dimension, double variance) {
        boolean finite = Double.isFinite(variance);
        for (int axis = 0; axis < dimension; axis++) {
            finite &= Float.isFinite(x[from + axis]);
        }
        return finite;
    }

    /**
     * Adds one tile of copies to the row's sums.
     *
     * <p>Of more than 325 bytecodes, hence never inlined: together with the noise it would be more than the compiler
     * inlines of the Vector API.
     */
    private static void addTile(LaneEnergy energy, int used, float[] x, int from, float deviation,
            AnalyticScoreScratch s) {
        int copies = Math.ceilDiv(used, Lanes.LOGICAL) * Lanes.LOGICAL;
        for (int group = 0; group < copies; group += Lanes.LOGICAL) {
            place(s.noise, s.tile, group, x, from, deviation, s);
            energy.energies(s.points, s.energy, group);
        }
        Arrays.fill(s.energy, used, copies, Float.POSITIVE_INFINITY);
        float lowest = Float.POSITIVE_INFINITY;
        for (int copy = 0; copy < used; copy++) {
            lowest = Math.min(lowest, s.energy[copy]);
        }
        if (lowest == Float.POSITIVE_INFINITY) {
            return;
        }
        LaneSums sums = s.laneSums;
        sums.raiseShift(-lowest);
        float reference = (float) -sums.shift;
        for (int copy = 0; copy < copies; copy += Lanes.COUNT) {
            // The sign makes the exponent of the reference −0, which is what exp2Negative wants.
            FloatVector exponent = FloatVector.fromArray(Lanes.FLOAT, s.energy, copy).sub(reference).mul(MINUS_LOG2_E);
            VectorMath.exp2Negative(exponent).blend(0f, exponent.compare(VectorOperators.LT, NEGLIGIBLE))
                    .intoArray(s.weight, copy);
        }
        Arrays.fill(s.weights, 0f);
        Arrays.fill(s.squares, 0f);
        Arrays.fill(s.force, 0f);
        Arrays.fill(s.step, 0f);
        int groups = pack(copies, s.weight, s.packed, s.packedOfLane);
        for (int group = 0; group < groups; group++) {
            gather(group, s);
            place(s.groupNoise, Lanes.LOGICAL, 0, x, from, deviation, s);
            for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
                energy.forces(s.points, lane, s.groupForce);
                addWeights(s.groupWeight, lane, s.weights, s.squares);
                addProducts(s.groupWeight, lane, s.groupForce, s.force);
                addProducts(s.groupWeight, lane, s.groupNoise, s.step);
            }
        }
        for (int lane = 0; lane < Lanes.LOGICAL; lane++) {
            sums.weight[lane] += s.weights[lane];
            sums.square[lane] += s.squares[lane];
        }
        for (int i = 0; i < sums.force.length; i++) {
            sums.force[i] += s.force[s.slots[i / Lanes.LOGICAL] * Lanes.LOGICAL + i % Lanes.LOGICAL];
            sums.step[i] += s.step[i];
        }
    }

    /** Writes the points y = x + √h ε of the 16 copies whose noise begins at {@code at}. */
    private static void place(float[] noise, int stride, int at, float[] x, int from, float deviation,
            AnalyticScoreScratch s) {
        int[] slots = s.slots;
        FloatVector scale = FloatVector.broadcast(Lanes.FLOAT, deviation);
        for (int axis = 0; axis < slots.length; axis++) {
            FloatVector centre = FloatVector.broadcast(Lanes.FLOAT, x[from + axis]);
            int source = axis * stride + at;
            int to = slots[axis] * Lanes.LOGICAL;
            for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
                FloatVector.fromArray(Lanes.FLOAT, noise, source + lane).fma(scale, centre)
                        .intoArray(s.points, to + lane);
            }
        }
    }

    /**
     * Lists, lane by lane and in their order, the copies that have a weight.
     *
     * <p>Modified: packed [number in its lane][lane], −1 where a lane has no more; counts [lane].
     *
     * @return how many the fullest lane has
     */
    private static int pack(int copies, float[] weight, int[] packed, int[] counts) {
        Arrays.fill(packed, 0, copies, -1);
        Arrays.fill(counts, 0);
        int most = 0;
        for (int copy = 0; copy < copies; copy++) {
            if (weight[copy] != 0) {
                int lane = copy % Lanes.LOGICAL;
                packed[counts[lane] * Lanes.LOGICAL + lane] = copy;
                counts[lane]++;
                most = Math.max(most, counts[lane]);
            }
        }
        return most;
    }

    /** Writes noise and weights of a packed group; a lane without a copy gets neither. */
    private static void gather(int group, AnalyticScoreScratch s) {
        int dimension = s.slots.length;
        for (int lane = 0; lane < Lanes.LOGICAL; lane++) {
            int copy = s.packed[group * Lanes.LOGICAL + lane];
            s.groupWeight[lane] = copy < 0 ? 0 : s.weight[copy];
            for (int axis = 0; axis < dimension; axis++) {
                s.groupNoise[axis * Lanes.LOGICAL + lane] = copy < 0 ? 0 : s.noise[axis * s.tile + copy];
            }
        }
    }

    /** Adds w and w² of one vector of packed copies to the sums of their lanes. */
    private static void addWeights(float[] weight, int lane, float[] weights, float[] squares) {
        FloatVector w = FloatVector.fromArray(Lanes.FLOAT, weight, lane);
        FloatVector.fromArray(Lanes.FLOAT, weights, lane).add(w).intoArray(weights, lane);
        w.fma(w, FloatVector.fromArray(Lanes.FLOAT, squares, lane)).intoArray(squares, lane);
    }

    /**
     * Adds the products of weights and values of one vector of packed copies to the sums of their lanes; a value without
     * weight counts as zero.
     *
     * <p>Read: values [element][lane]. Modified: sums [element][lane].
     */
    private static void addProducts(float[] weight, int lane, float[] values, float[] sums) {
        FloatVector w = FloatVector.fromArray(Lanes.FLOAT, weight, lane);
        VectorMask<Float> without = w.compare(VectorOperators.EQ, 0f);
        for (int at = lane; at < sums.length; at += Lanes.LOGICAL) {
            FloatVector value = FloatVector.fromArray(Lanes.FLOAT, values, at).blend(0f, without);
            w.fma(value, FloatVector.fromArray(Lanes.FLOAT, sums, at)).intoArray(sums, at);
        }
    }
}
