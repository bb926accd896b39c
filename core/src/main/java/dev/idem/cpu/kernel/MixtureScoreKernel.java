package dev.idem.cpu.kernel;

import dev.idem.random.Normals;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * The Monte-Carlo score of a Gaussian mixture, fused: noise, energies, weights and sums in one pass over a tile of
 * copies.
 *
 * <p>For each row x with noise variance h and K copies y_k = x + √h ε_k, weights w = softmax(−E(y_k)): targetScore = Σ
 * w_k (−∇E(y_k)), denoisingScore = Σ w_k (y_k − x)/h, effectiveSamples = 1/Σ w_k², logMeanWeight = ln (1/K Σ
 * exp(−E(y_k))). The noise is that of {@link Normals#copyNormal}: the row's global number, copy and axis.
 *
 * <p>Algebra. exp(−E(y)) is a plain sum of the modes' shares, so w_k and w_k ∇E(y_k) need neither the logarithm nor the
 * modes' posterior of each copy: with q_km the share of mode m in copy k, Σ_k w_k (−∇E(y_k)) = Σ_m (μ_m − x)/s_m² Σ_k
 * q_km − √h Σ_k ε_k Σ_m q_km/s_m². The exponent of a share is a polynomial in ε whose coefficients are made once for a
 * row ({@link MixtureModes}), where modes that cannot matter are dropped.
 *
 * <p>Numerics: coefficients in double precision; shares in float, with 2^x to 2e-7 and exponents to about 4e-7 of their
 * largest part; copy k is summed in logical lane k mod 16 in float, in the order of the copies; lanes are merged in
 * double precision in their order. Shares are relative to the row's largest exponent so far, rounded up to an integer,
 * so that neither overflow nor a vanishing sum can occur. A row that is not finite gives NaN.
 *
 * <p>Source: iDEM (arXiv 2402.06121), equation 7; De Bortoli et al., "Target score matching" (arXiv 2402.08667). The
 * reference implementation differentiates ln Σ exp(−E(x + √h ε_k)) automatically, the same number.
 */
public final class MixtureScoreKernel {

    private static final double LN2 = StrictMath.log(2);
    private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);

    private MixtureScoreKernel() {}

    /**
     * Computes the scores of consecutive rows.
     *
     * <p>Read: x [row][axis], variance [row], copies [row], each from its offset. Modified: target [row][axis],
     * denoising [row][axis], effective [row], logMeanWeight [row] if given, each from its offset; scratch. No output
     * may alias an input.
     *
     * @param variance positive
     * @param firstRow global number of the first row, for the random counter
     * @param copies number of copies of each row, at least one
     * @param biasCorrection see {@link ScoreMerge#write}
     * @throws IllegalArgumentException if a number of copies is not positive
     */
    public static void run(MixtureConstants mixture, float[] x, int xOffset, float[] variance, int varianceOffset,
            int rows,
            int firstRow, int[] copies, int copiesOffset, int seedLow, int seedHigh, int stream, int step,
            boolean biasCorrection, float[] target, int targetOffset, float[] denoising, int denoisingOffset,
            float[] effective, int effectiveOffset, double @Nullable [] logMeanWeight, int logMeanWeightOffset,
            ScoreScratch scratch) {
        int dimension = mixture.dimension;
        double largestNoise = Normals.LARGEST_RADIUS * Math.sqrt(Math.ceilDiv(dimension, 2));
        for (int row = 0; row < rows; row++) {
            int count = copies[copiesOffset + row];
            if (count < 1) {
                throw new IllegalArgumentException("copies of row " + row + " must be at least 1, got " + count);
            }
            double h = variance[varianceOffset + row];
            MixtureModes.prepare(mixture, x, xOffset + row * dimension, h, largestNoise, scratch);
            addCopies(mixture, count, firstRow + row, seedLow, seedHigh, stream, step, scratch);
            collect(mixture, h, scratch);
            ScoreMerge.write(scratch.laneSums, Math.min(count, Lanes.LOGICAL), h, biasCorrection, target,
                    targetOffset + row * dimension, denoising, denoisingOffset + row * dimension, effective,
                    effectiveOffset + row);
            if (logMeanWeight != null) {
                double mean = StrictMath.log(scratch.laneSums.totalWeight() / count);
                logMeanWeight[logMeanWeightOffset + row] = mean + (scratch.reference + scratch.shift) * LN2
                        - dimension * HALF_LOG_TWO_PI;
            }
        }
    }

    private static void addCopies(MixtureConstants mixture, int count, int row, int seedLow, int seedHigh, int stream,
            int step, ScoreScratch s) {
        s.start();
        if (!mixture.planar) {
            GeneralMixtureKernel.pad(mixture, s);
        }
        for (int first = 0; first < count; first += s.tile) {
            int used = Math.min(s.tile, count - first);
            NormalKernel.copies(seedLow, seedHigh, stream, step, row, first / Lanes.LOGICAL,
                    Math.ceilDiv(used, Lanes.LOGICAL), mixture.dimension, s.noise, s.tile, s.noiseScratch);
            if (mixture.planar) {
                PlanarMixtureKernel.add(used, mixture.padded, s);
            } else {
                GeneralMixtureKernel.add(used, mixture, s);
            }
        }
    }

    /** Turns the float sums of a row into the double sums to be merged. */
    private static void collect(MixtureConstants mixture, double variance, ScoreScratch s) {
        int dimension = mixture.dimension;
        for (int axis = 0; axis < dimension; axis++) {
            for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
                pulls(s.live, s.posterior, lane, s.pulls, axis * mixture.padded, s.force, axis * Lanes.LOGICAL + lane);
            }
        }
        LaneSums out = s.laneSums;
        for (int lane = 0; lane < Lanes.LOGICAL; lane++) {
            out.weight[lane] = s.sums[ScoreScratch.WEIGHT + lane];
            out.square[lane] = s.sums[ScoreScratch.SQUARE + lane];
        }
        int size = dimension * Lanes.LOGICAL;
        // The planar kernel leaves out Σ share/s² · ε: with one width it is the weighted noise over s².
        int pullback = mixture.planar ? ScoreScratch.STEP : ScoreScratch.STEP + size;
        double factor = Math.sqrt(variance) * (mixture.planar ? mixture.precisions[0] : 1);
        for (int i = 0; i < size; i++) {
            out.step[i] = s.sums[ScoreScratch.STEP + i];
            out.force[i] = s.force[i] - factor * s.sums[pullback + i];
        }
    }

    /** Writes Σ_m (μ_m − x)/s_m² Σ_k q_km of one axis for one vector of logical lanes, in the order of the modes. */
    private static void pulls(int live, float[] posterior, int lane, float[] pulls, int from, float[] force, int at) {
        FloatVector sum = FloatVector.zero(Lanes.FLOAT);
        for (int mode = 0; mode < live; mode++) {
            sum = FloatVector.fromArray(Lanes.FLOAT, posterior, mode * Lanes.LOGICAL + lane)
                    .fma(FloatVector.broadcast(Lanes.FLOAT, pulls[from + mode]), sum);
        }
        sum.intoArray(force, at);
    }
}
