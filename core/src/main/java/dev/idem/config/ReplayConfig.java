package dev.idem.config;

/**
 * The replay of past samples, first in, first out; training points are drawn from it uniformly with replacement.
 *
 * @param capacity number of points it holds
 * @param start where its first points come from
 * @param startPoints how many there are
 * @param refillPoints points drawn by the current sampler after each epoch
 */
public record ReplayConfig(int capacity, Start start, int startPoints, int refillPoints) {

    private static final int LARGEST = 10_000_000;

    /** Where the first points come from. */
    public enum Start {
        /** The prior N(0, (σ_max² + s²) I). */
        PRIOR,
        /** The reverse process driven by the clipped Monte-Carlo score: as published for the mixture. */
        MONTE_CARLO,
        /** The prior, relaxed by descent and moved by chains, see {@link RefineConfig}. */
        RELAXED
    }

    /** @throws IllegalArgumentException if a value is out of range */
    public ReplayConfig {
        Names.require(capacity >= 1 && capacity <= LARGEST, "replay.capacity", capacity, "in [1, " + LARGEST + "]");
        Names.require(startPoints >= 1, "replay.startPoints", startPoints, ">= 1");
        Names.require(refillPoints >= 1, "replay.refillPoints", refillPoints, ">= 1");
    }

    /** Returns whether filling the replay for the first time takes energy calls. */
    public boolean startsByMonteCarlo() {
        return start == Start.MONTE_CARLO;
    }
}
