package dev.idem.train;

import dev.idem.backend.Backend;
import dev.idem.config.RunConfig;
import dev.idem.config.TrainConfig;
import dev.idem.task.Task;

/** Times a few steps of a training, on a state of its own that is then thrown away. */
final class Calibration {

    /** The vector kernels run in the interpreter until they are compiled, hundreds of times slower than after. */
    private static final double WARM_UP_SECONDS = 2.5;
    private static final double SECONDS = 0.5;
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
            long callsLeft = stepsLeft * trainer.callsPerStep() + (done.begun() ? 0 : trainer.callsToStart());
            double perStep = secondsPerStep(trainer);
            double perRefill = trainer.secondsOfRefill();
            double perStart = done.begun() ? 0 : trainer.callsToStart() * perStep / Math.max(1, trainer.callsPerStep());
            double seconds = perStart + stepsLeft * perStep + (train.loop().epochs() - done.epoch()) * perRefill;
            return new TrainingOutlook(task.dimension(), method.model().network().layout().size(), stepsLeft, callsLeft,
                    seconds, device, threads);
        }
    }

    private static double secondsPerStep(Trainer trainer) {
        trainer.startFromPrior();
        secondsPerStep(trainer, WARM_UP_SECONDS);
        return secondsPerStep(trainer, SECONDS);
    }

    private static double secondsPerStep(Trainer trainer, double seconds) {
        long begin = System.nanoTime();
        int steps = 0;
        do {
            trainer.step(1);
            steps++;
        } while (elapsed(begin) < seconds);
        return elapsed(begin) / steps;
    }

    private static double elapsed(long begin) {
        return (System.nanoTime() - begin) * NANOS;
    }
}
