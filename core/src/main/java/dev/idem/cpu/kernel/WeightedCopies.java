package dev.idem.cpu.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Weights and sums of a tile of copies whose potentials are known: what {@link AnalyticScoreKernel} and {@link
 * GuidedScoreKernel} share.
 *
 * <p>Forces are worked out only of the copies that have a weight, packed lane by lane into groups of 16. A copy whose
 * potential is more than 30 ln 2 above the lowest so far counts nothing; neither does one of potential +∞. Lanes without
 * weight are not added, so that zero never meets infinity.
 */
final class WeightedCopies {

    private static final float MINUS_LOG2_E = (float) (-1 / StrictMath.log(2));

    /** A weight below 2 to this power is taken as zero. */
    private static final float NEGLIGIBLE = -30;

    private WeightedCopies() {}

    /**
     * Adds one tile of copies y = x + deviation · noise, of weights exp(−potential), to the row's sums.
     *
     * <p>Of more than 325 bytecodes, hence never inlined: together with the noise it would be more than the compiler
     * inlines of the Vector API.
     *
     * <p>Read: s.noise [axis][copy], s.energy [copy], the potentials; x [axis] from {@code from}. Modified: s.laneSums,
     * force and noise times weight; scratch, among it s.energy behind the last copy.
     */
    static void add(LaneEnergy energy, int used, float[] x, int from, float deviation, AnalyticScoreScratch s) {
        int copies = Math.ceilDiv(used, Lanes.LOGICAL) * Lanes.LOGICAL;
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

    /** Writes the points y = x + deviation · noise of the 16 copies whose noise begins at {@code at}. */
    static void place(float[] noise, int stride, int at, float[] x, int from, float deviation,
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
