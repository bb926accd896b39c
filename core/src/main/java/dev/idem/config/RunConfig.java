package dev.idem.config;

import java.util.List;
import java.util.Optional;

/**
 * Everything that decides a run's numbers: what {@code config.json} of a run folder holds. Device and threads are not
 * among them.
 *
 * @param task name of the task; {@code host} for a user's own class
 * @param energyClass the user's class, for task {@code host}
 * @param classpath jars and folders it is loaded from
 * @param mixture the user's mixture, for task {@code mixture}
 * @param preset name of the preset the settings started from
 * @param seed seed of all random numbers
 * @param train the settings
 */
public record RunConfig(String task, Optional<String> energyClass, List<String> classpath,
        Optional<MixtureConfig> mixture, String preset, long seed, TrainConfig train) {

    /** Copies the class path. */
    public RunConfig {
        classpath = List.copyOf(classpath);
    }

    /** Returns a run of a built-in task. */
    public static RunConfig of(String task, String preset, long seed, TrainConfig train) {
        return new RunConfig(task, Optional.empty(), List.of(), Optional.empty(), preset, seed, train);
    }
}
