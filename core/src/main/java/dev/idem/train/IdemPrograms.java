package dev.idem.train;

import dev.idem.autodiff.Gradients;
import dev.idem.config.TrainConfig;
import dev.idem.diffusion.SamplerPrograms;
import dev.idem.diffusion.ScoreEstimator;
import dev.idem.diffusion.ScoreModel;
import dev.idem.optim.Optimiser;
import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.CounterOp;
import dev.idem.program.LossOp;
import dev.idem.program.MetricOp;
import dev.idem.program.NoiseOp;
import dev.idem.program.Program;
import dev.idem.program.ProgramBuilder;
import dev.idem.program.Role;
import dev.idem.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The programs of a training and the buffers its host side touches. */
final class IdemPrograms {

    /** Random streams: each program draws from streams of its own; {@link ReplayPrograms} has the others. */
    private static final int TRAIN_STREAMS = 1000;

    final Buffer counter = Counter.buffer("trainCounter");
    final ReplayPrograms replay;
    final Optional<ScoreEstimator.Copies> copies;
    final Buffer lossTotal = Buffer.floats("lossTotal", 1, 1, Role.STATE);
    final Buffer squaredNormTotal = Buffer.floats("squaredNormTotal", 1, 1, Role.STATE);
    final Buffer effectiveTotal;
    final Buffer mixingTotal;
    final Optional<ScoreEstimator.LearnedMixing> mixing;
    final Optimiser.State parameters;
    final Program trainStep;
    final Program resetTotals;

    IdemPrograms(Task task, TrainConfig config) {
        MethodBuilder method = new MethodBuilder(task, config);
        ScoreModel model = method.model();
        ScoreEstimator estimator = method.estimator();
        Optimiser optimiser = method.optimiser();

        copies = method.trainingCopies();
        parameters = optimiser.state(model.layout().size());
        replay = new ReplayPrograms(task, config, method, (builder, _, x, time, variance) -> model.score(builder,
                parameters.sampled(), x, time, variance), estimator);
        effectiveTotal = Buffer.floats("effectiveTotal", MethodBuilder.NOISE_BINS, 2, Role.STATE);
        mixingTotal = Buffer.floats("mixingTotal", MethodBuilder.NOISE_BINS, 3, Role.STATE);
        mixing = estimator.combination() instanceof ScoreEstimator.LearnedMixing learned
                ? Optional.of(learned)
                : Optional.empty();

        trainStep = trainStep(config, method, model, estimator, optimiser);
        ProgramBuilder reset = new ProgramBuilder("resetTotals", 0);
        for (Buffer total : List.of(lossTotal, squaredNormTotal, effectiveTotal, mixingTotal)) {
            reset.add(new MetricOp.Reset(total));
        }
        resetTotals = reset.build();
    }

    private Program trainStep(TrainConfig config, MethodBuilder method, ScoreModel model, ScoreEstimator estimator,
            Optimiser optimiser) {
        int batch = config.loop().batchSize();
        int dimension = replay.points.columns();
        ProgramBuilder builder = new ProgramBuilder("trainStep", TRAIN_STREAMS);
        Buffer clean = builder.scratch("clean", batch, dimension); // [row][axis]
        Optional<Buffer> force = config.estimator().usesPairs()
                ? Optional.of(builder.scratch("force", batch, dimension))
                : Optional.empty();
        switch (config.method()) {
            case IDEM -> {
                int slots = builder.stream(); // one for both: the force is that of the point
                builder.add(new NoiseOp.GatherReplay(counter, replay.points, replay.cursor, clean, slots));
                force.ifPresent(gathered -> builder.add(new NoiseOp.GatherReplay(counter, replay.kept().forces(),
                        replay.cursor, gathered, slots)));
            }
            case PDEM -> builder.add(new NoiseOp.Gaussian(counter, clean, method.priorDeviation(), builder.stream()));
        }
        Buffer time = builder.scratch("time", batch, 1);
        builder.add(new NoiseOp.Times(counter, time, method.stratified(), builder.stream()));
        Buffer variance = builder.scratch("variance", batch, 1);
        builder.add(new NoiseOp.Variances(time, variance, method.schedule()));
        Buffer noised = builder.scratch("noised", batch, dimension);
        builder.add(new NoiseOp.Perturb(counter, clean, variance, noised, builder.stream()));
        SamplerPrograms.centre(builder, noised, method.particles());
        ScoreEstimator.Source source = method.source(copies,
                force.map(gathered -> new ScoreEstimator.Pairs(clean, gathered)));
        ScoreEstimator.Estimate estimate = estimator.estimate(builder, counter, noised, variance, source);

        Buffer score = model.score(builder, parameters.parameters(), noised, time, variance);
        Buffer rowLoss = builder.scratch("rowLoss", batch, 1);
        builder.add(new LossOp.SquaredError(score, estimate.score(), variance, rowLoss, method.lossWeight()));
        Buffer loss = builder.scratch("loss", 1, 1);
        builder.add(new LossOp.Mean(rowLoss, loss));
        Optional<Buffer> effective = Optional.ofNullable(estimate.effectiveSamples()).map(samples -> {
            Buffer sums = builder.scratch("effectiveSums", effectiveTotal.rows(), 2);
            builder.add(new MetricOp.SumByNoise(samples, variance, sums, method.bins()));
            return sums;
        });

        Buffer gradient = Gradients.of(builder, loss, parameters.parameters());
        Optional<Buffer> mixingSums = estimator.learn(builder, score, estimate, variance);
        Buffer squaredNorm = optimiser.step(builder, gradient, counter, parameters);
        builder.add(new MetricOp.Accumulate(loss, lossTotal));
        builder.add(new MetricOp.Accumulate(squaredNorm, squaredNormTotal));
        effective.ifPresent(sums -> builder.add(new MetricOp.Accumulate(sums, effectiveTotal)));
        mixingSums.ifPresent(sums -> builder.add(new MetricOp.Accumulate(sums, mixingTotal)));
        builder.add(new CounterOp.Advance(counter, Counter.STEP, 1));
        return builder.build();
    }

    List<Program> all() {
        List<Program> all = new ArrayList<>(List.of(trainStep, resetTotals));
        all.addAll(replay.all());
        return all;
    }

    /** Returns the state buffers that a checkpoint holds, in order of first use. */
    List<Buffer> state() {
        Set<Buffer> state = new LinkedHashSet<>();
        for (Buffer buffer : Program.buffersByName(List.of(trainStep, resetTotals)).values()) {
            if (buffer.role() == Role.STATE) {
                state.add(buffer);
            }
        }
        state.addAll(replay.state());
        return List.copyOf(state);
    }
}
