package dev.idem.train;

import dev.idem.backend.Backend;
import dev.idem.backend.Session;
import dev.idem.config.RefineConfig;
import dev.idem.config.TrainConfig;
import dev.idem.diffusion.SamplerPrograms;
import dev.idem.io.SampleArray;
import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.MoveRule;
import dev.idem.program.NoiseOp;
import dev.idem.program.Program;
import dev.idem.program.ProgramBuilder;
import dev.idem.program.ReplayRows;
import dev.idem.program.Role;
import dev.idem.task.ReferenceSystem;
import dev.idem.task.Task;
import dev.idem.tempering.ParallelTempering;
import dev.idem.tempering.TemperingListener;
import dev.idem.tempering.TemperingReport;
import dev.idem.tempering.TemperingSettings;
import dev.idem.tempering.TemperingTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Samplers without a network that a trained one has to beat at the same number of energy calls. All start from prior draws, as the
 * training does, and everything they compute is counted: descent, adaptation, burn-in.
 */
public final class Controls {

    /** Chains of plain Langevin; fewer where there are fewer samples. */
    private static final int CHAINS = 1024;

    /** Descent where the run itself has none. */
    private static final int RELAX_STEPS = 1000;
    private static final int STREAMS = 6000;
    private static final int STREAMS_OF_CHAINS = 10;
    private static final double PERCENT = 100;

    private final Task task;
    private final TrainConfig config;
    private final Backend backend;
    private final int threads;

    /**
     * What a control drew.
     *
     * @param name {@code langevin}, {@code tempering} or {@code relaxed}
     * @param description how, in one line
     * @param samples [row][axis] in the task's own coordinates
     * @param energyCalls all of them
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    public record Control(String name, String description, float[] samples, long energyCalls) {}

    Controls(Task task, TrainConfig config, Backend backend, int threads) {
        this.task = task;
        this.config = config;
        this.backend = backend;
        this.threads = threads;
    }

    /**
     * Draws by plain Metropolis-adjusted Langevin: many chains from prior draws, each with a step size that adapts in the first half of
     * the steps; then all have the median of those sizes, fixed, and samples are their states at equal intervals of the second half.
     *
     * @param energyCalls calls of all chains together, not exceeded
     * @param samples how many, at least 1
     * @throws IllegalArgumentException if the calls are too few for so many samples, or the samples do not fit into an array or are none
     */
    public Control langevin(long energyCalls, int samples, long seed) {
        requireArray(samples);
        int rows = Math.min(CHAINS, samples);
        int draws = Math.ceilDiv(samples, rows);
        long steps = energyCalls / rows - 1;
        RefineConfig refine = config.refine();
        int trajectory = refine.trajectory();
        int interval = (int) Math.min(steps / 2 / draws, Integer.MAX_VALUE) / trajectory * trajectory;
        if (interval < 1) {
            throw new IllegalArgumentException(energyCalls + " energy calls are too few for " + samples
                    + " samples of Langevin chains: they take at least " + rows * (1 + 2L * draws * trajectory));
        }
        int burnIn = (int) (steps - (long) interval * draws) / trajectory * trajectory;
        Prior prior = new Prior(rows);
        Chains adapting = Chains.of("adaptingControl", prior.rows, task.energy(), Refinement.langevin(refine),
                Optional.of(Chains.evaluated(task.energy())), STREAMS + STREAMS_OF_CHAINS);
        Chains fixed = Chains.of("fixedControl", prior.rows, task.energy(),
                MoveRule.exact(refine.largestForce()).trajectories(trajectory),
                Optional.empty(), STREAMS + 2 * STREAMS_OF_CHAINS);
        float[] drawn = new float[samples * task.dimension()];
        try (Session session = backend.compile(all(prior, adapting, fixed))) {
            prior.draw(session, seed, 0);
            adapting.writeConstants(session, refine.stepSize());
            session.write(adapting.counter(), Counter.start(seed));
            long calls = adapting.run(session, burnIn);
            double stepSize = median(session.readFloats(adapting.step()));
            fixed.writeConstants(session, stepSize);
            session.write(fixed.counter(), Counter.start(seed));
            calls += fixed.begin(session);
            for (int draw = 0; draw < draws; draw++) {
                calls += fixed.move(session, interval);
                prior.read(session, drawn, draw * rows);
            }
            double acceptance = fixed.moved(session) / ((double) rows * interval * draws);
            return new Control("langevin", String.format(Locale.ROOT,
                    "Metropolis-adjusted Langevin, %d chains from prior draws, %d steps each; step size adapted in the first half, "
                            + "then %.3g, %.1f %% accepted; samples from the second half",
                    rows, steps, stepSize, PERCENT * acceptance), drawn, calls);
        }
    }

    /**
     * Draws by parallel tempering, stopped at a number of energy calls, burn-in included.
     *
     * @param samples how many, at least 1
     * @throws IllegalArgumentException if the calls are too few, there is no reference sampler of the task, or the samples do not fit into an
     *             array or are none
     */
    public Control tempering(long energyCalls, int samples, long seed) {
        requireArray(samples);
        float[] drawn = new float[samples * task.dimension()];
        TemperingReport report = SampleArray.fill(drawn, task.dimension(),
                sink -> ParallelTempering.sampleWithin(TemperingTarget.of(ReferenceSystem.byName(task.name())),
                        TemperingSettings.DEFAULT, energyCalls, samples, seed, threads, sink, TemperingListener.NONE));
        return new Control("tempering", String.format(Locale.ROOT,
                "parallel tempering, %d sets of chains at %d temperatures, %.0f %% of the calls burn-in; R-hat %.3f, "
                        + "worth %.0f independent samples",
                report.settings().ensembles(), report.levels().size(),
                PERCENT * report.burnInCalls() / report.energyCalls(), report.rHat(), report.effectiveSize()),
                drawn, report.energyCalls());
    }

    /**
     * Draws from the prior, lets all points descend by the rule of the replay's first points, and then make Langevin steps. The replay stops a descent as soon as
     * a point is no longer exploded; here it goes on, which leaves less to the steps.
     *
     * @param steps those that samples of a network make
     * @param samples how many, at least 1
     * @throws IllegalArgumentException if the samples do not fit into an array or are none
     */
    public Control relaxed(TrainedSampler.Langevin steps, int samples, long seed) {
        requireArray(samples);
        int batch = Math.min(TrainedSampler.BATCH, samples);
        int relaxSteps = config.refine().relaxSteps() > 0 ? config.refine().relaxSteps() : RELAX_STEPS;
        Prior prior = new Prior(batch);
        Chains descent = Refinement.descent("control", prior.rows, task.energy(), config.refine().largestForce(),
                Double.NEGATIVE_INFINITY, STREAMS + 3 * STREAMS_OF_CHAINS);
        float[] drawn = new float[samples * task.dimension()];
        long calls = 0;
        try (Session session = backend.compile(all(prior, descent))) {
            descent.writeConstants(session, config.refine().stepSize());
            for (int done = 0; done < samples; done += batch) {
                prior.draw(session, seed, done);
                session.write(descent.counter(), Counter.start(seed, done));
                calls += descent.run(session, relaxSteps);
                prior.read(session, drawn, done);
            }
        }
        MovedSamples moved = MovedSamples.of(task, config, backend, steps, drawn, seed);
        return new Control("relaxed", String.format(Locale.ROOT,
                "prior draws after %d steps of descent and %d Langevin steps of size %.3g, %.1f %% accepted",
                relaxSteps, steps.steps(), steps.stepSize(), PERCENT * moved.acceptance()), moved.samples(),
                calls + moved.energyCalls());
    }

    private void requireArray(int samples) {
        int most = Integer.MAX_VALUE / task.dimension();
        if (samples < 1 || samples > most) {
            throw new IllegalArgumentException("samples is " + samples + ", must be in 1 … " + most);
        }
    }

    private static List<Program> all(Prior prior, Chains... chains) {
        List<Program> all = new ArrayList<>(List.of(prior.draw));
        Arrays.stream(chains).forEach(more -> all.addAll(more.all()));
        return all;
    }

    private static double median(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** The points that the reverse process starts from. */
    private final class Prior {

        private final ReplayRows rows;
        private final Buffer counter = Counter.buffer("controlCounter");
        private final Program draw;

        Prior(int count) {
            MethodBuilder method = new MethodBuilder(task, config);
            rows = ReplayRows.of("control", Buffer.floats("controlPoints", count, task.dimension(), Role.STATE));
            ProgramBuilder builder = new ProgramBuilder("controlStart", STREAMS);
            builder.add(new NoiseOp.Gaussian(counter, rows.points(), method.priorDeviation(), builder.stream()));
            SamplerPrograms.centre(builder, rows.points(), method.particles());
            draw = builder.build();
        }

        void draw(Session session, long seed, int firstRow) {
            session.write(counter, Counter.start(seed, firstRow));
            session.run(draw, 1);
        }

        /** Copies the points, as many as there is room for, to rows from some on, in the task's own coordinates. */
        void read(Session session, float[] target, int firstRow) {
            float[] points = session.readFloats(rows.points());
            int from = firstRow * task.dimension();
            for (int i = 0; i < Math.min(points.length, target.length - from); i++) {
                target[from + i] = points[i] * (float) task.unit();
            }
        }
    }
}
