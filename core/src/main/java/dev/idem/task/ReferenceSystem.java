package dev.idem.task;

import dev.idem.energy.AnalyticEnergy;
import dev.idem.energy.Funnel;
import dev.idem.energy.GaussianMixture;
import dev.idem.energy.ManyWell;
import dev.idem.energy.ParticleEnergy;
import java.util.List;
import java.util.Optional;

/**
 * An energy by name, in its own coordinates, with what a reference sampler and the metrics have to know of it.
 *
 * @param name as on the command line
 * @param energy in the task's own coordinates
 * @param spread rough standard deviation of a coordinate; of a task, the task's
 * @param hottest temperature at which chains cross every barrier with ease; 1 where tempering does not help
 * @param band rough mean and standard deviation of the energy; absent where not known
 */
public record ReferenceSystem(String name, AnalyticEnergy energy, double spread, double hottest,
        Optional<EnergyBand> band) {

    /**
     * Where the energies of true samples lie.
     *
     * @param mean of E
     * @param deviation standard deviation of E
     */
    public record EnergyBand(double mean, double deviation) {

        private static final double EXPLODED_DEVIATIONS = 10;

        /** Returns the energy above which a sample counts as exploded: ten standard deviations above the mean. */
        public double explosionBound() {
            return mean + EXPLODED_DEVIATIONS * deviation;
        }
    }

    /** Returns all systems. */
    public static List<ReferenceSystem> all() {
        GaussianMixture mixture = Tasks.gmm40().exactMixture().orElseThrow();
        return List.of(
                new ReferenceSystem(Tasks.gmm40().name(), mixture, mixture.coordinateDeviation(), 100,
                        Optional.empty()),
                of(Tasks.dw4(), 6, -22.5, 2.5), of(Tasks.lj13(), 2, -43, 7), of(Tasks.lj55(), 1.5, -325, 14),
                new ReferenceSystem("manywell32", new ManyWell(32), 1.7, 8, Optional.empty()),
                new ReferenceSystem("manywell64", new ManyWell(64), 1.7, 8, Optional.empty()),
                new ReferenceSystem("funnel", new Funnel(10), 1, 1, Optional.empty()));
    }

    /** The energy of a task of particles is in the task's own coordinates. */
    private static ReferenceSystem of(Task task, double hottest, double mean, double deviation) {
        return new ReferenceSystem(task.name(), task.particles().orElseThrow(), task.dataDeviation(), hottest,
                Optional.of(new EnergyBand(mean, deviation)));
    }

    /**
     * Returns a system by name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ReferenceSystem byName(String name) {
        return all().stream().filter(system -> system.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no reference sampler of '" + name
                        + "'; there are: " + String.join(", ", all().stream().map(ReferenceSystem::name).toList())));
    }

    /** Returns the band of the energy of a system of particles, if it is a known one. */
    public static Optional<EnergyBand> bandOf(ParticleEnergy energy) {
        return all().stream().filter(system -> system.energy().equals(energy)).findFirst()
                .flatMap(ReferenceSystem::band);
    }
}
