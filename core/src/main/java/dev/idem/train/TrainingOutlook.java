package dev.idem.train;

/**
 * What a training is about to do, for people, after a short calibration.
 *
 * @param dimension coordinates
 * @param parameters parameters of the network
 * @param steps training steps left
 * @param energyCalls energy calls left, at most
 * @param seconds estimated wall time of the training left
 * @param device device name
 * @param threads worker threads; of the CPU backend
 */
public record TrainingOutlook(int dimension, int parameters, long steps, EnergyCalls energyCalls, double seconds,
        String device, int threads) {}
