package dev.idem.config;

/**
 * Sizes and lengths of the training loop.
 *
 * @param batchSize training points per step
 * @param stepsPerEpoch training steps between two refills of the replay
 * @param epochs number of epochs
 * @param checkpointEpochs epochs between two checkpoints
 */
public record LoopConfig(int batchSize, int stepsPerEpoch, int epochs, int checkpointEpochs) {

    private static final int LARGEST = 1_000_000;

    /** @throws IllegalArgumentException if a value is out of range */
    public LoopConfig {
        Names.require(batchSize >= 1 && batchSize <= LARGEST, "loop.batchSize", batchSize, "in [1, " + LARGEST + "]");
        Names.require(stepsPerEpoch >= 1 && stepsPerEpoch <= LARGEST, "loop.stepsPerEpoch", stepsPerEpoch,
                "in [1, " + LARGEST + "]");
        Names.require(epochs >= 1 && epochs <= LARGEST, "loop.epochs", epochs, "in [1, " + LARGEST + "]");
        Names.require(checkpointEpochs >= 1, "loop.checkpointEpochs", checkpointEpochs, ">= 1");
    }

    /** Returns the number of training steps of a whole run. */
    public int totalSteps() {
        return Math.multiplyExact(stepsPerEpoch, epochs);
    }
}
