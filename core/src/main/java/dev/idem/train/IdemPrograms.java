package dev.idem.train;

import dev.idem.autodiff.Gradients;
import dev.idem.config.ReplayConfig;
import dev.idem.config.SamplerConfig;
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
import java.util.List;
import java.util.Optional;

/** The programs of a training and the buffers its host side touches. */
final class IdemPrograms {

    /** Random streams: each program draws from streams of its own. */
    private static final int TRAIN_STREAMS = 1000;
    private static final int REFILL_STREAMS = 2000;
    private static final int START_STREAMS = 3000;

    final Buffer counter = Counter.buffer("trainCounter");
    final Buffer replay;
    final Buffer cursor = Buffer.ints("replayCursor", 1, 2, Role.STATE);
    final ScoreEstimator.Copies copies;
    final Buffer lossTotal = Buffer.floats("lossTotal", 1, 1, Role.STATE);
    final Buffer squaredNormTotal = Buffer.floats("squaredNormTotal", 1, 1, Role.STATE);
    final Buffer effectiveTotal;
    final Buffer mixingTotal;
    final Optional<Buffer> mixing;
    final Optimiser.State parameters;
    final Program trainStep;
    final Program resetTotals;
    final SamplerPrograms refill;
    final Program appendRefill;
    final SamplerPrograms start;
    final Program appendStart;
    final Buffer startCopies;
    private final boolean startsByMonteCarlo;

    IdemPrograms(Task task, TrainConfig config) {
        MethodBuilder method = new MethodBuilder(task, config);
        ReplayConfig replayConfig = config.replay();
        int dimension = task.dimension();
        ScoreModel model = method.model();
        ScoreEstimator estimator = method.estimator();
        Optimiser optimiser = method.optimiser();

        replay = Buffer.floats("replay", replayConfig.capacity(), dimension, Role.STATE);
        copies = method.trainingCopies();
        effectiveTotal = Buffer.floats("effectiveTotal", MethodBuilder.NOISE_BINS, 2, Role.STATE);
        mixingTotal = Buffer.floats("mixingTotal", MethodBuilder.NOISE_BINS, 3, Role.STATE);
        mixing = estimator.combination() instanceof ScoreEstimator.LearnedMixing learned
                ? Optional.of(learned.state())
                : Optional.empty();
        parameters = optimiser.state(model.network().layout().size());

        trainStep = trainStep(config, method, model, estimator, optimiser);
        ProgramBuilder reset = new ProgramBuilder("resetTotals", 0);
        for (Buffer total : List.of(lossTotal, squaredNormTotal, effectiveTotal, mixingTotal)) {
            reset.add(new MetricOp.Reset(total));
        }
        resetTotals = reset.build();

        refill = sampler("refill", replayConfig.refillPoints(), task, config.refill(), method, REFILL_STREAMS,
                (builder, _, x, time, variance) -> model.score(builder, parameters.sampled(), x, time, variance));
        appendRefill = append("appendRefill", refill.x());

        startsByMonteCarlo = replayConfig.startsByMonteCarlo();
        startCopies = Buffer.ints("startCopies", replayConfig.startPoints(), 1, Role.CONSTANT);
        start = sampler("warm", replayConfig.startPoints(), task, config.refill(), method, START_STREAMS,
                (builder, random, x, _, variance) -> estimator
                        .estimate(builder, random, x, variance, new ScoreEstimator.OwnCopies(startCopies)).score());
        appendStart = append("appendStart", start.x());
    }

    private Program trainStep(TrainConfig config, MethodBuilder method, ScoreModel model, ScoreEstimator estimator,
            Optimiser optimiser) {
        int batch = config.loop().batchSize();
        int dimension = replay.columns();
        ProgramBuilder builder = new ProgramBuilder("trainStep", TRAIN_STREAMS);
        Buffer clean = builder.scratch("clean", batch, dimension); // [row][axis]
        switch (config.method()) {
            case IDEM -> builder.add(new NoiseOp.GatherReplay(counter, replay, cursor, clean, builder.stream()));
            case PDEM -> builder.add(new NoiseOp.Gaussian(counter, clean, method.priorDeviation(), builder.stream()));
        }
        Buffer time = builder.scratch("time", batch, 1);
        builder.add(new NoiseOp.Times(counter, time, method.stratified(), builder.stream()));
        Buffer variance = builder.scratch("variance", batch, 1);
        builder.add(new NoiseOp.Variances(time, variance, method.schedule()));
        Buffer noised = builder.scratch("noised", batch, dimension);
        builder.add(new NoiseOp.Perturb(counter, clean, variance, noised, builder.stream()));
        SamplerPrograms.centre(builder, noised, method.particles());
        ScoreEstimator.Estimate estimate = estimator.estimate(builder, counter, noised, variance, copies);

        Buffer score = model.score(builder, parameters.parameters(), noised, time, variance);
        Buffer rowLoss = builder.scratch("rowLoss", batch, 1);
        builder.add(new LossOp.SquaredError(score, estimate.score(), variance, rowLoss, method.lossWeight()));
        Buffer loss = builder.scratch("loss", 1, 1);
        builder.add(new LossOp.Mean(rowLoss, loss));
        Buffer effective = builder.scratch("effectiveSums", effectiveTotal.rows(), 2);
        builder.add(new MetricOp.SumByNoise(estimate.effectiveSamples(), variance, effective, method.bins()));

        Buffer gradient = Gradients.of(builder, loss, parameters.parameters());
        Optional<Buffer> mixingSums = estimator.learn(builder, score, estimate, variance);
        Buffer squaredNorm = optimiser.step(builder, gradient, counter, parameters);
        builder.add(new MetricOp.Accumulate(loss, lossTotal));
        builder.add(new MetricOp.Accumulate(squaredNorm, squaredNormTotal));
        builder.add(new MetricOp.Accumulate(effective, effectiveTotal));
        mixingSums.ifPresent(sums -> builder.add(new MetricOp.Accumulate(sums, mixingTotal)));
        builder.add(new CounterOp.Advance(counter, Counter.STEP, 1));
        return builder.build();
    }

    private static SamplerPrograms sampler(String name, int rows, Task task, SamplerConfig config, MethodBuilder method,
            int firstStream, SamplerPrograms.ScoreSource source) {
        return SamplerPrograms.of(name, rows, task.dimension(), method.particles(), config.steps(),
                method.priorDeviation(), firstStream,
                source);
    }

    private Program append(String name, Buffer x) {
        return new ProgramBuilder(name, 0).add(new NoiseOp.AppendReplay(x, replay, cursor)).build();
    }

    List<Program> all() {
        List<Program> all = new ArrayList<>(List.of(trainStep, resetTotals, refill.start(), refill.step(),
                refill.advance(), appendRefill, start.start(), appendStart));
        if (startsByMonteCarlo) {
            all.add(start.step());
        }
        return all;
    }

    /** Returns the state buffers that a checkpoint holds, in order of first use. */
    List<Buffer> state() {
        List<Buffer> state = new ArrayList<>();
        for (Buffer buffer : Program.buffersByName(all()).values()) {
            if (buffer.role() == Role.STATE) {
                state.add(buffer);
            }
        }
        return state;
    }
}
