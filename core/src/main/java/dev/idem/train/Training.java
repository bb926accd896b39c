package dev.idem.train;

import dev.idem.backend.Backend;
import dev.idem.backend.BackendProvider;
import dev.idem.backend.Backends;
import dev.idem.backend.Processors;
import dev.idem.config.RunConfig;
import dev.idem.eval.Evaluation;
import dev.idem.task.Task;
import dev.idem.task.Tasks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A training run: what to train, on what, for how long, and where its files go.
 *
 * <p>Not for use by several threads. A run with a folder can be continued with {@link #resume}; it then gives the same
 * numbers, bit for bit, as one that was not interrupted.
 */
public final class Training {

    private final RunConfig config;
    private final Task task;
    private final boolean resumed;
    private @Nullable Path directory;
    private int threads = Processors.physicalCores();
    private BackendProvider.Device device = Backends.device(Backends.AUTO);
    private TrainingListener listener = new TrainingListener() {};
    private @Nullable Duration maxTime;
    private float @Nullable [] reference;
    private long maxEnergyCalls = Long.MAX_VALUE;

    private Training(RunConfig config, @Nullable Path directory) {
        this.config = config;
        this.task = Tasks.of(config);
        this.directory = directory;
        this.resumed = directory != null;
    }

    /**
     * Returns a new training.
     *
     * @throws IllegalArgumentException if the task does not exist or the user's class cannot be used
     */
    public static Training of(RunConfig config) {
        return new Training(config, null);
    }

    /**
     * Returns the training of a run folder, to be continued from its newest checkpoint.
     *
     * @throws IOException if the folder holds no run or its files cannot be read
     * @throws IllegalArgumentException if the run's task does not exist or its class cannot be used
     */
    public static Training resume(Path directory) throws IOException {
        return new Training(RunFolder.open(directory).config(), directory);
    }

    /**
     * Sets the number of worker threads of the CPU backend; results do not depend on it.
     *
     * @throws IllegalArgumentException if it is below one
     */
    public Training threads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + count);
        }
        threads = count;
        return this;
    }

    /**
     * Sets the device.
     *
     * @throws IllegalArgumentException if there is no such device or it cannot be used
     */
    public Training device(String name) {
        device = Backends.device(name);
        return this;
    }

    /** Sets the folder of a new run; without one nothing is written. It must not exist, or be empty. */
    public Training directory(Path folder) {
        if (resumed) {
            throw new IllegalStateException("a resumed training keeps its folder " + directory);
        }
        directory = folder;
        return this;
    }

    /** Sets who is told of progress. */
    public Training listener(TrainingListener newListener) {
        listener = newListener;
        return this;
    }

    /**
     * Sets a limit to the time of training; when it is up, a checkpoint is saved and the results so far are drawn.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Training maxTime(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("the time limit must be positive, got " + limit);
        }
        maxTime = limit;
        return this;
    }

    /**
     * Sets a limit to the energy calls of the whole run's training; it is never exceeded.
     *
     * @throws IllegalArgumentException if it is below one
     */
    public Training maxEnergyCalls(long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit of energy calls must be at least 1, got " + limit);
        }
        maxEnergyCalls = limit;
        return this;
    }

    /**
     * Sets samples that the results are compared with at the end; training itself never sees them.
     *
     * @param samples [row][axis] in the task's own coordinates, not modified, not copied
     * @throws IllegalArgumentException if they are not finite rows of the task's dimension, at least two, of finite energy
     */
    public Training reference(float[] samples) {
        Evaluation.requireReference(task, samples, threads);
        reference = samples;
        return this;
    }

    /** Returns what is trained. */
    public RunConfig config() {
        return config;
    }

    /** Returns the task. */
    public Task task() {
        return task;
    }

    /**
     * Returns what the run is about to do, after a calibration of some seconds on a copy that leaves no trace.
     *
     * @throws IOException if a checkpoint cannot be read
     */
    public TrainingOutlook outlook() throws IOException {
        return new Calibration(task, config, backend()).outlook(progress(), device.name(), threads);
    }

    private TrainerProgress progress() throws IOException {
        if (!resumed || directory == null) {
            return TrainerProgress.START;
        }
        Optional<Checkpoint> newest = RunFolder.open(directory).newestCheckpoint();
        return newest.map(Checkpoint::progress).orElse(TrainerProgress.START);
    }

    /**
     * Trains, then draws and judges samples.
     *
     * @throws IOException if a file cannot be written; the last good checkpoint is kept
     * @throws TrainingDivergedException if the loss, a gradient or a sample is no longer finite; likewise
     * @throws dev.idem.energy.InvalidEnergyException if the energy returns what no energy may
     * @throws IllegalArgumentException if the folder is not empty or another training is running in it, or if the limit of
     *             energy calls does not allow a step
     */
    public TrainingResult run() throws IOException {
        Path path = directory;
        if (path == null) {
            requireAffordableStep();
            return run(Optional.empty());
        }
        if (!resumed) {
            requireAffordableStep();
            RunFolder.make(path);
        }
        try (FolderLock _ = FolderLock.take(path)) {
            RunFolder folder = resumed ? RunFolder.open(path) : RunFolder.create(path, config);
            if (resumed && !folder.hasCheckpoint()) {
                requireAffordableStep();
            }
            return run(Optional.of(folder));
        }
    }

    private TrainingResult run(Optional<RunFolder> folder) throws IOException {
        Limits limits = new Limits(Optional.ofNullable(maxTime), maxEnergyCalls);
        return new TrainingRun(task, config, backend(), device.name(), threads, listener, limits, folder,
                Optional.ofNullable(reference)).run();
    }

    /** Refuses a limit that allows no step before anything is written. */
    private void requireAffordableStep() {
        MethodBuilder method = new MethodBuilder(task, config.train());
        long start = method.callsToStart().total();
        long step = method.callsPerStep();
        if (start + step > maxEnergyCalls) {
            throw new IllegalArgumentException(
                    "a limit of " + maxEnergyCalls + " energy calls does not allow one step: "
                            + "filling the replay takes up to " + start + " and a step " + step);
        }
    }

    /** What ends a training early. */
    record Limits(Optional<Duration> time, long energyCalls) {}

    private Backend backend() {
        return Backends.open(device, threads);
    }
}
