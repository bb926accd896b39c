package dev.idem.train;

import dev.idem.backend.Backend;
import dev.idem.config.RunConfig;
import dev.idem.config.TrainConfig;
import dev.idem.task.Task;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One call of {@link Training#run}: the loop with its limits, checkpoints, metrics and the results at the end. */
final class TrainingRun {

    /** How long the loop may go without looking at its limits. */
    private static final double SLICE_SECONDS = 0.1;
    private static final double NANOS = 1e-9;

    private final Task task;
    private final RunConfig config;
    private final TrainConfig train;
    private final Backend backend;
    private final String device;
    private final int threads;
    private final TrainingListener listener;
    private final Training.Limits limits;
    private final Optional<RunFolder> folder;
    private final Optional<float[]> reference;
    private final EnergyProbe probe;
    private final long begin = System.nanoTime();
    private double secondsBefore;
    private double epochStepSeconds;
    private long epochSteps;
    private int slice = 1;

    TrainingRun(Task task, RunConfig config, Backend backend, String device, int threads, TrainingListener listener,
            Training.Limits limits, Optional<RunFolder> folder, Optional<float[]> reference) {
        this.task = task;
        this.config = config;
        this.train = config.train();
        this.backend = backend;
        this.device = device;
        this.threads = threads;
        this.listener = listener;
        this.limits = limits;
        this.folder = folder;
        this.reference = reference;
        this.probe = new EnergyProbe(task, config.seed(), train.replay().refillPoints());
    }

    TrainingResult run() throws IOException {
        TrainerProgress progress;
        TrainedSampler.Weights weights;
        boolean cancelled;
        double trainSeconds;
        try (Trainer trainer = new Trainer(task, config, backend)) {
            prepare(trainer);
            cancelled = loop(trainer);
            save(trainer);
            progress = trainer.progress();
            weights = new TrainedSampler.Weights(trainer.sampledParameters(), trainer.learnedWidth());
            trainSeconds = seconds();
        }
        boolean complete = progress.epoch() == train.loop().epochs();
        if (folder.isPresent()) {
            folder.get().writeWeights(new MethodBuilder(task, train).model().layout(), weights);
        }
        TrainedSampler sampler = new TrainedSampler(task, config, weights).on(backend);
        if (cancelled) {
            return new TrainingResult(sampler, false, Optional.empty(), List.of());
        }
        ResultWriter writer = new ResultWriter(task, config, folder, listener, threads, reference);
        ResultWriter.Results results = writer.write(sampler, new RunSummary.Run(secondsBefore, begin, trainSeconds,
                progress.step(), progress.energyCalls(), probe.calls(), complete, device, threads));
        return new TrainingResult(sampler, complete, Optional.of(results.summary()), results.histograms());
    }

    private void prepare(Trainer trainer) throws IOException {
        if (folder.isPresent()) {
            Optional<RunFolder.Saved> saved = folder.get().newestSaved();
            if (saved.isPresent()) {
                trainer.restore(saved.get().checkpoint());
                secondsBefore = saved.get().seconds();
            }
            folder.get().truncateMetrics(trainer.progress().epoch());
        }
        if (!trainer.progress().begun()) {
            listener.phase("filling the replay");
            trainer.start();
        }
    }

    /** Trains until the end or a limit; returns whether the listener cancelled. */
    private boolean loop(Trainer trainer) throws IOException {
        while (trainer.progress().epoch() < train.loop().epochs()) {
            if (listener.cancelled()) {
                return true;
            }
            int steps = stepsAllowed(trainer);
            if (steps == 0) {
                return false;
            }
            timeSteps(trainer, steps);
            if (trainer.stepsLeftInEpoch() == 0) {
                endEpoch(trainer);
            }
        }
        return false;
    }

    private int stepsAllowed(Trainer trainer) {
        boolean timeIsUp = limits.time().isPresent()
                && (System.nanoTime() - begin) * NANOS >= limits.time().get().toMillis() / 1e3;
        if (timeIsUp) {
            return 0;
        }
        int steps = Math.min(slice, trainer.stepsLeftInEpoch());
        long callsLeft = limits.energyCalls() - trainer.progress().energyCalls().total();
        if (trainer.callsPerStep() > 0) {
            steps = (int) Math.min(steps, Math.max(0, callsLeft / trainer.callsPerStep()));
        }
        boolean endsEpoch = steps > 0 && steps == trainer.stepsLeftInEpoch();
        long leftForRefill = callsLeft - steps * trainer.callsPerStep();
        return endsEpoch && trainer.refillIsDue() && leftForRefill < trainer.callsPerRefill() ? steps - 1 : steps;
    }

    private void timeSteps(Trainer trainer, int steps) {
        long start = System.nanoTime();
        trainer.step(steps);
        double taken = (System.nanoTime() - start) * NANOS;
        epochStepSeconds += taken;
        epochSteps += steps;
        slice = Math.clamp(Math.round(SLICE_SECONDS * steps / Math.max(taken, 1e-9)), 1, 10_000);
    }

    private void endEpoch(Trainer trainer) throws IOException {
        Trainer.Totals totals = trainer.takeTotals();
        requireFinite(trainer, totals);
        boolean refills = trainer.refillIsDue();
        trainer.refill();
        float[] newest = trainer.newestPoints();
        if (refills && trainer.newestRefill().isEmpty()) { // else points that are not finite are counted and left out
            requireFinite(trainer, totals, newest);
        }
        EpochMetrics metrics = EpochReport.of(trainer.progress(), totals, train,
                refills ? probe.energyW2(newest) : Double.NaN,
                trainer.newestRefill(),
                epochSteps / Math.max(epochStepSeconds, 1e-9), seconds());
        epochSteps = 0;
        epochStepSeconds = 0;
        if (folder.isPresent()) {
            folder.get().appendMetrics(metrics);
            boolean last = trainer.progress().epoch() == train.loop().epochs();
            if (!last && trainer.progress().epoch() % train.loop().checkpointEpochs() == 0) {
                save(trainer);
            }
        }
        listener.epoch(metrics);
    }

    private void requireFinite(Trainer trainer, Trainer.Totals totals) {
        if (!Double.isFinite(totals.loss()) || !Double.isFinite(totals.squaredNorm())) {
            throw diverged(trainer, totals, "the loss or its gradient is not finite");
        }
    }

    private void requireFinite(Trainer trainer, Trainer.Totals totals, float[] points) {
        for (float coordinate : points) {
            if (!Float.isFinite(coordinate)) {
                throw diverged(trainer, totals, "a sample is not finite");
            }
        }
    }

    private TrainingDivergedException diverged(Trainer trainer, Trainer.Totals totals, String what) {
        long steps = Math.max(1, trainer.progress().stepInEpoch());
        String kept = folder.map(f -> "; the last good checkpoint is kept in " + f.path()).orElse("");
        return new TrainingDivergedException("training diverged before step " + trainer.progress().step() + ": " + what
                + " (mean loss of the epoch " + totals.loss() / steps + ", gradient norm "
                + Math.sqrt(totals.squaredNorm() / steps) + ")" + kept);
    }

    private void save(Trainer trainer) throws IOException {
        if (folder.isPresent()) {
            Checkpoint checkpoint = trainer.checkpoint();
            for (var tensor : checkpoint.floats().entrySet()) {
                for (float value : tensor.getValue()) {
                    if (!Float.isFinite(value)) {
                        throw new TrainingDivergedException("training diverged before step "
                                + checkpoint.progress().step() + ": " + tensor.getKey()
                                + " is not finite; the last good checkpoint is kept in " + folder.get().path());
                    }
                }
            }
            folder.get().save(checkpoint, seconds());
        }
    }

    /** Returns the seconds of training so far, those before a resumption included. */
    private double seconds() {
        return secondsBefore + (System.nanoTime() - begin) * NANOS;
    }
}
