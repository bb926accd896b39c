package dev.idem.eval;

/**
 * How far a sample is from a mixture.
 *
 * @param samples number of samples
 * @param modes number of modes of the mixture
 * @param modesHit modes to whose mean at least one sample is nearest
 * @param modeWeightError root mean square relative error of the modes' shares ({@link ModeWeights#relativeError})
 * @param leastModeRatio least share over true share of any mode; 0 when one is missing
 * @param logDensity mean log density
 * @param energyW2 W2 (rooted) between the samples' energies and those of as many exact samples
 * @param histogramDistance total variation between the histogram of the samples and that of as many exact ones ({@link
 *             PlaneHistogram})
 * @param outsideShare share of the samples outside the histogram's box
 */
public record MixtureMetrics(int samples, int modes, int modesHit, double modeWeightError, double leastModeRatio,
        Estimate logDensity, double energyW2, double histogramDistance, double outsideShare) {}
