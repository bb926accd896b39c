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
 * cache; then the weights; then forces, only of vectors that hold a copy with a weight. In stiff energies at large noise
 * that is one vector in a hundred. Points are made twice rather than stored.
 *
 * <p>Numerics: points, energies, forces and the sums of a tile in float; copy k is summed in logical lane k mod 16, in
 * the order of the copies; tiles are added, on the scale of the lowest energy so far, and lanes merged in double
 * precision. A copy whose energy is more than 40 ln 2 above that of the tile's scale counts nothing; neither does a copy
 * of energy +∞. Lanes without weight are not added, so that zero never meets infinity.
 */
public final class AnalyticScoreKernel {

    private static final float MINUS_LOG2_E = (float) (-1 / StrictMath.log(2));

    /** A weight below 2 to this power is taken as zero. */
    private static final float NEGLIGIBLE = -40;

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
            place(x, from, deviation, group, s);
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
        Arrays.fill(s.weights, 0f);
        Arrays.fill(s.squares, 0f);
        Arrays.fill(s.force, 0f);
        Arrays.fill(s.step, 0f);
        int placed = -1;
        for (int copy = 0; copy < copies; copy += Lanes.COUNT) {
            // The sign makes the exponent of the reference −0, which is what exp2Negative wants.
            FloatVector exponent = FloatVector.fromArray(Lanes.FLOAT, s.energy, copy).sub(reference).mul(MINUS_LOG2_E);
            VectorMask<Float> counts = exponent.compare(VectorOperators.GE, NEGLIGIBLE);
            if (counts.anyTrue()) {
                int lane = copy % Lanes.LOGICAL;
                VectorMath.exp2Negative(exponent).blend(0f, counts.not()).intoArray(s.weight, copy);
                if (placed != copy - lane) {
                    placed = copy - lane;
                    place(x, from, deviation, placed, s);
                }
                energy.forces(s.points, lane, s.groupForce);
                addVector(copy, lane, s);
            }
        }
        for (int lane = 0; lane < Lanes.LOGICAL; lane++) {
            sums.weight[lane] += s.weights[lane];
            sums.square[lane] += s.squares[lane];
        }
        for (int i = 0; i < sums.force.length; i++) {
            sums.force[i] += s.force[i];
            sums.step[i] += s.step[i];
        }
    }

    /** Writes the points y = x + √h ε of a group of 16 copies. */
    private static void place(float[] x, int from, float deviation, int group, AnalyticScoreScratch s) {
        int[] slots = s.slots;
        FloatVector scale = FloatVector.broadcast(Lanes.FLOAT, deviation);
        for (int axis = 0; axis < slots.length; axis++) {
            FloatVector centre = FloatVector.broadcast(Lanes.FLOAT, x[from + axis]);
            int source = axis * s.tile + group;
            int to = slots[axis] * Lanes.LOGICAL;
            for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
                FloatVector.fromArray(Lanes.FLOAT, s.noise, source + lane).fma(scale, centre)
                        .intoArray(s.points, to + lane);
            }
        }
    }

    /** Adds w, w², w (−∇E) and w ε of one vector of copies to the sums of those lanes that have a weight. */
    private static void addVector(int copy, int lane, AnalyticScoreScratch s) {
        int[] slots = s.slots;
        FloatVector w = FloatVector.fromArray(Lanes.FLOAT, s.weight, copy);
        VectorMask<Float> counts = w.compare(VectorOperators.NE, 0f);
        FloatVector.fromArray(Lanes.FLOAT, s.weights, lane).add(w).intoArray(s.weights, lane);
        w.fma(w, FloatVector.fromArray(Lanes.FLOAT, s.squares, lane)).intoArray(s.squares, lane);
        for (int axis = 0; axis < slots.length; axis++) {
            int at = axis * Lanes.LOGICAL + lane;
            FloatVector force = FloatVector.fromArray(Lanes.FLOAT, s.groupForce, slots[axis] * Lanes.LOGICAL + lane);
            FloatVector sum = FloatVector.fromArray(Lanes.FLOAT, s.force, at);
            sum.blend(w.fma(force, sum), counts).intoArray(s.force, at);
            w.fma(FloatVector.fromArray(Lanes.FLOAT, s.noise, axis * s.tile + copy),
                    FloatVector.fromArray(Lanes.FLOAT, s.step, at)).intoArray(s.step, at);
        }
    }
}
