package dev.idem.task;

import dev.idem.config.MixtureConfig;
import dev.idem.config.RunConfig;
import dev.idem.energy.GaussianMixture;
import dev.idem.energy.HostEnergy;
import dev.idem.energy.LennardJones;
import dev.idem.energy.PairDoubleWell;
import java.util.List;

/** The tasks by name. */
public final class Tasks {

    /** Name of the task that is a user's own class. */
    public static final String HOST = "host";

    /** Name of the task that is a user's own mixture. */
    public static final String MIXTURE = "mixture";

    private static final String GMM40 = "gmm40";
    private static final double GMM40_UNIT = 50;

    private Tasks() {}

    /** Returns the built-in tasks. */
    public static List<Task> all() {
        return List.of(gmm40(), dw4(), lj13(), lj55());
    }

    /** Returns the double well of four particles in the plane. */
    public static Task dw4() {
        return new Task("dw4", "4 particles in two dimensions, a double well for each pair (arXiv 2006.02425)",
                PairDoubleWell.dw4(), 1, 1.8);
    }

    /** Returns the Lennard-Jones cluster of 13 particles. */
    public static Task lj13() {
        return lennardJones(13, 0.71);
    }

    /** Returns the Lennard-Jones cluster of 55 particles. */
    public static Task lj55() {
        return lennardJones(55, 1.0);
    }

    private static Task lennardJones(int particles, double dataDeviation) {
        return new Task("lj" + particles, "Lennard-Jones cluster of " + particles
                + " particles in space (arXiv 2306.15030)", LennardJones.cluster(particles), 1, dataDeviation);
    }

    /** Returns the 40-mode mixture; model coordinates are the published ones divided by 50. */
    public static Task gmm40() {
        GaussianMixture published = MixtureOfForty.mixture();
        GaussianMixture model = published.scaled(1 / GMM40_UNIT);
        return new Task(GMM40, "40 equal Gaussians in two dimensions, means in [-40, 40]^2 (arXiv 2208.01893)", model,
                GMM40_UNIT, model.coordinateDeviation());
    }

    /** Returns a task for a user's mixture; its unit makes the whole mixture's standard deviation one half. */
    public static Task mixture(MixtureConfig config) {
        int dimension = config.means().getFirst().size();
        double[] means = config.means().stream().flatMap(List::stream).mapToDouble(Double::doubleValue).toArray();
        GaussianMixture own = GaussianMixture.of(dimension,
                config.weights().stream().mapToDouble(Double::doubleValue).toArray(), means,
                config.standardDeviations().stream().mapToDouble(Double::doubleValue).toArray());
        double unit = 2 * own.coordinateDeviation();
        GaussianMixture model = own.scaled(1 / unit);
        return new Task(MIXTURE, own.toString(), model, unit, model.coordinateDeviation());
    }

    /** Returns a task for a user's own energy, in the energy's own coordinates. */
    public static Task host(HostEnergy energy) {
        return new Task(HOST, energy.getClass().getName() + " in dimension " + energy.dimension(), energy, 1,
                energy.coordinateDeviation());
    }

    /**
     * Returns the task of a run.
     *
     * @throws IllegalArgumentException if there is no such task, or the user's class cannot be used
     */
    public static Task of(RunConfig config) {
        return switch (config.task()) {
            case HOST -> host(HostEnergies.load(config.energyClass().orElseThrow(
                    () -> new IllegalArgumentException("task host needs energyClass")), config.classpath()));
            case MIXTURE -> mixture(config.mixture().orElseThrow(() -> new IllegalArgumentException(
                    "task mixture needs a section \"mixture\" with weights, means and standardDeviations")));
            default -> byName(config.task());
        };
    }

    /**
     * Returns a built-in task.
     *
     * @throws IllegalArgumentException if there is no such task
     */
    public static Task byName(String name) {
        return all().stream().filter(task -> task.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no task '" + name + "'; tasks: "
                        + String.join(", ", all().stream().map(Task::name).toList()) + ", " + MIXTURE
                        + " (with a section \"mixture\" in --config), or your own with --energy CLASS"));
    }
}
