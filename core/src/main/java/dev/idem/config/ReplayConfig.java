package dev.idem.config;

/**
 * The replay of past samples, first in, first out; training points are drawn from it uniformly with replacement.
 *
 * @param capacity number of points it holds
 * @param start where its first points come from
 * @param startPoints how many there are
 * @param refillPoints points drawn by the current sampler after each epoch
 * @param firstRefill the epoch after which the first refill comes; the network learns the first points alone until then
 */
public record ReplayConfig(int capacity, Start start, int startPoints, int refillPoints, int firstRefill) {

    private static final int LARGEST = 10_000_000;

    /** Where the first points come from. */
    public enum Start {
        /** The prior N(0, (σ_max² + s²) I). */
        PRIOR,
        /** The reverse process driven by the clipped Monte-Carlo score: as published for the mixture. */
        MONTE_CARLO,
        /** The prior, relaxed by descent and moved by chains, see {@link RefineConfig}. */
        RELAXED,
        /**
         * The prior after a descent of all points that stops where the mean of x·∇E is that of equilibrium, which needs
         * no chain and no reference.
         */
        VIRIAL
    }

    /** @throws IllegalArgumentException if a value is out of range */
    public ReplayConfig {
        Names.require(capacity >= 1 && capacity <= LARGEST, "replay.capacity", capacity, "in [1, " + LARGEST + "]");
        Names.require(startPoints >= 1, "replay.startPoints", startPoints, ">= 1");
        Names.require(refillPoints >= 1, "replay.refillPoints", refillPoints, ">= 1");
        Names.require(firstRefill >= 1, "replay.firstRefill", firstRefill, ">= 1");
    }

    /** Returns whether the first points come from the reverse process of the Monte-Carlo score. */
    public boolean startsByMonteCarlo() {
        return start == Start.MONTE_CARLO;
    }

    /** Returns whether the first points are moved by their energies, and so kept with them. */
    public boolean startsByDescent() {
        return start == Start.RELAXED || start == Start.VIRIAL;
    }
}
