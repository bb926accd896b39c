package dev.idem.cpu.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The Monte-Carlo score of particles from copies drawn around the mode of the posterior exp(−U(y)), U(y) = E(y) + |y −
 * x|²/2h.
 *
 * <p>{@link PosteriorMode} finds m and A = ∇²U(m) + shift · I = Uᵀ U. A full-space draw δ' = U⁻¹ ε has density ∝ exp(−½
 * δ'ᵀ A δ'). A maps the mean-free subspace into itself and multiplies translations by a = 1/h + shift, so the mean-free
 * part δ = P δ' is independent of the particles' mean δ̄', and its density on the subspace is ∝ exp(−½ δᵀ A δ) with
 *
 * <p>½ δᵀ A δ = ½ |ε|² − ½ a N |δ̄'|²;
 *
 * <p>the log weight of y = m + δ is −U(y) + ½ δᵀ A δ. Nothing but ε and the draw itself enters, so rounding of the factor
 * changes the proposal and its density alike. The scores are Σ w (−∇E(y)) and Σ w (y − x)/h, mean-free.
 *
 * <p>Numerics: the search in double precision; draws, energies and forces in float, a copy in a lane, the sums as in
 * {@link AnalyticScoreKernel}. The noise is that of the Monte-Carlo score of the same row, stream and step.
 */
public final class GuidedScoreKernel {

    private GuidedScoreKernel() {}

    /**
     * Computes the scores of one row.
     *
     * <p>Read: clean [axis], x [axis], from their offsets. Modified: target [axis], denoising [axis], effective [1], each
     * from its offset; scratch. No output may alias an input. Without copies, or where no energy is finite at the clean
     * point or at any copy, all are zero; a row that is not finite gives NaN.
     *
     * @param variance h, positive
     * @param row global number of the row, for the random counter
     * @param count number of copies, not negative
     * @throws IllegalArgumentException if the number of copies is negative
     */
    public static void run(float[] clean, int cleanAt, float[] x, int xAt, float variance, int row, int count,
            int newtonSteps, int seedLow, int seedHigh, int stream, int step, float[] target, int targetAt,
            float[] denoising, int denoisingAt, float[] effective, int effectiveAt, GuidedScratch s) {
        if (count < 0) {
            throw new IllegalArgumentException("copies of row " + row + " must be at least 0, got " + count);
        }
        int dimension = s.centre.length;
        LaneSums sums = s.copies.laneSums;
        sums.clear();
        boolean finite = AnalyticScoreKernel.isFinite(x, xAt, dimension, variance)
                && AnalyticScoreKernel.isFinite(clean, cleanAt, dimension, variance);
        if (!finite && count > 0) {
            Arrays.fill(sums.weight, Double.NaN);
        } else if (count > 0 && s.mode.find(clean, cleanAt, x, xAt, variance, newtonSteps)) {
            s.load();
            for (int first = 0; first < count; first += s.copies.tile) {
                int used = Math.min(s.copies.tile, count - first);
                NormalKernel.copies(seedLow, seedHigh, stream, step, row, first / Lanes.LOGICAL,
                        Math.ceilDiv(used, Lanes.LOGICAL), dimension, s.copies.noise, s.copies.tile,
                        s.copies.noiseScratch);
                addTile(used, 1 / variance, s);
            }
        }
        ScoreMerge.write(sums, Lanes.LOGICAL, 1, false, target, targetAt, denoising, denoisingAt, effective,
                effectiveAt);
        if (effective[effectiveAt] != 0) {
            for (int i = 0; i < dimension; i++) {
                denoising[denoisingAt + i] = (s.offset[i] + denoising[denoisingAt + i]) / variance;
            }
            ParticleKernel.removeMean(target, targetAt, s.particles, s.axes);
            ParticleKernel.removeMean(denoising, denoisingAt, s.particles, s.axes);
        }
    }

    /** Turns the noise of a tile into displacements, evaluates the copies and adds them to the row's sums. */
    private static void addTile(int used, float precision, GuidedScratch s) {
        AnalyticScoreScratch c = s.copies;
        float translation = (float) s.mode.translationPrecision();
        for (int group = 0; group < used; group += Lanes.LOGICAL) {
            for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
                subtractSquares(c.noise, c.tile, group + lane, s.potential, lane, s.offset.length);
                displace(s.factor, c.noise, c.tile, group + lane, s.offset.length);
                project(translation, s.particles, s.axes, c.noise, c.tile, group + lane, s.potential, lane);
                addSquares(0.5f * precision, s.offset, c.noise, c.tile, group + lane, s.potential, lane);
            }
            WeightedCopies.place(c.noise, c.tile, group, s.centre, 0, 1, c);
            s.energy.energies(c.points, c.energy, group);
            for (int lane = 0; lane < Lanes.LOGICAL; lane++) {
                c.energy[group + lane] += s.potential[lane];
            }
        }
        WeightedCopies.add(s.energy, used, s.centre, 0, 1, c);
    }

    /** Writes −½ |ε|². */
    private static void subtractSquares(float[] noise, int stride, int at, float[] potential, int lane,
            int dimension) {
        FloatVector sum = FloatVector.zero(Lanes.FLOAT);
        for (int axis = 0; axis < dimension; axis++) {
            FloatVector e = FloatVector.fromArray(Lanes.FLOAT, noise, axis * stride + at);
            sum = e.fma(e, sum);
        }
        sum.mul(-0.5f).intoArray(potential, lane);
    }

    /** Solves U δ' = ε in place, from the last coordinate up. */
    private static void displace(float[] factor, float[] noise, int stride, int at, int dimension) {
        for (int i = dimension - 1; i >= 0; i--) {
            int row = i * dimension;
            FloatVector sum = FloatVector.fromArray(Lanes.FLOAT, noise, i * stride + at);
            for (int j = i + 1; j < dimension; j++) {
                sum = FloatVector.fromArray(Lanes.FLOAT, noise, j * stride + at)
                        .fma(FloatVector.broadcast(Lanes.FLOAT, factor[row + j]), sum);
            }
            sum.mul(factor[row + i]).intoArray(noise, i * stride + at);
        }
    }

    /** Takes the particles' mean away and adds ½ a N |δ̄'|². */
    private static void project(float translation, int particles, int axes, float[] noise, int stride, int at,
            float[] potential, int lane) {
        FloatVector sum = FloatVector.fromArray(Lanes.FLOAT, potential, lane);
        for (int axis = 0; axis < axes; axis++) {
            FloatVector mean = FloatVector.zero(Lanes.FLOAT);
            for (int i = axis; i < particles * axes; i += axes) {
                mean = mean.add(FloatVector.fromArray(Lanes.FLOAT, noise, i * stride + at));
            }
            mean = mean.div(particles);
            for (int i = axis; i < particles * axes; i += axes) {
                FloatVector.fromArray(Lanes.FLOAT, noise, i * stride + at).sub(mean)
                        .intoArray(noise, i * stride + at);
            }
            sum = mean.mul(0.5f * translation * particles).fma(mean, sum);
        }
        sum.intoArray(potential, lane);
    }

    /** Adds half · |m − x + δ|². */
    private static void addSquares(float half, float[] offset, float[] noise, int stride, int at, float[] potential,
            int lane) {
        FloatVector sum = FloatVector.zero(Lanes.FLOAT);
        for (int axis = 0; axis < offset.length; axis++) {
            FloatVector difference = FloatVector.fromArray(Lanes.FLOAT, noise, axis * stride + at).add(offset[axis]);
            sum = difference.fma(difference, sum);
        }
        sum.fma(FloatVector.broadcast(Lanes.FLOAT, half), FloatVector.fromArray(Lanes.FLOAT, potential, lane))
                .intoArray(potential, lane);
    }
}
