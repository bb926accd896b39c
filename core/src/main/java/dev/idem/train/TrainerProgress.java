package dev.idem.train;

/**
 * How far a training has come.
 *
 * @param begun whether the replay has been filled for the first time
 * @param epoch epochs done
 * @param stepInEpoch training steps done since
 * @param step training steps done in all
 * @param energyCalls energy calls of training so far
 */
record TrainerProgress(boolean begun, int epoch, int stepInEpoch, long step, EnergyCalls energyCalls) {

    static final TrainerProgress START = new TrainerProgress(false, 0, 0, 0, EnergyCalls.NONE);

    TrainerProgress started(EnergyCalls calls) {
        return new TrainerProgress(true, epoch, stepInEpoch, step, energyCalls.plus(calls));
    }

    TrainerProgress stepped(int steps, EnergyCalls calls) {
        return new TrainerProgress(begun, epoch, stepInEpoch + steps, step + steps, energyCalls.plus(calls));
    }

    TrainerProgress epochDone(EnergyCalls calls) {
        return new TrainerProgress(begun, epoch + 1, 0, step, energyCalls.plus(calls));
    }
}
