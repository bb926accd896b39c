package dev.idem.energy;

/**
 * An energy of particles in a space of one to three axes that depends on their differences alone.
 *
 * <p>A configuration is particle-major: coordinate c of particle i is element i · axes + c. The energy is invariant under
 * translation, so exp(−E) is a density on the mean-free subspace, Σ_i x_i = 0, of dimension (particles − 1) · axes; forces
 * sum to zero.
 */
public sealed interface ParticleEnergy extends AnalyticEnergy permits PairDoubleWell, LennardJones {

    /** Largest number of axes of a particle. */
    int MOST_AXES = 3;

    /** Returns the number of particles, at least two. */
    int particles();

    /** Returns the number of coordinates of a particle, one to three. */
    int axes();

    @Override
    default int dimension() {
        return particles() * axes();
    }
}
