package dev.idem.cpu.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The sums of {@link MixtureScoreKernel} over one tile of copies, for dimension 2 and modes of one width.
 *
 * <p>Tiles are [axis][copy]; a lane is a copy. For each live mode two short loops over the copies with everything else
 * in registers: the first finds the largest exponent of the tile, the second adds up the modes' shares 2^(A_m + B_m·ε −
 * C |ε|² − shift). The exponents are computed twice, which is cheaper than storing them. A mode that this tile's noise
 * brings nowhere near the largest exponent is left out of the second.
 *
 * <p>Small static loops throughout: a larger method exceeds what the compiler inlines of the Vector API.
 */
final class PlanarMixtureKernel {

    /** Curvature of a copy that does not exist: its exponents are far below all others, its shares zero. */
    static final float NO_COPY = 1e30f;

    /** A mode whose shares in a tile are all below 2^−44 of the row's largest is left out. */
    private static final double NEGLIGIBLE = 44;

    private PlanarMixtureKernel() {}

    /**
     * Adds one tile to the row's sums.
     *
     * <p>Read, in scratch: noise, the live modes. Modified: shift, posterior, sums (weights, squares, weights · ε).
     *
     * @param used copies in the tile; the lanes behind them, up to a multiple of 16, count nothing
     * @param stride of arrays [axis][live]
     */
    static void add(int used, int stride, ScoreScratch s) {
        int copies = Math.ceilDiv(used, Lanes.LOGICAL) * Lanes.LOGICAL;
        curvature(copies, s.noise, s.tile, s.curvatures[0], s.curvature);
        Arrays.fill(s.curvature, used, copies, NO_COPY);
        for (int mode = 0; mode < s.live; mode++) {
            depths(copies, s.noise, s.tile, s.curvature, s.slopes[mode], s.slopes[stride + mode],
                    (float) (s.ceiling - s.peaks[mode]), s.leastOfMode, mode * Lanes.LOGICAL);
        }
        float least = least(s.live, s.leastOfMode);
        s.raiseShift(Math.ceil(s.ceiling - least + s.margin));
        int deepest = Float.floatToRawIntBits((float) (s.ceiling - s.shift + s.margin + NEGLIGIBLE));
        Arrays.fill(s.weight, 0, copies, 0f);
        for (int mode = 0; mode < s.live; mode++) {
            if (reaches(s.leastOfMode, mode * Lanes.LOGICAL, deepest)) {
                shares(copies, s.noise, s.tile, s.curvature, s.slopes[mode], s.slopes[stride + mode],
                        (float) (s.peaks[mode] - s.shift), s.weight, s.posterior, mode * Lanes.LOGICAL);
            }
        }
        for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
            sums(copies, lane, s.noise, s.tile, s.weight, s.sums);
        }
    }

    /** Writes C |ε|² of each copy. */
    private static void curvature(int copies, float[] noise, int second, float scale, float[] curvature) {
        for (int copy = 0; copy < copies; copy += Lanes.COUNT) {
            FloatVector e0 = FloatVector.fromArray(Lanes.FLOAT, noise, copy);
            FloatVector e1 = FloatVector.fromArray(Lanes.FLOAT, noise, second + copy);
            e0.fma(e0, e1.mul(e1)).mul(scale).intoArray(curvature, copy);
        }
    }

    /**
     * Writes the least depth below the ceiling of one mode's exponents, by lane.
     *
     * <p>Depths are positive floats, whose bit patterns have their order: an integer minimum is one instruction, a
     * float minimum five.
     */
    private static void depths(int copies, float[] noise, int second, float[] curvature, float slope0, float slope1,
            float start, int[] leastOfMode, int at) {
        FloatVector down0 = FloatVector.broadcast(Lanes.FLOAT, -slope0);
        FloatVector down1 = FloatVector.broadcast(Lanes.FLOAT, -slope1);
        IntVector least = IntVector.broadcast(Lanes.INT, Integer.MAX_VALUE);
        for (int copy = 0; copy < copies; copy += Lanes.COUNT) {
            FloatVector e0 = FloatVector.fromArray(Lanes.FLOAT, noise, copy);
            FloatVector e1 = FloatVector.fromArray(Lanes.FLOAT, noise, second + copy);
            FloatVector still = FloatVector.fromArray(Lanes.FLOAT, curvature, copy).add(start);
            least = least.min(e0.fma(down0, e1.fma(down1, still)).reinterpretAsInts());
        }
        least.intoArray(leastOfMode, at);
    }

    private static float least(int live, int[] leastOfMode) {
        int least = Integer.MAX_VALUE;
        for (int mode = 0; mode < live; mode++) {
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                least = Math.min(least, leastOfMode[mode * Lanes.LOGICAL + lane]);
            }
        }
        return Float.intBitsToFloat(least);
    }

    private static boolean reaches(int[] leastOfMode, int at, int deepest) {
        return IntVector.fromArray(Lanes.INT, leastOfMode, at).compare(VectorOperators.LT, deepest).anyTrue();
    }

    /** Adds one mode's shares to the copies' weights and to the mode's posterior by logical lane. */
    private static void shares(int copies, float[] noise, int second, float[] curvature, float slope0, float slope1,
            float start, float[] weight, float[] posterior, int at) {
        FloatVector up0 = FloatVector.broadcast(Lanes.FLOAT, slope0);
        FloatVector up1 = FloatVector.broadcast(Lanes.FLOAT, slope1);
        FloatVector peak = FloatVector.broadcast(Lanes.FLOAT, start);
        for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
            FloatVector total = FloatVector.fromArray(Lanes.FLOAT, posterior, at + lane);
            for (int copy = lane; copy < copies; copy += Lanes.LOGICAL) {
                FloatVector e0 = FloatVector.fromArray(Lanes.FLOAT, noise, copy);
                FloatVector e1 = FloatVector.fromArray(Lanes.FLOAT, noise, second + copy);
                FloatVector still = peak.sub(FloatVector.fromArray(Lanes.FLOAT, curvature, copy));
                FloatVector share = VectorMath.exp2Negative(e0.fma(up0, e1.fma(up1, still)));
                total = total.add(share);
                FloatVector.fromArray(Lanes.FLOAT, weight, copy).add(share).intoArray(weight, copy);
            }
            total.intoArray(posterior, at + lane);
        }
    }

    /** Adds w, w² and w ε of all copies to the sums of their logical lanes. */
    private static void sums(int copies, int lane, float[] noise, int second, float[] weight, float[] sums) {
        FloatVector total = FloatVector.fromArray(Lanes.FLOAT, sums, ScoreScratch.WEIGHT + lane);
        FloatVector square = FloatVector.fromArray(Lanes.FLOAT, sums, ScoreScratch.SQUARE + lane);
        FloatVector step0 = FloatVector.fromArray(Lanes.FLOAT, sums, ScoreScratch.STEP + lane);
        FloatVector step1 = FloatVector.fromArray(Lanes.FLOAT, sums, ScoreScratch.STEP + Lanes.LOGICAL + lane);
        for (int copy = lane; copy < copies; copy += Lanes.LOGICAL) {
            FloatVector w = FloatVector.fromArray(Lanes.FLOAT, weight, copy);
            total = total.add(w);
            square = w.fma(w, square);
            step0 = w.fma(FloatVector.fromArray(Lanes.FLOAT, noise, copy), step0);
            step1 = w.fma(FloatVector.fromArray(Lanes.FLOAT, noise, second + copy), step1);
        }
        total.intoArray(sums, ScoreScratch.WEIGHT + lane);
        square.intoArray(sums, ScoreScratch.SQUARE + lane);
        step0.intoArray(sums, ScoreScratch.STEP + lane);
        step1.intoArray(sums, ScoreScratch.STEP + Lanes.LOGICAL + lane);
    }
}
