package dev.idem.train;

import dev.idem.backend.Backend;
import dev.idem.backend.Backends;
import dev.idem.backend.Processors;
import dev.idem.backend.Session;
import dev.idem.config.RunConfig;
import dev.idem.config.SamplerConfig;
import dev.idem.diffusion.SamplerPrograms;
import dev.idem.diffusion.ScoreModel;
import dev.idem.io.SampleArray;
import dev.idem.io.SampleSink;
import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.MoveRule;
import dev.idem.program.Program;
import dev.idem.program.Role;
import dev.idem.task.Task;
import dev.idem.task.Tasks;
import dev.idem.tempering.TemperingTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws independent samples from a trained network. Sample i of a seed is the same however many are drawn, on one device
 * whatever the number of threads. Not for use by several threads.
 */
public final class TrainedSampler implements AutoCloseable {

    static final int BATCH = 1024;
    private static final int STREAMS = 4000;
    static final int LANGEVIN_STREAMS = 4100;

    private final Task task;
    private final RunConfig config;
    private final Weights weights;
    private int threads = Processors.physicalCores();
    private String device = Backends.AUTO;
    private @Nullable Langevin langevin;
    private @Nullable Chains chains;
    private long evaluated;
    private long moved;
    private @Nullable Backend backend;
    private @Nullable Session session;
    private @Nullable SamplerPrograms programs;

    /**
     * What is drawn with.
     *
     * @param values parameters as laid out by the network
     * @param learnedWidth the target's local width from the learned mixing, in model coordinates; 0 if nothing is known
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Weights(float[] values, double learnedWidth) {}

    TrainedSampler(Task task, RunConfig config, Weights weights) {
        this.task = task;
        this.config = config;
        this.weights = weights;
    }

    /**
     * Loads the sampler of a run folder: its final weights, or its newest checkpoint if the run is not finished.
     *
     * @throws IOException if the folder holds no run or a file of it cannot be read
     * @throws IllegalArgumentException if the run's task does not exist or its class cannot be used
     */
    public static TrainedSampler load(Path run) throws IOException {
        RunFolder folder = RunFolder.open(run);
        Task task = Tasks.of(folder.config());
        MethodBuilder method = new MethodBuilder(task, folder.config().train());
        return new TrainedSampler(task, folder.config(), folder.weights(method));
    }

    /**
     * Sets the number of worker threads; before the first sample.
     *
     * @throws IllegalArgumentException if it is below one
     */
    public TrainedSampler threads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + count);
        }
        requireFresh();
        threads = count;
        return this;
    }

    /**
     * Sets the device; before the first sample.
     *
     * @throws IllegalArgumentException if there is no such device or it cannot be used
     */
    public TrainedSampler device(String name) {
        requireFresh();
        device = Backends.device(name).name();
        return this;
    }

    /**
     * Lets every sample make Langevin steps by the task's energy; before the first sample.
     *
     * @throws IllegalStateException after the first sample
     */
    public TrainedSampler langevin(Langevin steps) {
        requireFresh();
        langevin = steps;
        return this;
    }

    /**
     * What Langevin steps after the reverse process do.
     *
     * @param steps how many, at least one
     * @param stepSize fixed size s of x' = x + s · force + √(2 s) ε, in squared model coordinates; {@link #stepSize} by default
     * @param adjusted whether the Metropolis test makes them exact
     * @param trajectory steps between two tests, through which a velocity is kept; a divisor of {@code steps}, one without the test
     */
    public record Langevin(int steps, double stepSize, boolean adjusted, int trajectory) {

        /** Returns steps that are tested one by one, or not at all. */
        public Langevin(int steps, double stepSize, boolean adjusted) {
            this(steps, stepSize, adjusted, 1);
        }

        /** @throws IllegalArgumentException if a value is out of range */
        public Langevin {
            if (steps < 1 || !(stepSize > 0) || Double.isInfinite(stepSize)) {
                throw new IllegalArgumentException("Langevin needs steps >= 1 and a positive, finite step size, got "
                        + steps + " and " + stepSize);
            }
            if (trajectory < 1 || trajectory > MoveRule.MOST_STEPS || steps % trajectory != 0) {
                throw new IllegalArgumentException("Langevin needs whole trajectories: their steps must divide " + steps
                        + " and lie in [1, " + MoveRule.MOST_STEPS + "], got " + trajectory);
            }
            if (trajectory > 1 && !adjusted) {
                throw new IllegalArgumentException(
                        "trajectories of several Langevin steps need the Metropolis test, got " + trajectory);
            }
        }
    }

    /** Returns the size of a Langevin step that the run's own chains started with. */
    public double stepSize() {
        return config.train().refine().stepSize();
    }

    /** Returns the Langevin steps between two tests that the run's own chains made. */
    public int trajectory() {
        return config.train().refine().trajectory();
    }

    /** Returns the energy calls of Langevin steps so far. */
    public long energyCalls() {
        return evaluated;
    }

    /** Returns the share of Langevin proposals that were accepted; NaN before the first. */
    public double acceptance() {
        Langevin made = langevin;
        return made == null ? Double.NaN : moved * (made.steps + 1.0) / ((double) evaluated * made.steps);
    }

    TrainedSampler on(Backend opened) {
        backend = opened;
        return this;
    }

    private void requireFresh() {
        if (session != null) {
            throw new IllegalStateException("device and threads are set before the first sample");
        }
    }

    /** Returns the run's configuration. */
    public RunConfig config() {
        return config;
    }

    /** Returns the task. */
    public Task task() {
        return task;
    }

    /**
     * Draws samples and hands them on batch by batch; memory does not grow with their number.
     *
     * @param count number of samples, at least one
     * @param seed seed of the samples
     * @throws IOException if the sink throws it
     * @throws IllegalArgumentException if count is below one or above 2^31 − 1024
     * @throws TrainingDivergedException if a sample is not finite
     */
    public void sample(long count, long seed, SampleSink sink) throws IOException {
        if (count < 1 || count > Integer.MAX_VALUE - BATCH) {
            throw new IllegalArgumentException("count must lie in [1, 2^31 - 1024), got " + count);
        }
        SamplerPrograms sampler = prepared((int) Math.min(BATCH, count));
        Session running = session(sampler);
        running.write(sampler.counter(), Counter.start(seed));
        int size = sampler.x().rows();
        float[] batch = new float[size * task.dimension()];
        float unit = (float) task.unit();
        for (long done = 0; done < count; done += size) {
            running.run(sampler.start(), 1);
            running.run(sampler.step(), config.train().sampler().allSteps());
            move(running, seed, done);
            running.read(sampler.x(), batch);
            running.run(sampler.advance(), 1);
            int rows = (int) Math.min(size, count - done);
            for (int i = 0; i < rows * task.dimension(); i++) {
                batch[i] *= unit;
                if (!Float.isFinite(batch[i]) && task.particles().isEmpty()) { // of particles, what explodes is counted
                    throw new TrainingDivergedException(
                            "sample " + (done + i / task.dimension()) + " of seed " + seed + " is not finite");
                }
            }
            sink.accept(batch, rows);
        }
    }

    private void move(Session running, long seed, long done) {
        Langevin steps = langevin;
        Chains moving = chains;
        if (steps == null || moving == null) {
            return;
        }
        running.write(moving.counter(), Counter.start(seed, (int) done));
        evaluated += moving.run(running, steps.steps);
        moved += Math.round(moving.moved(running));
    }

    /**
     * Returns samples [row][axis] in the task's own coordinates.
     *
     * @throws IllegalArgumentException if count is below one
     */
    public float[] sample(int count, long seed) {
        float[] samples = new float[Math.multiplyExact(Math.max(count, 0), task.dimension())];
        return SampleArray.fill(samples, task.dimension(), sink -> {
            sample((long) count, seed, sink);
            return samples;
        });
    }

    /**
     * Lets samples that were drawn make Langevin steps by the task's energy: what {@link #langevin} gives samples while they are drawn.
     *
     * @param samples [row][axis] in the task's own coordinates, not modified
     * @param seed seed that they were drawn with
     * @throws IllegalArgumentException if there are no samples or they are not whole rows
     */
    public MovedSamples moved(float[] samples, Langevin steps, long seed) {
        return MovedSamples.of(task, config.train(), backend(), steps, samples, seed);
    }

    /** Returns the samplers without a network that this one is compared with. */
    public Controls controls() {
        return new Controls(task, config.train(), backend(), threads);
    }

    /**
     * Returns how far the network's score is from the true one, at noise levels from the least to the largest it was trained at.
     *
     * @param reference true samples, [row][axis] in the task's own coordinates, not modified; the first rows are taken
     * @param rows how many to take, at least 2
     * @throws IllegalArgumentException if there are fewer, or the energy is Java code of a user
     */
    public ExcessLoss excessLoss(float[] reference, int rows, long seed) {
        int dimension = task.dimension();
        if (rows < 2 || (long) rows * dimension > reference.length) {
            throw new IllegalArgumentException("the excess loss needs 2 to " + reference.length / dimension
                    + " samples of the reference, got " + rows);
        }
        TemperingTarget target = ExcessLoss.target(task);
        double[] clean = new double[rows * dimension];
        double[] point = new double[dimension];
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < dimension; k++) {
                point[k] = reference[row * dimension + k] / task.unit();
            }
            target.free(point);
            System.arraycopy(point, 0, clean, row * dimension, dimension);
        }
        double[] sigmas = ExcessLoss.levels(new MethodBuilder(task, config.train()).bins());
        try (NetworkScore score = new NetworkScore(task, config.train(), weights, backend(), Math.min(rows, BATCH))) {
            return ExcessLoss.of(score, target, clean, sigmas, weights.learnedWidth, seed, threads);
        }
    }

    /**
     * Returns the programs, those of an earlier call if there was one.
     *
     * @param batch samples drawn at once, if the programs are yet to be made
     */
    private SamplerPrograms prepared(int batch) {
        SamplerPrograms existing = programs;
        if (existing != null) {
            return existing;
        }
        MethodBuilder method = new MethodBuilder(task, config.train());
        ScoreModel model = method.model();
        SamplerConfig sampler = config.train().sampler();
        Buffer parameters = parameters();
        SamplerPrograms made = SamplerPrograms.of("sample", batch, task.dimension(), method.particles(),
                sampler.allSteps(),
                method.priorDeviation(), STREAMS,
                (builder, _, x, time, variance) -> model.score(builder, parameters, x, time, variance));
        Langevin steps = langevin;
        if (steps != null) {
            chains = Chains.langevin("langevin", made.x(), task.energy(), steps,
                    config.train().refine().largestForce(), LANGEVIN_STREAMS);
        }
        programs = made;
        return made;
    }

    private Backend backend() {
        return backend == null ? Backends.open(Backends.device(device), threads) : backend;
    }

    private Buffer parameters() {
        return Buffer.floats("parameters", weights.values.length, 1, Role.CONSTANT);
    }

    private Session session(SamplerPrograms sampler) {
        Session existing = session;
        if (existing != null) {
            return existing;
        }
        Backend opened = backend();
        List<Program> all = new ArrayList<>(List.of(sampler.start(), sampler.step(), sampler.advance()));
        Chains moving = chains;
        if (moving != null) {
            all.addAll(moving.all());
        }
        Session made = opened.compile(all);
        Langevin steps = langevin;
        if (moving != null && steps != null) {
            moving.writeConstants(made, steps.stepSize);
        }
        MethodBuilder method = new MethodBuilder(task, config.train());
        made.write(parameters(), weights.values);
        made.write(sampler.table(),
                method.integrator(config.train().sampler(), weights.learnedWidth).table(method.schedule()));
        session = made;
        return made;
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }
}
