package dev.idem.train;

/**
 * Energy calls of a training by use: one is one energy, or energy and gradient, of one configuration.
 *
 * @param targets of the estimates that the network is trained on
 * @param refinement of the chains that refine the replay
 */
public record EnergyCalls(long targets, long refinement) {

    static final EnergyCalls NONE = new EnergyCalls(0, 0);

    /** Returns the sum. */
    public long total() {
        return targets + refinement;
    }

    EnergyCalls plus(EnergyCalls more) {
        return new EnergyCalls(targets + more.targets, refinement + more.refinement);
    }

    EnergyCalls times(long count) {
        return new EnergyCalls(targets * count, refinement * count);
    }
}
