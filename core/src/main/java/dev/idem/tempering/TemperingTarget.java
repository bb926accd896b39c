package dev.idem.tempering;

import dev.idem.energy.AnalyticEnergy;
import dev.idem.energy.ParticleEnergy;
import dev.idem.eval.EnergyAndForce;
import dev.idem.eval.Particles;
import dev.idem.task.ReferenceSystem;

/**
 * What is sampled: the density exp(−E).
 *
 * @param energy E and its force
 * @param particles number of equal particles whose centre of mass stays at the origin; 0 for any other density
 * @param dimension number of coordinates; that of all particles, [particle][axis]
 * @param spread rough standard deviation of a coordinate: chains start from normal numbers as wide as this, and moves
 *            from steps of a tenth of it
 * @param hottest temperature at which a chain crosses every barrier with ease, at least 1
 */
public record TemperingTarget(EnergyAndForce energy, int particles, int dimension, double spread, double hottest) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public TemperingTarget {
        if (dimension < 1 || particles < 0 || (particles > 0 && (particles < 2 || dimension % particles != 0))) {
            throw new IllegalArgumentException("particles is " + particles + " and dimension " + dimension
                    + ", must be 0 or at least 2 and a positive multiple of it");
        }
        if (!(spread > 0 && hottest >= 1) || Double.isInfinite(spread) || Double.isInfinite(hottest)) {
            throw new IllegalArgumentException("spread is " + spread + " and hottest " + hottest
                    + ", must be positive and at least 1, and finite");
        }
    }

    /** Returns the target of a density without symmetries. */
    public static TemperingTarget of(EnergyAndForce energy, int dimension, double spread, double hottest) {
        return new TemperingTarget(energy, 0, dimension, spread, hottest);
    }

    /** Returns the target of an energy given by a formula, of particles or of any other points. */
    public static TemperingTarget of(AnalyticEnergy energy, double spread, double hottest) {
        int particles = energy instanceof ParticleEnergy ofParticles ? ofParticles.particles() : 0;
        return new TemperingTarget(energy::energyAndForce, particles, energy.dimension(), spread, hottest);
    }

    /** Returns the target of an energy known by name. */
    public static TemperingTarget of(ReferenceSystem system) {
        return of(system.energy(), system.spread(), system.hottest());
    }

    /** Moves the centre of mass of a configuration, or of its velocities, to the origin; of other points nothing. */
    public void free(double[] x) {
        if (particles > 0) {
            Particles.centre(x, 0, particles, dimension / particles);
        }
    }
}
