package dev.idem.train;

import dev.idem.config.ConfigReader;
import dev.idem.config.ConfigWriter;
import dev.idem.config.RunConfig;
import dev.idem.config.Version;
import dev.idem.io.AtomicFile;
import dev.idem.io.FileFormatException;
import dev.idem.io.SampleWriter;
import dev.idem.nn.ParameterLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The files of a run: {@code config.json}, {@code metrics.jsonl}, {@code checkpoints/}, {@code weights.safetensors},
 * {@code samples.npy}, {@code summary.json}. Every file but the metrics appears whole or not at all.
 */
public final class RunFolder {

    /** Checkpoints that are kept: should the newest be lost, there is one before it. */
    private static final int CHECKPOINTS_KEPT = 2;

    private static final String CONFIG = "config.json";
    private static final String METRICS = "metrics.jsonl";
    private static final String CHECKPOINTS = "checkpoints";
    private static final String WEIGHTS = "weights.safetensors";
    private static final String SAMPLES = "samples.npy";
    private static final String SUMMARY = "summary.json";

    private final Path path;
    private final RunConfig config;

    private RunFolder(Path path, RunConfig config) {
        this.path = path;
        this.config = config;
    }

    /**
     * Makes the folder of a new run, empty.
     *
     * @throws IllegalArgumentException if the folder holds files already
     * @throws IOException if it cannot be made
     */
    static void make(Path path) throws IOException {
        try {
            if (Files.exists(path) && !Files.isDirectory(path)) {
                throw new IllegalArgumentException("the output folder " + path + " is a file");
            }
            Files.createDirectories(path.resolve(CHECKPOINTS));
            requireEmpty(path);
        } catch (FileSystemException e) {
            throw new IOException("cannot make the output folder " + path + ": " + reason(e), e);
        }
    }

    /**
     * Writes the configuration of a new run into a folder that has been made.
     *
     * @throws IllegalArgumentException if the folder has come to hold files
     * @throws IOException if it cannot be written
     */
    static RunFolder create(Path path, RunConfig config) throws IOException {
        requireEmpty(path);
        AtomicFile.writeText(path.resolve(CONFIG), ConfigWriter.json(config));
        return new RunFolder(path, config);
    }

    private static String reason(FileSystemException e) {
        String reason = e.getReason();
        return e.getClass().getSimpleName().replace("Exception", "") + (reason == null ? "" : ", " + reason);
    }

    private static void requireEmpty(Path path) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                boolean ours = file.endsWith(CHECKPOINTS) ? !isNotEmpty(file) : FolderLock.isFile(file);
                if (!ours) {
                    throw new IllegalArgumentException("the output folder " + path + " holds files already ("
                            + file.getFileName() + "); choose another with --out, or continue its run with --resume");
                }
            }
        }
    }

    private static boolean isNotEmpty(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            return files.iterator().hasNext();
        }
    }

    /**
     * Opens the folder of a run.
     *
     * @throws IOException if it holds no run or its configuration cannot be read
     */
    public static RunFolder open(Path path) throws IOException {
        Path file = path.resolve(CONFIG);
        if (!Files.isRegularFile(file)) {
            throw new FileFormatException(path, "it is not the folder of a run (no " + CONFIG + ")",
                    "a folder that 'idem train' has written");
        }
        return new RunFolder(path, ConfigReader.read(file));
    }

    /** Returns the folder. */
    public Path path() {
        return path;
    }

    /** Returns the configuration. */
    public RunConfig config() {
        return config;
    }

    /** A checkpoint and the seconds of training before it. */
    record Saved(Checkpoint checkpoint, double seconds) {}

    private List<Path> checkpointFiles() throws IOException {
        List<Path> files = new ArrayList<>();
        Path folder = path.resolve(CHECKPOINTS);
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "step-*.safetensors")) {
                found.forEach(files::add);
            }
        }
        files.sort(Comparator.comparing(file -> file.getFileName().toString()));
        return files;
    }

    /** Returns whether a checkpoint has been saved: if not, a run that continues here starts from its beginning. */
    boolean hasCheckpoint() throws IOException {
        return !checkpointFiles().isEmpty();
    }

    /** Returns the newest checkpoint, if there is one. */
    Optional<Saved> newestSaved() throws IOException {
        List<Path> files = checkpointFiles();
        return files.isEmpty() ? Optional.empty() : Optional.of(CheckpointFile.read(files.getLast()));
    }

    Optional<Checkpoint> newestCheckpoint() throws IOException {
        return newestSaved().map(Saved::checkpoint);
    }

    /** Saves a checkpoint and removes all but the newest ones. */
    void save(Checkpoint checkpoint, double seconds) throws IOException {
        Path file = path.resolve(CHECKPOINTS).resolve(String.format("step-%09d.safetensors",
                checkpoint.progress().step()));
        CheckpointFile.write(file, new Saved(checkpoint, seconds), config);
        List<Path> files = checkpointFiles();
        for (Path old : files.subList(0, Math.max(0, files.size() - CHECKPOINTS_KEPT))) {
            Files.deleteIfExists(old);
        }
    }

    /** Appends one line. */
    void appendMetrics(EpochMetrics metrics) throws IOException {
        Files.writeString(path.resolve(METRICS), RunJson.line(metrics) + "\n", StandardCharsets.UTF_8,
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Removes the lines of epochs that a killed run made after its last checkpoint; they will be made again. */
    void truncateMetrics(int epochs) throws IOException {
        Path file = path.resolve(METRICS);
        if (Files.exists(file)) {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            if (lines.size() > epochs) {
                String kept = String.join("\n", lines.subList(0, epochs));
                AtomicFile.writeText(file, epochs == 0 ? "" : kept + "\n");
            }
        }
    }

    /**
     * Returns the energy calls of training so far: of the summary, or of the newest epoch if that is later; empty if neither is there.
     *
     * @throws IOException if a file cannot be read
     */
    public OptionalLong energyCalls() throws IOException {
        List<String> records = new ArrayList<>();
        if (Files.exists(path.resolve(SUMMARY))) {
            records.add(Files.readString(path.resolve(SUMMARY), StandardCharsets.UTF_8));
        }
        if (Files.exists(path.resolve(METRICS))) {
            List<String> epochs = Files.readAllLines(path.resolve(METRICS), StandardCharsets.UTF_8);
            if (!epochs.isEmpty()) {
                records.add(epochs.getLast());
            }
        }
        OptionalLong most = OptionalLong.empty();
        for (String json : records) {
            long calls = RunJson.longOf(json, "energyCalls")
                    .orElseThrow(() -> new FileFormatException(path, "its " + SUMMARY + " or " + METRICS
                            + " says no energyCalls", "the files that 'idem train' has written"));
            most = OptionalLong.of(Math.max(calls, most.orElse(0)));
        }
        return most;
    }

    void writeWeights(ParameterLayout layout, TrainedSampler.Weights weights) throws IOException {
        WeightsFile.write(path.resolve(WEIGHTS), layout, weights, config);
    }

    /** Returns what samples are drawn with: the final weights, else those of the newest checkpoint. */
    TrainedSampler.Weights weights(MethodBuilder method) throws IOException {
        ParameterLayout layout = method.model().layout();
        Path file = path.resolve(WEIGHTS);
        if (Files.exists(file)) {
            return WeightsFile.read(file, layout);
        }
        Checkpoint checkpoint = newestCheckpoint().orElseThrow(() -> new FileFormatException(path,
                "the run has neither weights nor a checkpoint yet", "a run that has trained for a while"));
        float[] average = checkpoint.floats().get("average");
        float[] parameters = average == null ? checkpoint.floats().get("parameters") : average;
        if (parameters == null || parameters.length != layout.size()) {
            throw new FileFormatException(path, "its checkpoint has no parameters of the configured network",
                    "a checkpoint of this run");
        }
        return new TrainedSampler.Weights(parameters, method.learnedWidth(checkpoint.mixing()));
    }

    void writeSamples(float[] samples, int dimension) throws IOException {
        int rows = samples.length / dimension;
        try (SampleWriter writer = SampleWriter.replace(path.resolve(SAMPLES), rows, dimension)) {
            writer.write(samples, rows);
            writer.commit();
        }
    }

    void writeSummary(RunSummary summary) throws IOException {
        AtomicFile.writeText(path.resolve(SUMMARY), RunJson.pretty(summary));
    }

    /** Returns what every tensor file says about where it comes from. */
    static Map<String, String> provenance(RunConfig config) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("idem.version", Version.current());
        metadata.put("idem.config", ConfigWriter.json(config));
        return metadata;
    }
}
