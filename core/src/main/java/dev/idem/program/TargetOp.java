package dev.idem.program;

import dev.idem.energy.Energy;
import dev.idem.energy.ParticleEnergy;
import java.util.List;

/**
 * Ops that estimate the score of the noised target from the energy. None is differentiable: the target is a constant
 * for the loss.
 *
 * <p>Source: iDEM (arXiv 2402.06121), equation 7, for the target score; De Bortoli et al., "Target score matching"
 * (arXiv 2402.08667), for its combination with the denoising score.
 */
public sealed interface TargetOp extends Op {

    /**
     * The Monte-Carlo score from copies y_k = x + √variance ε_k with weights w = softmax(−E(y_k)).
     *
     * <p>targetScore = Σ w_k (−∇E(y_k)); denoisingScore = Σ w_k (y_k − x)/variance; effectiveSamples = 1/Σ w_k².
     * Nothing of size rows × copies is stored.
     *
     * @param counter [1][4], not modified
     * @param x [row][dimension], not modified
     * @param variance [row][1], not modified; positive
     * @param copies int32 [row][1], not modified: number of copies of each row, at least one
     * @param targetScore [row][dimension], modified
     * @param denoisingScore [row][dimension], modified
     * @param effectiveSamples [row][1], modified
     * @param biasCorrection replace both scores S by the jackknife 16 S − 15 mean_j S_{−j} over 16 groups of copies
     */
    record MonteCarloScore(Buffer counter, Buffer x, Buffer variance, Buffer copies, Buffer targetScore,
            Buffer denoisingScore, Buffer effectiveSamples, Energy energy, boolean biasCorrection, int stream)
            implements
                TargetOp {
        @Override
        public List<Buffer> reads() {
            return List.of(counter, x, variance, copies);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(targetScore, denoisingScore, effectiveSamples);
        }

        @Override
        public List<Buffer> wholeReads() {
            return List.of(counter);
        }
    }

    /**
     * The Monte-Carlo score from copies drawn around the mode of the posterior exp(−E(y) − |y − x|²/(2 variance)), of
     * particles on the mean-free subspace.
     *
     * <p>From y = x0, {@code newtonSteps} damped Newton steps lead to a point m, about the mode. With A = ∇²E(m) + (1/variance
     * + shift) I = L Lᵀ, shift ≥ 0 what makes it positive definite, the copies are y_k = P (m + L⁻ᵀ ε_k), P the
     * projection that takes the particles' mean away. Their weights are w_k ∝ exp(−E(y_k) − |y_k − x|²/(2 variance) + ½ d_kᵀ
     * A d_k), d_k = y_k − m, the posterior over the proposal that was drawn from, whatever the steps came to.
     *
     * <p>targetScore = Σ w_k (−∇E(y_k)); denoisingScore = Σ w_k (y_k − x)/variance; effectiveSamples = 1/Σ w_k²;
     * w normalised. A row without copies, and one whose energy is not finite at x0 or at any copy, gets zeros. One
     * configuration evaluated is one energy call and its Hessian two more: a row with copies takes {@link #calls}.
     *
     * <p>Source: importance sampling from Laplace's approximation (Tierney and Kadane, JASA 81, 1986) of the posterior
     * in iDEM's estimator (arXiv 2402.06121).
     *
     * @param counter [1][4], not modified
     * @param clean [row][dimension], not modified: x0, where the search begins; any point is right, a posterior sample best
     * @param x [row][dimension], not modified: the noised point
     * @param variance [row][1], not modified; positive
     * @param copies int32 [row][1], not modified: number of copies of each row, zero for none
     * @param targetScore [row][dimension], modified
     * @param denoisingScore [row][dimension], modified
     * @param effectiveSamples [row][1], modified
     * @param newtonSteps not negative
     */
    record GuidedScore(Buffer counter, Buffer clean, Buffer x, Buffer variance, Buffer copies, Buffer targetScore,
            Buffer denoisingScore, Buffer effectiveSamples, ParticleEnergy energy, int newtonSteps, int stream)
            implements
                TargetOp {
        @Override
        public List<Buffer> reads() {
            return List.of(counter, clean, x, variance, copies);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(targetScore, denoisingScore, effectiveSamples);
        }

        @Override
        public List<Buffer> wholeReads() {
            return List.of(counter);
        }

        /** Returns how many energy calls a row with so many copies takes. */
        public static long calls(int copies, int newtonSteps) {
            return copies == 0 ? 0 : copies + 3L * (newtonSteps + 1);
        }
    }

    /**
     * Draws the copies of all rows of a batch, x0_j = x_r + √variance_r ε_j, and evaluates the energy once at each.
     *
     * <p>Row j of the op is copy j; row r's copies are firstCopy[r] to firstCopy[r + 1] − 1.
     *
     * @param counter [1][4], not modified
     * @param x [row][dimension], not modified
     * @param variance [row][1], not modified; positive
     * @param firstCopy int32 [row + 1][1], not modified: increasing from 0 to the number of copies
     * @param points [copy][dimension], modified
     * @param energy [copy][2], modified: two floats whose sum is E(x0_j); +∞ for a wall
     * @param force [copy][dimension], modified: −∇E(x0_j), finite; zero where the energy is +∞
     */
    record DrawCopies(Buffer counter, Buffer x, Buffer variance, Buffer firstCopy, Buffer points, Buffer energy,
            Buffer force, Energy target, int stream) implements TargetOp {
        @Override
        public List<Buffer> reads() {
            return List.of(counter, x, variance, firstCopy);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(points, energy, force);
        }

        @Override
        public List<Buffer> wholeReads() {
            return reads();
        }
    }

    /**
     * Weighs the copies of a whole batch as draws from the mixture q of all its rows' proposals.
     *
     * <p>logWeight_j = −E_j − ln q_j, in units of ln 2, with q_j = Σ_r n_r variance_r^(−dimension/2) exp(−|x0_j −
     * x_r|²/(2 variance_r)) and n_r = firstCopy[r + 1] − firstCopy[r]. Row j of the op is copy j.
     *
     * <p>Source: the balance heuristic of Veach and Guibas, "Optimally combining sampling techniques for Monte Carlo
     * rendering" (SIGGRAPH 1995).
     *
     * @param x [row][dimension], not modified
     * @param variance [row][1], not modified
     * @param firstCopy int32 [row + 1][1], not modified
     * @param points [copy][dimension], not modified
     * @param energy [copy][2], not modified
     * @param logWeight [copy][2], modified: two floats whose sum it is; −∞ where the energy is +∞
     */
    record BalanceCopies(Buffer x, Buffer variance, Buffer firstCopy, Buffer points, Buffer energy, Buffer logWeight)
            implements
                TargetOp {
        @Override
        public List<Buffer> reads() {
            return List.of(x, variance, firstCopy, points, energy);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(logWeight);
        }

        @Override
        public List<Buffer> wholeReads() {
            return List.of(x, variance, firstCopy);
        }
    }

    /**
     * The Monte-Carlo score of every row from the copies of the whole batch, w_rj ∝ 2^(logWeight_j) exp(−|x0_j −
     * x_r|²/(2 variance_r)), normalised over j.
     *
     * <p>targetScore = Σ w_rj force_j; denoisingScore = Σ w_rj (x0_j − x_r)/variance_r; effectiveSamples = 1/Σ w_rj². A row
     * that reaches no copy of finite energy gets zeros. Nothing of size rows × copies is stored.
     *
     * @param x [row][dimension], not modified
     * @param variance [row][1], not modified; positive
     * @param points [copy][dimension], not modified
     * @param logWeight [copy][2], not modified
     * @param force [copy][dimension], not modified
     * @param targetScore [row][dimension], modified
     * @param denoisingScore [row][dimension], modified
     * @param effectiveSamples [row][1], modified
     * @param biasCorrection as in {@link MonteCarloScore}; copy j belongs to group j mod 16
     */
    record PooledScore(Buffer x, Buffer variance, Buffer points, Buffer logWeight, Buffer force, Buffer targetScore,
            Buffer denoisingScore, Buffer effectiveSamples, boolean biasCorrection) implements TargetOp {

        /** Above this dimension the proposals of different rows hardly overlap, and pooling is refused. */
        public static final int LARGEST_DIMENSION = 8;

        @Override
        public List<Buffer> reads() {
            return List.of(x, variance, points, logWeight, force);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(targetScore, denoisingScore, effectiveSamples);
        }

        @Override
        public List<Buffer> wholeReads() {
            return List.of(points, logWeight, force);
        }
    }

    /**
     * denoisingScore = (clean − x)/variance: the estimate of one posterior sample, the clean point that x was made of.
     *
     * @param clean [row][dimension], not modified
     * @param x [row][dimension], not modified
     * @param variance [row][1], not modified; positive
     * @param denoisingScore [row][dimension], modified
     */
    record PairDenoising(Buffer clean, Buffer x, Buffer variance, Buffer denoisingScore) implements TargetOp {
        @Override
        public List<Buffer> reads() {
            return List.of(clean, x, variance);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(denoisingScore);
        }
    }

    /**
     * blended = w · first + (1 − w) · second with w = clip((effectiveSamples − from)/(to − from), 0, 1); the one with weight zero is not
     * looked at, be it finite or not.
     *
     * @param first [row][dimension], not modified: an estimate of weighted copies
     * @param second [row][dimension], not modified: one that serves where the copies' weights are too uneven
     * @param effectiveSamples [row][1], not modified: those of the first
     * @param blended [row][dimension], modified; may be one of the two
     * @param from effective samples up to which the second alone counts
     * @param to effective samples from which on the first alone counts
     */
    record Blend(Buffer first, Buffer second, Buffer effectiveSamples, Buffer blended, double from, double to)
            implements
                TargetOp {
        @Override
        public List<Buffer> reads() {
            return List.of(first, second, effectiveSamples);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(blended);
        }
    }

    /**
     * mixed = c · targetScore + (1 − c) · denoisingScore with c = v/(v + variance), v the width's square.
     *
     * <p>For a Gaussian target of standard deviation {@code width} this combination has no variance at all.
     *
     * @param targetScore [row][dimension], not modified
     * @param denoisingScore [row][dimension], not modified
     * @param variance [row][1], not modified
     * @param mixed [row][dimension], modified; may be one of the scores
     */
    record MixKnown(Buffer targetScore, Buffer denoisingScore, Buffer variance, Buffer mixed, double width)
            implements
                TargetOp {
        @Override
        public List<Buffer> reads() {
            return List.of(targetScore, denoisingScore, variance);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(mixed);
        }
    }

    /**
     * mixed = c · targetScore + (1 − c) · denoisingScore with c = clip(a/b, 0, 1) of the row's noise bin.
     *
     * @param targetScore [row][dimension], not modified
     * @param denoisingScore [row][dimension], not modified
     * @param variance [row][1], not modified
     * @param mixing [bin][2], not modified: running sums a and b, see {@link MixingSums}
     * @param mixed [row][dimension], modified; may be one of the scores
     */
    record MixLearned(Buffer targetScore, Buffer denoisingScore, Buffer variance, Buffer mixing, Buffer mixed,
            NoiseBins bins) implements TargetOp {
        @Override
        public List<Buffer> reads() {
            return List.of(targetScore, denoisingScore, variance, mixing);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(mixed);
        }

        @Override
        public List<Buffer> wholeReads() {
            return List.of(mixing);
        }
    }

    /**
     * Sums per noise bin what the mixing is learned from: a = (score − D)·(T − D), b = ‖T − D‖², times variance.
     *
     * <p>c = Σa/Σb regresses the network's score on the two estimates T and D. A row whose ‖T‖ √variance exceeds
     * {@code bound}, or is not finite, is left out and counted in the third column.
     *
     * @param score [row][dimension], not modified: the network's
     * @param targetScore [row][dimension], not modified
     * @param denoisingScore [row][dimension], not modified
     * @param variance [row][1], not modified
     * @param sums [bin][3], modified: a, b, rows left out
     */
    record MixingSums(Buffer score, Buffer targetScore, Buffer denoisingScore, Buffer variance, Buffer sums,
            NoiseBins bins, double bound) implements TargetOp {
        @Override
        public List<Buffer> reads() {
            return List.of(score, targetScore, denoisingScore, variance);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(sums);
        }

        @Override
        public Buffer domain() {
            return score;
        }

        @Override
        public List<Buffer> summedWrites() {
            return writes();
        }
    }

    /**
     * mixing = decay · mixing + sums, for a and b of each bin.
     *
     * @param sums [bin][3], not modified
     * @param mixing [bin][2], modified
     */
    record UpdateMixing(Buffer sums, Buffer mixing, double decay) implements TargetOp {
        @Override
        public List<Buffer> reads() {
            return List.of(sums, mixing);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(mixing);
        }
    }

    /**
     * Clips the norm of each of {@code parts} equal parts v of a row: v · min(1, maxNorm/(‖v‖ + 1e-6)), the norm in double
     * precision.
     *
     * <p>One part is the whole row; as many parts as particles clips each particle's vector, which leaves the sum over
     * the particles of a mean-free row no longer zero.
     *
     * @param x [row][dimension], not modified
     * @param clipped [row][dimension], modified; may be x
     * @param parts divides the dimension
     */
    record ClipParts(Buffer x, Buffer clipped, double maxNorm, int parts) implements TargetOp {
        @Override
        public List<Buffer> reads() {
            return List.of(x);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(clipped);
        }
    }
}
