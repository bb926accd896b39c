package dev.idem.config;

/**
 * The Monte-Carlo estimator of the score of the noised target.
 *
 * @param kind which of the identities is used
 * @param mixing how the coefficient c of c · target score + (1 − c) · denoising score is found (kind mixed)
 * @param width the target's local standard deviation v^½ in c = v/(v + h), in model coordinates (mixing known)
 * @param mixingDecay decay per step of the running sums that c is learned from (mixing learned)
 * @param mixingBound rows whose target score times σ exceeds this are left out of those sums
 * @param pooling whether each row uses its own copies or those of the whole batch
 * @param copies Monte-Carlo copies per point at the largest noise level
 * @param minCopies copies at the smallest noise level
 * @param copiesExponent copies fall with (σ/σ_max)^exponent from {@code copies} to {@code minCopies}
 * @param bandCopies copies at noise levels between {@code bandFrom} and {@code bandTo} instead; 0: as elsewhere
 * @param bandFrom smallest noise level of that band, in model coordinates
 * @param bandTo its largest
 * @param biasCorrection whether the O(1/K) bias of the self-normalised sums is removed by the jackknife over 16 groups
 * @param clip largest norm of the target; 0 for no clipping; as published 70 for the mixture
 * @param source what the estimate is made of
 * @param blendFrom effective samples of the copies up to which the pairs alone count (source blend or guided)
 * @param blendTo effective samples from which on the copies alone count (source blend or guided)
 * @param guidedTo largest noise level with guided copies, in model coordinates (source guided)
 * @param newtonSteps steps to the mode that guided copies are drawn around (source guided)
 * @param mixingStart weight at which c starts as {@code width} has it, in steps' worth of sums; 0: c starts at 0 (mixing learned)
 */
public record EstimatorConfig(Kind kind, Mixing mixing, double width, double mixingDecay, double mixingBound,
        Pooling pooling, int copies, int minCopies, double copiesExponent, int bandCopies, double bandFrom,
        double bandTo, boolean biasCorrection, double clip, Source source, double blendFrom, double blendTo,
        double guidedTo, int newtonSteps, double mixingStart) {

    private static final int LARGEST = 1_000_000;

    /** Which identity for the score is used. */
    public enum Kind {
        /** E[−∇E(x0) | x_t]: as published; small errors at small noise. */
        TARGET_SCORE,
        /** E[(x0 − x_t)/h | x_t]: small errors at large noise. */
        DENOISING,
        /** The combination of both whose errors cancel. */
        MIXED
    }

    /** What an estimate is made of. */
    public enum Source {
        /** Copies of the noised point, weighted: as published. */
        MONTE_CARLO,
        /** The replay's clean point and its stored force: no energy call in a training step. */
        PAIR,
        /** Copies where their weights are even enough, else the pair. */
        BLEND,
        /** Copies drawn around the mode of the clean point's posterior, up to a noise level and where their weights are even enough; else the pair. */
        GUIDED
    }

    /** How the mixing coefficient is found. */
    public enum Mixing {
        /** Learned per noise bin by regression of the network's score on both estimates. */
        LEARNED,
        /** From a given width. */
        KNOWN
    }

    /** Which copies a row's estimate is made of. */
    public enum Pooling {
        /** The row's own: as published. */
        NONE,
        /** Those of all rows of the batch, weighed by the balance heuristic; for few dimensions. */
        BATCH
    }

    /** @throws IllegalArgumentException if a value is out of range */
    public EstimatorConfig {
        Names.require(Names.positive(width), "estimator.width", width, "positive and finite");
        Names.require(mixingDecay >= 0 && mixingDecay < 1, "estimator.mixingDecay", mixingDecay, "in [0, 1)");
        Names.require(Names.positive(mixingBound), "estimator.mixingBound", mixingBound, "positive and finite");
        Names.require(copies >= 1 && copies <= LARGEST, "estimator.copies", copies, "in [1, " + LARGEST + "]");
        Names.require(minCopies >= 1 && minCopies <= copies, "estimator.minCopies", minCopies,
                "in [1, estimator.copies = " + copies + "]");
        Names.require(copiesExponent >= 0 && copiesExponent <= 8, "estimator.copiesExponent", copiesExponent,
                "in [0, 8]");
        Names.require(bandCopies >= 0 && bandCopies <= LARGEST, "estimator.bandCopies", bandCopies,
                "in [0, " + LARGEST + "] (0: no band)");
        Names.require(Names.positive(bandFrom), "estimator.bandFrom", bandFrom, "positive and finite");
        Names.require(bandTo >= bandFrom && !Double.isInfinite(bandTo), "estimator.bandTo", bandTo,
                "finite and at least estimator.bandFrom = " + bandFrom);
        Names.require(clip >= 0 && !Double.isInfinite(clip), "estimator.clip", clip,
                ">= 0 and finite (0: no clipping)");
        Names.require(blendFrom >= 0 && !Double.isInfinite(blendFrom), "estimator.blendFrom", blendFrom,
                ">= 0 and finite");
        Names.require(blendTo > blendFrom && !Double.isInfinite(blendTo), "estimator.blendTo", blendTo,
                "finite and above estimator.blendFrom = " + blendFrom);
        Names.require(Names.positive(guidedTo), "estimator.guidedTo", guidedTo, "positive and finite");
        Names.require(newtonSteps >= 0 && newtonSteps <= 1000, "estimator.newtonSteps", newtonSteps, "in [0, 1000]");
        Names.require(mixingStart >= 0 && !Double.isInfinite(mixingStart), "estimator.mixingStart", mixingStart,
                ">= 0 and finite");
    }

    /** Returns whether estimates use the clean points of the replay and their forces. */
    public boolean usesPairs() {
        return source != Source.MONTE_CARLO;
    }

    /** Returns whether estimates use Monte-Carlo copies. */
    public boolean usesCopies() {
        return source != Source.PAIR;
    }

    /** Returns whether the number of copies depends on the noise level. */
    public boolean copiesVary() {
        return (minCopies != copies && copiesExponent != 0) || bandCopies != 0 || source == Source.GUIDED;
    }

    /** Returns the number of copies at a noise level σ. */
    public int copiesAt(double level, double largestLevel) {
        if (source == Source.GUIDED) {
            return level <= guidedTo ? copies : 0;
        }
        if (bandCopies != 0 && level >= bandFrom && level <= bandTo) {
            return bandCopies;
        }
        double wanted = copies * StrictMath.pow(level / largestLevel, copiesExponent);
        return (int) Math.max(minCopies, Math.min(copies, Math.round(wanted)));
    }
}
