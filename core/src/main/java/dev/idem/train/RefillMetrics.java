package dev.idem.train;

/**
 * What a refill has brought, and what chains, if there are any, have made of its points.
 *
 * @param energyBefore mean energy of the new points as the sampler drew them, exploded ones left out
 * @param exploded how many of those there were: not finite, or of an energy far above the target's
 * @param energyAfter mean energy of the same points after the chains
 * @param leftOut how many were still exploded and did not get into the replay
 * @param acceptance share of Langevin proposals accepted; NaN if there were none
 * @param replayEnergy mean energy of the whole replay
 * @param virial mean of x·∇E over the replay: (N − 1) d for N particles in d dimensions at equilibrium
 */
public record RefillMetrics(double energyBefore, int exploded, double energyAfter, int leftOut, double acceptance,
        double replayEnergy, double virial) {}
