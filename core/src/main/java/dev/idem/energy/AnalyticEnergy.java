package dev.idem.energy;

/**
 * An energy given by a formula: immutable data that every backend has kernels for, and here its definition in double
 * precision, the oracle of those kernels.
 */
public sealed interface AnalyticEnergy extends Energy permits GaussianMixture, ParticleEnergy, ManyWell, Funnel {

    /**
     * Returns E(x), finite or +∞ for finite x.
     *
     * <p>Read: x [axis] from offset. Not modified.
     */
    double energy(double[] x, int offset);

    /**
     * Returns E(x) and writes the force −∇E(x).
     *
     * <p>Read: x [axis] from offset, not modified. Modified: force [axis] from forceOffset; not the same elements as x.
     */
    double energyAndForce(double[] x, int offset, double[] force, int forceOffset);
}
