package dev.idem.eval;

/**
 * Wasserstein distances of small sets of samples to exact sets, beside their noise floor: the distance of exact sets to
 * the same exact sets.
 *
 * @param subsetSize points in each set
 * @param pairs pairs of sets behind each mean
 * @param w1 samples to exact ones
 * @param w1Floor exact ones to exact ones
 * @param w1OverFloor their ratio; 1 cannot be told from exact; NaN if all distances of exact ones are 0
 * @param w2 samples to exact ones, rooted
 * @param w2Floor exact ones to exact ones
 * @param w2OverFloor their ratio
 */
public record TransportMetrics(int subsetSize, int pairs, Estimate w1, Estimate w1Floor, Estimate w1OverFloor,
        Estimate w2, Estimate w2Floor, Estimate w2OverFloor) {}
