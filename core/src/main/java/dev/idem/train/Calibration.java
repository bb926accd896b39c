package dev.idem.train;

import dev.idem.backend.Backend;
import dev.idem.backend.Backends;
import dev.idem.config.RunConfig;
import dev.idem.config.TrainConfig;
import dev.idem.task.Task;

/** Times a few steps of a training, on a state of its own that is then thrown away. */
final class Calibration {

    private static final int TIMED_SAMPLER_STEPS = 5;
    private static final int LEAST_CHAIN_STEPS = 20;

    private final Task task;
    private final RunConfig config;
    private final Backend backend;

    Calibration(Task task, RunConfig config, Backend backend) {
        this.task = task;
        this.config = config;
        this.backend = backend;
    }

    /** Returns how many steps of chains are timed: whole trajectories. */
    static int timedChainSteps(int trajectory) {
        return Math.ceilDiv(LEAST_CHAIN_STEPS, trajectory) * trajectory;
    }

    TrainingOutlook outlook(TrainerProgress done, String device, int threads) {
        TrainConfig train = config.train();
        MethodBuilder method = new MethodBuilder(task, train);
        try (Trainer trainer = new Trainer(task, config, backend)) {
            long stepsLeft = train.loop().totalSteps() - done.step();
            int refillsLeft = method.refillsAfter(done.epoch());
            EnergyCalls start = done.begun() ? EnergyCalls.NONE : method.callsToStart();
            EnergyCalls callsLeft = new EnergyCalls(stepsLeft * trainer.callsPerStep(), 0).plus(start)
                    .plus(method.callsPerRefill().times(refillsLeft));
            trainer.startFromPrior();
            SettledTime settled = new SettledTime();
            SettledTime.Pace step = settled.of(() -> trainer.step(1));
            double perStep = step.seconds();
            int refillSteps = train.refill().allSteps();
            int timedSteps = Math.min(refillSteps, TIMED_SAMPLER_STEPS);
            SettledTime.Pace sampler = settled.of(() -> trainer.samplerSteps(timedSteps));
            double perRefill = sampler.seconds() * refillSteps / timedSteps;
            int chainSteps = timedChainSteps(train.refine().trajectory());
            double perTarget = perStep / Math.max(1, trainer.callsPerStep());
            double perChainStep = callsLeft.refinement() == 0
                    ? 0
                    : settled.of(() -> trainer.chainSteps(chainSteps)).seconds() / chainSteps
                            / train.replay().refillPoints();
            double seconds = start.targets() * perTarget + callsLeft.refinement() * perChainStep + stepsLeft * perStep
                    + refillsLeft * perRefill;
            if (!device.equals(Backends.CPU)) { // compiles again for the training; on the CPU the virtual machine is warm by then
                seconds += step.compiling() + sampler.compiling();
            }
            return new TrainingOutlook(task.dimension(), method.model().layout().size(), stepsLeft, callsLeft,
                    seconds, device, threads);
        }
    }
}
