package dev.idem.train;

import dev.idem.backend.Backend;
import dev.idem.backend.Session;
import dev.idem.config.RunConfig;
import dev.idem.config.TrainConfig;
import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.Element;
import dev.idem.task.Task;
import java.util.List;
import java.util.Optional;

/**
 * The outer loop of iDEM: inner steps on points of the replay, then a refill by the current sampler. Knows nothing of
 * files, time limits or screens; advances in slices so that its caller can stop between any two steps.
 *
 * <p>Source: algorithm 1 of arXiv 2402.06121.
 */
public final class Trainer implements AutoCloseable {

    private final TrainConfig config;
    private final MethodBuilder method;
    private final IdemPrograms programs;
    private final Session session;
    private final ReplayFiller replay;
    private final long callsPerStep;
    private TrainerProgress progress = TrainerProgress.START;

    /**
     * Compiles the programs and writes the initial state.
     *
     * @throws IllegalArgumentException if the backend cannot run the programs
     */
    public Trainer(Task task, RunConfig run, Backend backend) {
        config = run.train();
        method = new MethodBuilder(task, config);
        programs = new IdemPrograms(task, config);
        session = backend.compile(programs.all());
        callsPerStep = method.callsPerStep();
        replay = new ReplayFiller(session, programs.replay, config, method);
        programs.copies.ifPresent(copies -> method.writeCopies(session, copies));
        replay.writeConstants();
        writeInitialState(run.seed());
    }

    private void writeInitialState(long seed) {
        float[] initial = method.model().initialParameters(seed);
        session.write(programs.parameters.parameters(), initial);
        Buffer average = programs.parameters.average();
        if (average != null) {
            session.write(average, initial);
        }
        programs.mixing.ifPresent(learned -> session.write(learned.state(), method.mixingStart(learned)));
        session.write(programs.counter, Counter.start(seed));
        replay.writeInitialState(Counter.start(seed));
    }

    /** Returns the number of energy calls of one training step. */
    public long callsPerStep() {
        return callsPerStep;
    }

    /** Returns the largest number of energy calls of one refill. */
    long callsPerRefill() {
        return method.callsPerRefill().total();
    }

    TrainerProgress progress() {
        return progress;
    }

    /**
     * Fills the replay for the first time; to be called once, before the first step of a new run.
     *
     * @throws TrainingDivergedException if all first points are exploded
     */
    public void start() {
        EnergyCalls calls = replay.start();
        session.run(programs.resetTotals, 1);
        progress = progress.started(calls);
    }

    /** Fills the replay from the prior alone, whatever the settings: for calibration. */
    public void startFromPrior() {
        replay.startFromPrior();
    }

    /**
     * Makes the first steps of the refill's reverse process and leaves the replay as it is: for calibration and benchmarks.
     *
     * @param steps at most the number of the process's steps
     */
    public void samplerSteps(int steps) {
        replay.samplerSteps(steps, learnedWidth());
    }

    /** Makes Langevin steps of the points drawn last and leaves the replay as it is: for calibration. */
    void chainSteps(int steps) {
        replay.chainSteps(steps);
    }

    /** Makes some training steps of the current epoch; at most {@link #stepsLeftInEpoch}. */
    public void step(int steps) {
        session.run(programs.trainStep, steps);
        progress = progress.stepped(steps, new EnergyCalls(steps * callsPerStep, 0));
    }

    /** Returns the number of training steps before the next refill. */
    public int stepsLeftInEpoch() {
        return config.loop().stepsPerEpoch() - progress.stepInEpoch();
    }

    /** Ends the epoch: draws new points with the current sampler and puts them into the replay, unless it is too early. */
    public void refill() {
        boolean due = refillIsDue();
        progress = progress.epochDone(due ? replay.refill(learnedWidth()) : EnergyCalls.NONE);
    }

    /** Returns whether the current epoch ends with a refill. */
    boolean refillIsDue() {
        return progress.epoch() + 1 >= config.replay().firstRefill();
    }

    /** Returns what chains made of the points of the last refill; empty if the replay keeps no energies. */
    Optional<RefillMetrics> newestRefill() {
        return replay.newest();
    }

    /** Returns the target's local width in model coordinates, from the learned mixing; 0 if nothing is known. */
    double learnedWidth() {
        return method.learnedWidth(mixing());
    }

    /** Returns the newest points, [row][axis] in model coordinates. */
    float[] newestPoints() {
        return replay.newestPoints();
    }

    /** Returns what the steps since the last call have summed up, and starts new sums. */
    Totals takeTotals() {
        Totals totals = totals();
        session.run(programs.resetTotals, 1);
        return totals;
    }

    /** Returns the mixing coefficient of each noise bin; empty if none is learned. */
    private List<Double> mixing() {
        return programs.mixing.map(learned -> Checkpoint.coefficients(session.readFloats(learned.state())))
                .orElse(List.of());
    }

    private Totals totals() {
        return new Totals(session.readFloats(programs.lossTotal)[0], session.readFloats(programs.squaredNormTotal)[0],
                session.readFloats(programs.effectiveTotal), session.readFloats(programs.mixingTotal), mixing());
    }

    /**
     * Sums over the steps of an epoch.
     *
     * @param loss sum of losses
     * @param squaredNorm sum of squared gradient norms
     * @param effective [bin][2]: sum of effective sample sizes, rows
     * @param mixing [bin][3]: two running sums, rows left out
     * @param coefficients mixing coefficient per bin; empty if none is learned
     */
    record Totals(double loss, double squaredNorm, float[] effective, float[] mixing, List<Double> coefficients) {}

    /** Returns the parameters that samples are drawn with. */
    float[] sampledParameters() {
        return session.readFloats(programs.parameters.sampled());
    }

    /** Returns the whole state, from which training continues bit for bit. */
    Checkpoint checkpoint() {
        Checkpoint checkpoint = new Checkpoint(progress);
        for (Buffer buffer : programs.state()) {
            if (buffer.element() == Element.FLOAT32) {
                checkpoint.floats().put(buffer.name(), session.readFloats(buffer));
            } else {
                checkpoint.ints().put(buffer.name(), session.readInts(buffer));
            }
        }
        return checkpoint;
    }

    /**
     * Takes up a state.
     *
     * @throws IllegalArgumentException if the checkpoint is of another configuration
     */
    void restore(Checkpoint checkpoint) {
        for (Buffer buffer : programs.state()) {
            if (buffer.element() == Element.FLOAT32) {
                float[] values = checkpoint.floats().get(buffer.name());
                requireSize(buffer, values == null ? -1 : values.length);
                session.write(buffer, values == null ? new float[0] : values);
            } else {
                int[] values = checkpoint.ints().get(buffer.name());
                requireSize(buffer, values == null ? -1 : values.length);
                session.write(buffer, values == null ? new int[0] : values);
            }
        }
        progress = checkpoint.progress();
    }

    private static void requireSize(Buffer buffer, int length) {
        if (length != buffer.shape().size()) {
            throw new IllegalArgumentException("the checkpoint does not fit the configuration: tensor " + buffer.name()
                    + (length < 0 ? " is missing" : " has " + length + " elements") + ", needed are "
                    + buffer.shape().size());
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
