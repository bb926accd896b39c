package dev.idem.cli;

import dev.idem.config.ConfigReader;
import dev.idem.config.ConfigRequest;
import dev.idem.config.RunConfig;
import dev.idem.task.Tasks;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** What a run is told, but for the task's name, which is not an option everywhere. */
final class TaskOptions {

    @Option(names = "--preset", paramLabel = "NAME",
            description = "Settings to start from: default, pure (no Markov chain; differs for particles), reference (the published method) or smoke (half a minute at most).")
    private Optional<String> preset = Optional.empty();

    @Option(names = "--config", paramLabel = "FILE",
            description = "JSON file with any of the keys that 'idem config --keys' lists; goes over the preset. A run "
                    + "folder's config.json is such a file.")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--set", paramLabel = "KEY=VALUE",
            description = "One setting, over the preset and the file, as optimiser.learningRate=1e-3; may be repeated.")
    private List<String> sets = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N",
            description = "Seed of all random numbers; default 0. The same seed gives the same bits.")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--energy", paramLabel = "CLASS",
            description = "Your own energy instead of a TASK: a class that implements dev.idem.energy.HostEnergy.")
    private Optional<String> energy = Optional.empty();

    @Option(names = "--classpath", paramLabel = "JAR", arity = "1..*",
            description = "Jars and folders that the class is loaded from.")
    private List<String> classpath = new ArrayList<>();

    /** Returns the names of the options that were given. */
    List<String> given() {
        List<String> names = new ArrayList<>();
        preset.ifPresent(_ -> names.add("--preset"));
        config.ifPresent(_ -> names.add("--config"));
        seed.ifPresent(_ -> names.add("--seed"));
        energy.ifPresent(_ -> names.add("--energy"));
        if (!sets.isEmpty()) {
            names.add("--set");
        }
        if (!classpath.isEmpty()) {
            names.add("--classpath");
        }
        return names;
    }

    /** Returns the seed that was given. */
    Optional<Long> seed() {
        return seed;
    }

    /**
     * Returns the configuration of a run.
     *
     * @throws IllegalArgumentException if it cannot be used
     */
    RunConfig resolve(Optional<String> task) {
        ConfigRequest request = new ConfigRequest(task, energy, absolute(classpath), preset,
                seed.map(OptionalLong::of).orElseGet(OptionalLong::empty), config, sets);
        return ConfigReader.resolve(request, draft -> Tasks.of(draft).scale());
    }

    /** A run may be continued from another folder. */
    private static List<String> absolute(List<String> classpath) {
        return classpath.stream().flatMap(entries -> Arrays.stream(entries.split(File.pathSeparator)))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().normalize().toString()).toList();
    }
}
