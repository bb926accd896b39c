package dev.idem.eval;

import dev.idem.energy.ParticleEnergy;

/**
 * A system of equal particles whose samples are judged.
 *
 * @param particles number of particles N, at least 2
 * @param axes axes of space d, in 1 … 3
 * @param energy does not depend on the centre of mass
 * @param explosionBound energy above which a sample counts as exploded; +∞ where only what is not finite does
 */
public record ParticleTarget(int particles, int axes, EnergyAndForce energy, double explosionBound) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public ParticleTarget {
        if (particles < 2 || axes < 1 || axes > 3) {
            throw new IllegalArgumentException("particles is " + particles + " and axes " + axes
                    + ", must be at least 2 and in 1 … 3");
        }
        if (Double.isNaN(explosionBound)) {
            throw new IllegalArgumentException("explosionBound is NaN, must be a number");
        }
    }

    /**
     * Returns the target of an energy record whose coordinates are divided by {@code unit}: E(x / unit).
     *
     * @param unit the samples' coordinates are unit · the record's
     * @param explosionBound as the record's component
     */
    public static ParticleTarget of(ParticleEnergy energy, double unit, double explosionBound) {
        EnergyAndForce own = energy::energyAndForce;
        return new ParticleTarget(energy.particles(), energy.axes(), unit == 1
                ? own
                : own.scaled(unit,
                        energy.dimension()),
                explosionBound);
    }

    /** Returns the number of coordinates N · d. */
    public int dimension() {
        return particles * axes;
    }

    /** Returns ⟨x·∇E⟩ of exact samples, (N − 1) d: the virial theorem on configurations without centre of mass. */
    public int exactVirial() {
        return (particles - 1) * axes;
    }

    /** Returns whether a sample of that energy has exploded; NaN and ±∞ have. */
    public boolean exploded(double sampleEnergy) {
        return !(Double.isFinite(sampleEnergy) && sampleEnergy <= explosionBound);
    }
}
