package dev.idem.diffusion;

import dev.idem.energy.Energy;
import dev.idem.energy.ParticleEnergy;
import dev.idem.program.Buffer;
import dev.idem.program.NoiseBins;
import dev.idem.program.ProgramBuilder;
import dev.idem.program.Role;
import dev.idem.program.TargetOp;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

        /**
         * Returns running sums whose c is v/(v + h) at each bin's centre, as if they had been gathered already.
         *
         * @param width v^½
         * @param weight b, to be compared with a step's σ²‖T − D‖² summed over a bin's rows; 0 gives c = 0
         */
        public float[] start(double width, double weight) {
            float[] sums = new float[2 * bins.count()];
            for (int bin = 0; bin < bins.count(); bin++) {
                double h = bins.centre(bin) * bins.centre(bin);
                sums[2 * bin] = (float) (weight * width * width / (width * width + h));
                sums[2 * bin + 1] = (float) weight;
            }
            return sums;
        }
    }

    /** What an estimate is made of. */
    public sealed interface Source {}

    /** Monte-Carlo copies of the rows. */
    public sealed interface Copies extends Source {}

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
     * Each row has copies of its own, drawn around the mode of the posterior of its clean point, see {@link TargetOp.GuidedScore}.
     *
     * @param counts int32 [row][1]: how many; zero for none
     * @param clean [row][dimension]
     */
    public record GuidedCopies(Buffer counts, Buffer clean, ParticleEnergy energy, int newtonSteps) implements Copies {}

    /**
     * The clean point that each row was made of: one posterior sample, as far as the clean points are samples of the target. Costs no
     * energy call.
     *
     * @param clean [row][dimension]
     * @param force −∇E at the clean points, [row][dimension]
     */
    public record Pairs(Buffer clean, Buffer force) implements Source {}

    /**
     * Copies where their weights are even enough, else pairs, see {@link TargetOp.Blend}.
     *
     * @param from effective samples up to which the pairs alone count
     * @param to effective samples from which on the copies alone count
     */
    public record Blended(Copies copies, Pairs pairs, double from, double to) implements Source {}

    /**
     * What an estimate consists of.
     *
     * @param targetScore [row][dimension]
     * @param denoisingScore [row][dimension]
     * @param effectiveSamples [row][1]; absent if there are no weights
     * @param score the combination, clipped if asked for, [row][dimension]
     */
    public record Estimate(Buffer targetScore, Buffer denoisingScore, @Nullable Buffer effectiveSamples,
            Buffer score) {}

    /** Both scores before they are combined. */
    private record Scores(Buffer target, Buffer denoising, @Nullable Buffer effective) {}

    /**
     * Appends the estimate to a program.
     *
     * @param counter random counter
     * @param x [row][dimension]
     * @param variance [row][1]
     */
    public Estimate estimate(ProgramBuilder builder, Buffer counter, Buffer x, Buffer variance, Source source) {
        Scores scores = switch (source) {
            case Copies copies -> copies(builder, counter, x, variance, copies);
            case Pairs pairs -> pairs(builder, x, variance, pairs);
            case Blended blended -> blended(builder, copies(builder, counter, x, variance, blended.copies),
                    pairs(builder, x, variance, blended.pairs), blended);
        };
        Buffer combined = combined(builder, scores, variance);
        if (clip > 0) {
            Buffer clipped = builder.scratch("clipped", x.shape());
            builder.add(new TargetOp.ClipParts(combined, clipped, clip, parts));
            combined = clipped;
        }
        return new Estimate(scores.target, scores.denoising, scores.effective, combined);
    }

    private Scores copies(ProgramBuilder builder, Buffer counter, Buffer x, Buffer variance, Copies copies) {
        Buffer target = builder.scratch("targetScore", x.shape());
        Buffer denoising = builder.scratch("denoisingScore", x.shape());
        Buffer effective = builder.scratch("effectiveSamples", x.rows(), 1);
        switch (copies) {
            case OwnCopies own -> builder.add(new TargetOp.MonteCarloScore(counter, x, variance, own.counts, target,
                    denoising, effective, energy, biasCorrection, builder.stream()));
            case GuidedCopies guided -> builder.add(new TargetOp.GuidedScore(counter, guided.clean, x, variance,
                    guided.counts, target, denoising, effective, guided.energy, guided.newtonSteps, builder.stream()));
            case PooledCopies pooled -> {
                Buffer points = builder.scratch("copyPoints", pooled.total, x.columns());
                Buffer energies = builder.scratch("copyEnergies", pooled.total, 2);
                Buffer force = builder.scratch("copyForces", pooled.total, x.columns());
                Buffer logWeight = builder.scratch("copyWeights", pooled.total, 2);
                builder.add(new TargetOp.DrawCopies(counter, x, variance, pooled.firstCopy, points, energies, force,
                        energy, builder.stream()));
                builder.add(new TargetOp.BalanceCopies(x, variance, pooled.firstCopy, points, energies, logWeight));
                builder.add(new TargetOp.PooledScore(x, variance, points, logWeight, force, target, denoising,
                        effective, biasCorrection));
            }
        }
        return new Scores(target, denoising, effective);
    }

    private static Scores pairs(ProgramBuilder builder, Buffer x, Buffer variance, Pairs pairs) {
        Buffer denoising = builder.scratch("pairDenoising", x.shape());
        builder.add(new TargetOp.PairDenoising(pairs.clean, x, variance, denoising));
        return new Scores(pairs.force, denoising, null);
    }

    private static Scores blended(ProgramBuilder builder, Scores copies, Scores pairs, Blended rule) {
        Buffer effective = copies.effective;
        if (effective == null) {
            throw new IllegalStateException("copies have weights");
        }
        Buffer target = builder.scratch("blendedTarget", copies.target.shape());
        Buffer denoising = builder.scratch("blendedDenoising", target.shape());
        builder.add(new TargetOp.Blend(copies.target, pairs.target, effective, target, rule.from, rule.to));
        builder.add(new TargetOp.Blend(copies.denoising, pairs.denoising, effective, denoising, rule.from, rule.to));
        return new Scores(target, denoising, effective);
    }

    private Buffer combined(ProgramBuilder builder, Scores scores, Buffer variance) {
        return switch (combination) {
            case TargetScore _ -> scores.target;
            case DenoisingScore _ -> scores.denoising;
            case KnownMixing known -> {
                Buffer mixed = builder.scratch("mixed", scores.target.shape());
                builder.add(new TargetOp.MixKnown(scores.target, scores.denoising, variance, mixed, known.width));
                yield mixed;
            }
            case LearnedMixing learned -> {
                Buffer mixed = builder.scratch("mixed", scores.target.shape());
                builder.add(new TargetOp.MixLearned(scores.target, scores.denoising, variance, learned.state(), mixed,
                        learned.bins));
                yield mixed;
            }
        };
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
