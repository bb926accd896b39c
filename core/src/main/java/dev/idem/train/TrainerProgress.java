package dev.idem.train;

/**
 * How far a training has come.
 *
 * @param begun whether the replay has been filled for the first time
 * @param epoch epochs done
 * @param stepInEpoch training steps done since
 * @param step training steps done in all
 * @param energyCalls energy calls of training so far: one is one energy, or energy and gradient, of one configuration
 */
record TrainerProgress(boolean begun, int epoch, int stepInEpoch, long step, long energyCalls) {

    static final TrainerProgress START = new TrainerProgress(false, 0, 0, 0, 0);

    TrainerProgress started(long calls) {
        return new TrainerProgress(true, epoch, stepInEpoch, step, energyCalls + calls);
    }

    TrainerProgress stepped(int steps, long calls) {
        return new TrainerProgress(begun, epoch, stepInEpoch + steps, step + steps, energyCalls + calls);
    }

    TrainerProgress refilled() {
        return new TrainerProgress(begun, epoch + 1, 0, step, energyCalls);
    }
}
