package dev.idem.train;

import dev.idem.config.EvaluationConfig;
import dev.idem.config.RunConfig;
import dev.idem.config.Version;
import dev.idem.eval.Evaluation;
import dev.idem.eval.ParticleHistogram;
import dev.idem.task.Task;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Optional;

/** Draws a run's samples, judges them, and writes both. */
final class ResultWriter {

    private static final double NANOS = 1e-9;

    private final Task task;
    private final RunConfig config;
    private final Optional<RunFolder> folder;
    private final TrainingListener listener;
    private final int threads;
    private final Optional<float[]> reference;

    ResultWriter(Task task, RunConfig config, Optional<RunFolder> folder, TrainingListener listener, int threads,
            Optional<float[]> reference) {
        this.task = task;
        this.config = config;
        this.folder = folder;
        this.listener = listener;
        this.threads = threads;
        this.reference = reference;
    }

    /** What is known of a run's samples. */
    record Results(RunSummary summary, List<ParticleHistogram> histograms) {}

    Results write(TrainedSampler sampler, RunSummary.Run run) throws IOException {
        EvaluationConfig evaluation = config.train().evaluation();
        listener.phase("drawing " + evaluation.samples() + " samples");
        long begin = System.nanoTime();
        float[] samples = sampler.sample(evaluation.samples(), config.seed());
        double sampleSeconds = (System.nanoTime() - begin) * NANOS;
        if (folder.isPresent()) {
            folder.get().writeSamples(samples, task.dimension());
        }
        listener.phase("judging them");
        Evaluation judged = Evaluation.of(task, samples, reference, evaluation, config.seed(), threads);
        long judgingCalls = judged.energyCalls();
        RunSummary.AfterLangevin after = null;
        if (evaluation.langevinSteps() > 0) {
            TrainedSampler.Langevin steps = new TrainedSampler.Langevin(evaluation.langevinSteps(),
                    config.train().refine().stepSize(), true, config.train().refine().trajectory());
            listener.phase("judging them after " + steps.steps() + " Langevin steps");
            MovedSamples moved = sampler.moved(samples, steps, config.seed());
            Evaluation again = Evaluation.of(task, moved.samples(), reference, evaluation, config.seed(), threads);
            judgingCalls += again.energyCalls();
            after = new RunSummary.AfterLangevin(steps.steps(), steps.stepSize(), steps.trajectory(),
                    moved.acceptance(),
                    moved.energyCalls(), again.byName());
        }
        double wallSeconds = run.secondsBefore() + (System.nanoTime() - run.begin()) * NANOS;
        RunSummary summary = new RunSummary(wallSeconds, run.trainSeconds(), sampleSeconds,
                run.energyCalls().total(), run.energyCalls().targets(), run.energyCalls().refinement(),
                run.evaluationCalls() + judgingCalls, peakHeapBytes(), run.steps(), run.complete(),
                config.seed(), config.task(), config.preset(), run.device(), run.threads(), Version.current(),
                evaluation.samples(), judged.byName(), after);
        if (folder.isPresent()) {
            folder.get().writeSummary(summary);
        }
        return new Results(summary, judged.histograms());
    }

    private static long peakHeapBytes() {
        long peak = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                peak += pool.getPeakUsage().getUsed();
            }
        }
        return peak;
    }
}
