package dev.idem.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What somebody has said about a run; {@link ConfigReader#resolve} fills in the rest.
 *
 * @param task name of the task; if not given, that of the file
 * @param energyClass the user's own energy, which makes the task {@code host}
 * @param classpath jars and folders it is loaded from
 * @param preset name of the preset to start from; if not given, that of the file, else {@link Presets#DEFAULT}
 * @param seed seed of all random numbers; if not given, that of the file, else 0
 * @param file JSON file with any of the keys
 * @param sets {@code key=value}, in order, over the file
 */
public record ConfigRequest(Optional<String> task, Optional<String> energyClass, List<String> classpath,
        Optional<String> preset, OptionalLong seed, Optional<Path> file, List<String> sets) {

    /** Copies the lists. */
    public ConfigRequest {
        classpath = List.copyOf(classpath);
        sets = List.copyOf(sets);
    }

    /** Returns a request for a task with a preset, and nothing else. */
    public static ConfigRequest of(String task, String preset) {
        return new ConfigRequest(Optional.of(task), Optional.empty(), List.of(), Optional.of(preset),
                OptionalLong.empty(), Optional.empty(), List.of());
    }

    /** Returns the same request with some {@code key=value}. */
    public ConfigRequest with(String... keysAndValues) {
        return new ConfigRequest(task, energyClass, classpath, preset, seed, file, List.of(keysAndValues));
    }
}
