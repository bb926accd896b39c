package dev.idem.train;

import dev.idem.backend.Backend;
import dev.idem.config.RunConfig;
import dev.idem.config.TrainConfig;
import dev.idem.task.Task;

/** Times a few steps of a training, on a state of its own that is then thrown away. */
final class Calibration {

    /** An improvement by less than this is noise. */
    private static final double IMPROVEMENT = 0.9;
    /** The vector kernels run in the interpreter until they are compiled, hundreds of times slower than after. */
    private static final double SETTLED_SECONDS = 0.7;
    private static final int SETTLED_TIMES = 5;
    private static final double MOST_SECONDS = 12;
    private static final int TIMED_SAMPLER_STEPS = 20;
    private static final double NANOS = 1e-9;

    private final Task task;
    private final RunConfig config;
    private final Backend backend;

    Calibration(Task task, RunConfig config, Backend backend) {
        this.task = task;
        this.config = config;
        this.backend = backend;
    }

    TrainingOutlook outlook(TrainerProgress done, String device, int threads) {
        TrainConfig train = config.train();
        MethodBuilder method = new MethodBuilder(task, train);
        try (Trainer trainer = new Trainer(task, config, backend)) {
            long stepsLeft = train.loop().totalSteps() - done.step();
            int epochsLeft = train.loop().epochs() - done.epoch();
            EnergyCalls start = done.begun() ? EnergyCalls.NONE : method.callsToStart();
            EnergyCalls callsLeft = new EnergyCalls(stepsLeft * trainer.callsPerStep(), 0).plus(start)
                    .plus(method.callsPerRefill().times(epochsLeft));
            trainer.startFromPrior();
            double perStep = settledSeconds(() -> trainer.step(1));
            int refillSteps = train.refill().steps();
            int timedSteps = Math.min(refillSteps, TIMED_SAMPLER_STEPS);
            double perRefill = settledSeconds(() -> trainer.samplerSteps(timedSteps)) * refillSteps / timedSteps;
            double perTarget = perStep / Math.max(1, trainer.callsPerStep());
            double perChainStep = callsLeft.refinement() == 0
                    ? 0
                    : settledSeconds(() -> trainer.chainSteps(timedSteps))
                            / timedSteps / train.replay().refillPoints();
            double seconds = start.targets() * perTarget + callsLeft.refinement() * perChainStep + stepsLeft * perStep
                    + epochsLeft * perRefill;
            return new TrainingOutlook(task.dimension(), method.model().layout().size(), stepsLeft, callsLeft,
                    seconds, device, threads);
        }
    }

    /** Returns the seconds of one call: the mean of the calls since the last one that was clearly quicker than all before. */
    private static double settledSeconds(Runnable calls) {
        long begin = System.nanoTime();
        long settled = begin;
        double least = Double.POSITIVE_INFINITY;
        int since = 0;
        while (elapsed(begin) < MOST_SECONDS && (elapsed(settled) < SETTLED_SECONDS || since < SETTLED_TIMES)) {
            long started = System.nanoTime();
            calls.run();
            double seconds = elapsed(started);
            since++;
            if (seconds < IMPROVEMENT * least) {
                settled = started;
                since = 1;
            }
            least = Math.min(least, seconds);
        }
        return elapsed(settled) / since;
    }

    private static double elapsed(long begin) {
        return (System.nanoTime() - begin) * NANOS;
    }
}
