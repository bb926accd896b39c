package dev.idem.diffusion;

import dev.idem.energy.Energy;
import dev.idem.program.Buffer;
import dev.idem.program.NoiseBins;
import dev.idem.program.ProgramBuilder;
import dev.idem.program.Role;
import dev.idem.program.TargetOp;
import java.util.Optional;

/**
 * How the score of the noised target is estimated from the energy.
 *
 * @param energy what is sampled
 * @param combination which of the two identities, or which mixture of them
 * @param biasCorrection whether the jackknife removes the O(1/K) bias
 * @param clip largest norm of each part of the estimate; 0 for no clipping
 * @param parts into how many parts a row is cut for clipping: one, or the number of particles
 */
public record ScoreEstimator(Energy energy, Combination combination, boolean biasCorrection, double clip,
        int parts) {

    /** A combination of the target score and the denoising score. */
    public sealed interface Combination {}

    /** The target score alone: as published. */
    public record TargetScore() implements Combination {}

    /** The denoising score alone. */
    public record DenoisingScore() implements Combination {}

    /** c = v/(v + h) with v = width². */
    public record KnownMixing(double width) implements Combination {}

    /** c learned per noise bin, see {@link TargetOp.MixingSums}. */
    public record LearnedMixing(NoiseBins bins, double decay, double bound) implements Combination {

        /** Returns the buffer of the running sums, [bin][2]. */
        public Buffer state() {
            return Buffer.floats("mixing", bins.count(), 2, Role.STATE);
        }
    }

    /** Where the Monte-Carlo copies of a row come from. */
    public sealed interface Copies {}

    /**
     * Each row has copies of its own.
     *
     * @param counts int32 [row][1]: how many
     */
    public record OwnCopies(Buffer counts) implements Copies {}

    /**
     * Each row uses the copies of all rows.
     *
     * @param firstCopy int32 [row + 1][1]: where each row's begin; the last is {@code total}
     * @param total number of copies
     */
    public record PooledCopies(Buffer firstCopy, int total) implements Copies {}

    /**
     * What an estimate consists of.
     *
     * @param targetScore [row][dimension]
     * @param denoisingScore [row][dimension]
     * @param effectiveSamples [row][1]
     * @param score the combination, clipped if asked for, [row][dimension]
     */
    public record Estimate(Buffer targetScore, Buffer denoisingScore, Buffer effectiveSamples, Buffer score) {}

    /**
     * Appends the estimate to a program.
     *
     * @param counter random counter
     * @param x [row][dimension]
     * @param variance [row][1]
     */
    public Estimate estimate(ProgramBuilder builder, Buffer counter, Buffer x, Buffer variance, Copies copies) {
        int rows = x.rows();
        int dimension = x.columns();
        Buffer target = builder.scratch("targetScore", rows, dimension);
        Buffer denoising = builder.scratch("denoisingScore", rows, dimension);
        Buffer effective = builder.scratch("effectiveSamples", rows, 1);
        switch (copies) {
            case OwnCopies own -> builder.add(new TargetOp.MonteCarloScore(counter, x, variance, own.counts, target,
                    denoising, effective, energy, biasCorrection, builder.stream()));
            case PooledCopies pooled -> {
                Buffer points = builder.scratch("copyPoints", pooled.total, dimension);
                Buffer energies = builder.scratch("copyEnergies", pooled.total, 2);
                Buffer force = builder.scratch("copyForces", pooled.total, dimension);
                Buffer logWeight = builder.scratch("copyWeights", pooled.total, 2);
                builder.add(new TargetOp.DrawCopies(counter, x, variance, pooled.firstCopy, points, energies, force,
                        energy, builder.stream()));
                builder.add(new TargetOp.BalanceCopies(x, variance, pooled.firstCopy, points, energies, logWeight));
                builder.add(new TargetOp.PooledScore(x, variance, points, logWeight, force, target, denoising,
                        effective, biasCorrection));
            }
        }
        Buffer combined = switch (combination) {
            case TargetScore _ -> target;
            case DenoisingScore _ -> denoising;
            case KnownMixing known -> {
                Buffer mixed = builder.scratch("mixed", rows, dimension);
                builder.add(new TargetOp.MixKnown(target, denoising, variance, mixed, known.width));
                yield mixed;
            }
            case LearnedMixing learned -> {
                Buffer mixed = builder.scratch("mixed", rows, dimension);
                builder.add(new TargetOp.MixLearned(target, denoising, variance, learned.state(), mixed, learned.bins));
                yield mixed;
            }
        };
        if (clip > 0) {
            Buffer clipped = builder.scratch("clipped", rows, dimension);
            builder.add(new TargetOp.ClipParts(combined, clipped, clip, parts));
            combined = clipped;
        }
        return new Estimate(target, denoising, effective, combined);
    }

    /**
     * Appends the learning of the mixing coefficient, if there is one, and returns the step's sums [bin][3].
     *
     * @param score the network's score at the same points, [row][dimension]
     */
    public Optional<Buffer> learn(ProgramBuilder builder, Buffer score, Estimate estimate, Buffer variance) {
        if (!(combination instanceof LearnedMixing learned)) {
            return Optional.empty();
        }
        Buffer sums = builder.scratch("mixingSums", learned.bins.count(), 3);
        builder.add(new TargetOp.MixingSums(score, estimate.targetScore, estimate.denoisingScore, variance, sums,
                learned.bins, learned.bound));
        builder.add(new TargetOp.UpdateMixing(sums, learned.state(), learned.decay));
        return Optional.of(sums);
    }
}
