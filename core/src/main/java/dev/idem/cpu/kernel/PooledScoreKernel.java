package dev.idem.cpu.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The Monte-Carlo scores of a batch's rows from the copies of the whole batch, each drawn from one row's proposal and
 * weighed by the balance heuristic.
 *
 * <p>For a row x of variance h: w_j = 2^(logWeight_j − c |y_j − x|²/(2h)), c = log2 e; targetScore = Σ w_j force_j/Σ w_j;
 * denoisingScore = Σ w_j (y_j − x)/(h Σ w_j); effectiveSamples = (Σ w_j)²/Σ w_j².
 *
 * <p>A lane is a copy. One pass over all copies for the exponents and their largest, one over the blocks of 16 copies of
 * which at least one comes within 2^−44 of it: at small noise few do.
 *
 * <p>Numerics: float; copy j is summed in logical lane j mod 16, in the order of the copies; lanes are merged in double
 * precision in their order. Weights are at most 1/2 and the largest is 1/2, so that neither overflow nor a vanishing sum
 * can occur. A row that is not finite gives NaN.
 */
public final class PooledScoreKernel {

    private static final double NEGLIGIBLE = 44;

    private PooledScoreKernel() {}

    /**
     * Takes the copies of a batch, for any number of {@link #run} after it.
     *
     * <p>Read: points [copy][axis], logWeight [copy][2], in units of ln 2, force [copy][axis], each from its start. Modified:
     * scratch.
     */
    public static void load(float[] points, float[] logWeight, float[] force, int copies, PoolScratch s) {
        int dimension = s.laneSums.dimension;
        s.reserve(copies);
        double top = Double.NEGATIVE_INFINITY;
        for (int copy = 0; copy < copies; copy++) {
            top = Math.max(top, (double) logWeight[2 * copy] + logWeight[2 * copy + 1]);
        }
        for (int copy = 0; copy < copies; copy++) {
            double value = (double) logWeight[2 * copy] + logWeight[2 * copy + 1];
            s.logWeight[copy] = value == Double.NEGATIVE_INFINITY ? Float.NEGATIVE_INFINITY : (float) (value - top);
        }
        for (int axis = 0; axis < dimension; axis++) {
            for (int copy = 0; copy < copies; copy++) {
                s.points[axis * s.padded + copy] = points[copy * dimension + axis];
                s.force[axis * s.padded + copy] = force[copy * dimension + axis];
            }
            Arrays.fill(s.points, axis * s.padded + copies, (axis + 1) * s.padded, 0f);
            Arrays.fill(s.force, axis * s.padded + copies, (axis + 1) * s.padded, 0f);
        }
    }

    /**
     * Computes the scores of one row.
     *
     * <p>Read: x [axis] from its offset; the copies in scratch. Modified: target [axis], denoising [axis], effective, each
     * from its offset; scratch. No output may alias an input. A row that reaches no copy of finite energy gets zeros.
     *
     * @param variance positive
     * @param biasCorrection see {@link ScoreMerge#write}
     */
    public static void run(float[] x, int xOffset, float variance, boolean biasCorrection, float[] target,
            int targetOffset, float[] denoising, int denoisingOffset, float[] effective, int effectiveOffset,
            PoolScratch s) {
        int dimension = s.laneSums.dimension;
        float curvature = (float) (GaussianSumKernel.LOG2_E / (2 * (double) variance));
        float largest;
        if (dimension == 2) {
            largest = planarExponents(s.padded, s.points, x[xOffset], x[xOffset + 1], s.logWeight, curvature, s.weight,
                    s.lanes);
        } else {
            squares(s.padded, s.points, 0, x[xOffset], s.weight);
            for (int axis = 1; axis < dimension; axis++) {
                addSquares(s.padded, s.points, axis * s.padded, x[xOffset + axis], s.weight);
            }
            largest = exponents(s.padded, s.logWeight, curvature, s.weight, s.lanes);
        }
        if (largest == Float.NEGATIVE_INFINITY) {
            for (int axis = 0; axis < dimension; axis++) {
                target[targetOffset + axis] = 0 * x[xOffset + axis];
                denoising[denoisingOffset + axis] = 0 * x[xOffset + axis];
            }
            effective[effectiveOffset] = 0f;
            return;
        }
        float shift = largest + 1; // exponents stay below zero
        int live = liveBlocks(s.padded, s.weight, (float) (largest - NEGLIGIBLE), s.liveBlocks);
        collect(x, xOffset, variance, live, shift, s);
        ScoreMerge.write(s.laneSums, Math.min(s.copies, Lanes.LOGICAL), variance, biasCorrection, target, targetOffset,
                denoising, denoisingOffset, effective, effectiveOffset);
    }

    private static void collect(float[] x, int xOffset, float variance, int live, float shift, PoolScratch s) {
        LaneSums sums = s.laneSums;
        double perDeviation = 1 / Math.sqrt(variance);
        for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
            weights(live, s.liveBlocks, lane, shift, s.weight, s.lanes);
        }
        spread(s.lanes, 1, sums.weight, 0);
        for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
            weighted(live, s.liveBlocks, lane, s.weight, s.weight, 0, 0f, s.lanes);
        }
        spread(s.lanes, 1, sums.square, 0);
        for (int axis = 0; axis < sums.dimension; axis++) {
            int from = axis * s.padded;
            for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
                weighted(live, s.liveBlocks, lane, s.weight, s.force, from, 0f, s.lanes);
            }
            spread(s.lanes, 1, sums.force, axis * Lanes.LOGICAL);
            for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
                weighted(live, s.liveBlocks, lane, s.weight, s.points, from, x[xOffset + axis], s.lanes);
            }
            spread(s.lanes, perDeviation, sums.step, axis * Lanes.LOGICAL);
        }
    }

    private static void squares(int copies, float[] points, int from, float centre, float[] squares) {
        FloatVector x = FloatVector.broadcast(Lanes.FLOAT, centre);
        for (int copy = 0; copy < copies; copy += Lanes.COUNT) {
            FloatVector difference = FloatVector.fromArray(Lanes.FLOAT, points, from + copy).sub(x);
            difference.mul(difference).intoArray(squares, copy);
        }
    }

    private static void addSquares(int copies, float[] points, int from, float centre, float[] squares) {
        FloatVector x = FloatVector.broadcast(Lanes.FLOAT, centre);
        for (int copy = 0; copy < copies; copy += Lanes.COUNT) {
            FloatVector difference = FloatVector.fromArray(Lanes.FLOAT, points, from + copy).sub(x);
            difference.fma(difference, FloatVector.fromArray(Lanes.FLOAT, squares, copy)).intoArray(squares, copy);
        }
    }

    /** Turns squared distances into exponents and returns the largest. */
    private static float exponents(int copies, float[] logWeight, float curvature, float[] squares, float[] lanes) {
        FloatVector down = FloatVector.broadcast(Lanes.FLOAT, -curvature);
        FloatVector most = FloatVector.broadcast(Lanes.FLOAT, Float.NEGATIVE_INFINITY);
        for (int copy = 0; copy < copies; copy += Lanes.COUNT) {
            FloatVector exponent = FloatVector.fromArray(Lanes.FLOAT, squares, copy).fma(down,
                    FloatVector.fromArray(Lanes.FLOAT, logWeight, copy));
            exponent.intoArray(squares, copy);
            most = most.blend(exponent, exponent.compare(VectorOperators.GT, most));
        }
        return largest(most, lanes);
    }

    /** Does the same, to the bit, in one pass over points of two coordinates. */
    private static float planarExponents(int copies, float[] points, float centre0, float centre1, float[] logWeight,
            float curvature, float[] exponents, float[] lanes) {
        FloatVector x0 = FloatVector.broadcast(Lanes.FLOAT, centre0);
        FloatVector x1 = FloatVector.broadcast(Lanes.FLOAT, centre1);
        FloatVector down = FloatVector.broadcast(Lanes.FLOAT, -curvature);
        FloatVector most = FloatVector.broadcast(Lanes.FLOAT, Float.NEGATIVE_INFINITY);
        for (int copy = 0; copy < copies; copy += Lanes.COUNT) {
            FloatVector d0 = FloatVector.fromArray(Lanes.FLOAT, points, copy).sub(x0);
            FloatVector d1 = FloatVector.fromArray(Lanes.FLOAT, points, copies + copy).sub(x1);
            FloatVector exponent = d1.fma(d1, d0.mul(d0)).fma(down,
                    FloatVector.fromArray(Lanes.FLOAT, logWeight, copy));
            exponent.intoArray(exponents, copy);
            most = most.blend(exponent, exponent.compare(VectorOperators.GT, most));
        }
        return largest(most, lanes);
    }

    private static float largest(FloatVector most, float[] lanes) {
        most.intoArray(lanes, 0);
        float largest = lanes[0];
        for (int lane = 1; lane < Lanes.COUNT; lane++) {
            largest = Math.max(largest, lanes[lane]);
        }
        return largest;
    }

    /** Writes the numbers of the first copies of the blocks that reach the threshold, and returns how many there are. */
    private static int liveBlocks(int copies, float[] exponents, float threshold, int[] blocks) {
        int live = 0;
        for (int block = 0; block < copies; block += Lanes.LOGICAL) {
            boolean reaches = false;
            for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
                reaches |= FloatVector.fromArray(Lanes.FLOAT, exponents, block + lane)
                        .compare(VectorOperators.GT, threshold).anyTrue();
            }
            if (reaches) {
                blocks[live++] = block;
            }
        }
        return live;
    }

    /** Turns the exponents of live blocks into weights and writes their sums for one vector of logical lanes. */
    private static void weights(int live, int[] blocks, int lane, float shift, float[] weight, float[] sums) {
        FloatVector total = FloatVector.zero(Lanes.FLOAT);
        FloatVector one = FloatVector.broadcast(Lanes.FLOAT, shift);
        for (int block = 0; block < live; block++) {
            int copy = blocks[block] + lane;
            FloatVector w = VectorMath.exp2Negative(FloatVector.fromArray(Lanes.FLOAT, weight, copy).sub(one));
            w.intoArray(weight, copy);
            total = total.add(w);
        }
        total.intoArray(sums, lane);
    }

    /** Writes Σ w (value − origin) over live blocks for one vector of logical lanes. */
    private static void weighted(int live, int[] blocks, int lane, float[] weight, float[] values, int from,
            float origin, float[] sums) {
        FloatVector total = FloatVector.zero(Lanes.FLOAT);
        FloatVector zero = FloatVector.broadcast(Lanes.FLOAT, origin);
        for (int block = 0; block < live; block++) {
            int copy = blocks[block] + lane;
            total = FloatVector.fromArray(Lanes.FLOAT, weight, copy)
                    .fma(FloatVector.fromArray(Lanes.FLOAT, values, from + copy).sub(zero), total);
        }
        total.intoArray(sums, lane);
    }

    private static void spread(float[] lanes, double factor, double[] sums, int from) {
        for (int lane = 0; lane < Lanes.LOGICAL; lane++) {
            sums[from + lane] = factor * lanes[lane];
        }
    }
}
