package dev.idem.eval;

/**
 * The judgement of samples of a mixture, each figure beside its noise floor: the same figure of exact samples.
 *
 * @param samples figures of the samples
 * @param floor figures of as many exact samples
 * @param expectedModeWeightError what the mode weights' error is expected to be for an exact sampler ({@link
 *             ModeWeights#expectedError})
 * @param transport Wasserstein distances and their floor
 */
public record MixtureEvaluation(MixtureMetrics samples, MixtureMetrics floor, double expectedModeWeightError,
        TransportMetrics transport) {}
