package dev.idem.energy;

/**
 * An energy of particles in a space of one to three axes that depends on their differences alone.
 *
 * <p>A configuration is particle-major: coordinate c of particle i is element i · axes + c. The energy is invariant under
 * translation, so exp(−E) is a density on the mean-free subspace, Σ_i x_i = 0, of dimension (particles − 1) · axes; forces
 * sum to zero.
 *
 * <p>These energies have a Hessian; of the others {@link #withHessian} says so by name.
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

    /**
     * Writes the second derivatives ∇²E(x), symmetric; its rows sum to zero over the particles, axis by axis.
     *
     * <p>Read: x [axis] from offset, not modified. Modified: hessian [row][column] from its start, dimension² elements; not
     * finite where the energy is not.
     */
    void hessian(double[] x, int offset, double[] hessian);

    /**
     * Returns an energy as one that has a Hessian.
     *
     * @throws IllegalArgumentException if it has none
     */
    static ParticleEnergy withHessian(Energy energy) {
        if (energy instanceof ParticleEnergy particles) {
            return particles;
        }
        throw new IllegalArgumentException("energy must have a Hessian, as PairDoubleWell and LennardJones have; got "
                + energy.getClass().getSimpleName());
    }
}
