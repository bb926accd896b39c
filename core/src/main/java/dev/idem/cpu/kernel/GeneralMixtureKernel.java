package dev.idem.cpu.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The sums of {@link MixtureScoreKernel} over one tile of copies, for any dimension and any widths of the modes.
 *
 * <p>Tiles are [axis][copy]; a lane is a copy. The exponents A_m + B_m·ε − C_m |ε|² of a tile are stored, four modes at
 * a time, so that each piece of noise is loaded once for four products; then come the shares 2^(exponent − shift), mode
 * by mode, and the sums over the copies, axis by axis. Products are added in the order of the axes.
 */
final class GeneralMixtureKernel {

    /** Modes of a block, whose exponents are computed together. */
    static final int BLOCK = 4;

    private static final float NO_MODE = -1e30f;

    private GeneralMixtureKernel() {}

    /**
     * Adds one tile to the row's sums.
     *
     * <p>Read, in scratch: noise, the live modes. Modified: shift, posterior, sums.
     *
     * @param used copies in the tile; the lanes behind them, up to a multiple of 16, count nothing
     */
    static void add(int used, MixtureConstants mixture, ScoreScratch s) {
        int copies = Math.ceilDiv(used, Lanes.LOGICAL) * Lanes.LOGICAL;
        int dimension = mixture.dimension;
        squares(copies, dimension, s.noise, s.tile, s.curvature);
        Arrays.fill(s.curvature, used, copies, PlanarMixtureKernel.NO_COPY);
        Arrays.fill(s.largest, NO_MODE);
        for (int mode = 0; mode < s.live; mode += BLOCK) {
            for (int copy = 0; copy < copies; copy += Lanes.COUNT) {
                exponents(copy, mode, dimension, mixture.padded, s);
            }
        }
        float largest = NO_MODE;
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            largest = Math.max(largest, s.largest[lane]);
        }
        s.raiseShift(Math.ceil(largest + s.margin));
        Arrays.fill(s.weight, 0, copies, 0f);
        Arrays.fill(s.precision, 0, copies, 0f);
        for (int mode = 0; mode < s.live; mode++) {
            shares(copies, s.terms, mode * s.tile, (float) s.shift, s.precisions[mode], s.weight, s.precision,
                    s.posterior, mode * Lanes.LOGICAL);
        }
        for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
            weights(copies, lane, s.weight, s.sums);
            for (int axis = 0; axis < dimension; axis++) {
                int step = ScoreScratch.STEP + axis * Lanes.LOGICAL + lane;
                product(copies, lane, s.weight, s.noise, axis * s.tile, s.sums, step);
                product(copies, lane, s.precision, s.noise, axis * s.tile, s.sums, step + dimension * Lanes.LOGICAL);
            }
        }
    }

    /** Makes modes that do nothing of those between the live modes and the next multiple of the block. */
    static void pad(MixtureConstants mixture, ScoreScratch s) {
        for (int mode = s.live; mode % BLOCK != 0; mode++) {
            s.peaks[mode] = NO_MODE;
            s.curvatures[mode] = 0f;
            for (int axis = 0; axis < mixture.dimension; axis++) {
                s.slopes[axis * mixture.padded + mode] = 0f;
            }
        }
    }

    /** Writes |ε|² of each copy. */
    private static void squares(int copies, int dimension, float[] noise, int stride, float[] squares) {
        for (int copy = 0; copy < copies; copy += Lanes.COUNT) {
            FloatVector sum = FloatVector.zero(Lanes.FLOAT);
            for (int axis = 0; axis < dimension; axis++) {
                FloatVector e = FloatVector.fromArray(Lanes.FLOAT, noise, axis * stride + copy);
                sum = e.fma(e, sum);
            }
            sum.intoArray(squares, copy);
        }
    }

    /** Writes the exponents of four modes for one vector of copies, and raises the largest exponents by lane. */
    private static void exponents(int copy, int mode, int dimension, int modeStride, ScoreScratch s) {
        FloatVector squared = FloatVector.fromArray(Lanes.FLOAT, s.curvature, copy);
        FloatVector t0 = still(squared, s.curvatures[mode], s.peaks[mode]);
        FloatVector t1 = still(squared, s.curvatures[mode + 1], s.peaks[mode + 1]);
        FloatVector t2 = still(squared, s.curvatures[mode + 2], s.peaks[mode + 2]);
        FloatVector t3 = still(squared, s.curvatures[mode + 3], s.peaks[mode + 3]);
        float[] slopes = s.slopes;
        float[] noise = s.noise;
        int stride = s.tile;
        for (int axis = 0; axis < dimension; axis++) {
            FloatVector e = FloatVector.fromArray(Lanes.FLOAT, noise, axis * stride + copy);
            int at = axis * modeStride + mode;
            t0 = e.fma(FloatVector.broadcast(Lanes.FLOAT, slopes[at]), t0);
            t1 = e.fma(FloatVector.broadcast(Lanes.FLOAT, slopes[at + 1]), t1);
            t2 = e.fma(FloatVector.broadcast(Lanes.FLOAT, slopes[at + 2]), t2);
            t3 = e.fma(FloatVector.broadcast(Lanes.FLOAT, slopes[at + 3]), t3);
        }
        int to = mode * stride + copy;
        t0.intoArray(s.terms, to);
        t1.intoArray(s.terms, to + stride);
        t2.intoArray(s.terms, to + 2 * stride);
        t3.intoArray(s.terms, to + 3 * stride);
        FloatVector larger01 = t0.blend(t1, t1.compare(VectorOperators.GT, t0));
        FloatVector larger23 = t2.blend(t3, t3.compare(VectorOperators.GT, t2));
        FloatVector larger = larger01.blend(larger23, larger23.compare(VectorOperators.GT, larger01));
        FloatVector largest = FloatVector.fromArray(Lanes.FLOAT, s.largest, 0);
        largest.blend(larger, larger.compare(VectorOperators.GT, largest)).intoArray(s.largest, 0);
    }

    private static FloatVector still(FloatVector squared, float curvature, double peak) {
        return squared.fma(FloatVector.broadcast(Lanes.FLOAT, -curvature),
                FloatVector.broadcast(Lanes.FLOAT, (float) peak));
    }

    /** Adds one mode's shares to the copies' weights and Σ share/s², and to the mode's posterior by logical lane. */
    private static void shares(int copies, float[] terms, int from, float shift, float modePrecision, float[] weight,
            float[] precision, float[] posterior, int at) {
        FloatVector down = FloatVector.broadcast(Lanes.FLOAT, shift);
        FloatVector scale = FloatVector.broadcast(Lanes.FLOAT, modePrecision);
        for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
            FloatVector total = FloatVector.fromArray(Lanes.FLOAT, posterior, at + lane);
            for (int copy = lane; copy < copies; copy += Lanes.LOGICAL) {
                FloatVector share = VectorMath
                        .exp2Negative(FloatVector.fromArray(Lanes.FLOAT, terms, from + copy).sub(down));
                total = total.add(share);
                FloatVector.fromArray(Lanes.FLOAT, weight, copy).add(share).intoArray(weight, copy);
                share.fma(scale, FloatVector.fromArray(Lanes.FLOAT, precision, copy)).intoArray(precision, copy);
            }
            total.intoArray(posterior, at + lane);
        }
    }

    /** Adds w and w² of all copies to the sums of their logical lanes. */
    private static void weights(int copies, int lane, float[] weight, float[] sums) {
        FloatVector total = FloatVector.fromArray(Lanes.FLOAT, sums, ScoreScratch.WEIGHT + lane);
        FloatVector square = FloatVector.fromArray(Lanes.FLOAT, sums, ScoreScratch.SQUARE + lane);
        for (int copy = lane; copy < copies; copy += Lanes.LOGICAL) {
            FloatVector w = FloatVector.fromArray(Lanes.FLOAT, weight, copy);
            total = total.add(w);
            square = w.fma(w, square);
        }
        total.intoArray(sums, ScoreScratch.WEIGHT + lane);
        square.intoArray(sums, ScoreScratch.SQUARE + lane);
    }

    /** Adds the products of factor and noise of all copies to the sums of their logical lanes. */
    private static void product(int copies, int lane, float[] factor, float[] noise, int from, float[] sums, int at) {
        FloatVector total = FloatVector.fromArray(Lanes.FLOAT, sums, at);
        for (int copy = lane; copy < copies; copy += Lanes.LOGICAL) {
            total = FloatVector.fromArray(Lanes.FLOAT, factor, copy)
                    .fma(FloatVector.fromArray(Lanes.FLOAT, noise, from + copy), total);
        }
        total.intoArray(sums, at);
    }
}
