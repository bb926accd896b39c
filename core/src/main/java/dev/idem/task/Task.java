package dev.idem.task;

import dev.idem.config.TargetScale;
import dev.idem.energy.Energy;
import dev.idem.energy.GaussianMixture;
import dev.idem.energy.ParticleEnergy;
import java.util.Optional;

/**
 * Something to sample.
 *
 * @param name as on the command line
 * @param description one line for people
 * @param energy in model coordinates, in which coordinates are of order one
 * @param unit the task's own coordinates are unit · model coordinates
 * @param dataDeviation rough standard deviation of the target per model coordinate
 */
public record Task(String name, String description, Energy energy, double unit, double dataDeviation) {

    /** @throws IllegalArgumentException if unit or dataDeviation is not positive and finite */
    public Task {
        if (!(unit > 0 && dataDeviation > 0) || Double.isInfinite(unit) || Double.isInfinite(dataDeviation)) {
            throw new IllegalArgumentException("task " + name + " needs a positive, finite unit and dataDeviation, got "
                    + unit + " and " + dataDeviation);
        }
    }

    /** Returns what presets want to know. */
    public TargetScale scale() {
        return new TargetScale(dimension(), dataDeviation);
    }

    /** Returns the number of coordinates. */
    public int dimension() {
        return energy.dimension();
    }

    /** Returns the energy if it is one of particles, whose samples have no centre of mass. */
    public Optional<ParticleEnergy> particles() {
        return energy instanceof ParticleEnergy particles ? Optional.of(particles) : Optional.empty();
    }

    /** Returns the target in the task's own coordinates if it is a mixture, of which exact samples can be drawn. */
    public Optional<GaussianMixture> exactMixture() {
        return energy instanceof GaussianMixture mixture ? Optional.of(mixture.scaled(unit)) : Optional.empty();
    }
}
