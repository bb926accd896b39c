package dev.idem.config;

import java.util.List;

/**
 * A Gaussian mixture of the user's own, in the task's own coordinates (task {@code mixture}).
 *
 * @param weights weight of each mode; divided by their sum
 * @param means mean of each mode, one list of coordinates per mode
 * @param standardDeviations standard deviation of each mode
 */
public record MixtureConfig(List<Double> weights, List<List<Double>> means, List<Double> standardDeviations) {

    /** @throws IllegalArgumentException if the lists do not match */
    public MixtureConfig {
        weights = List.copyOf(weights);
        standardDeviations = List.copyOf(standardDeviations);
        means = means.stream().map(List::copyOf).toList();
        Names.require(!weights.isEmpty(), "mixture.weights", weights, "not empty");
        Names.require(means.size() == weights.size(), "mixture.means", means.size() + " modes",
                "as many as mixture.weights (" + weights.size() + ")");
        Names.require(standardDeviations.size() == weights.size(), "mixture.standardDeviations",
                standardDeviations.size() + " modes", "as many as mixture.weights (" + weights.size() + ")");
        int dimension = means.getFirst().size();
        Names.require(dimension >= 1 && means.stream().allMatch(mean -> mean.size() == dimension), "mixture.means",
                means, "lists of equally many coordinates");
    }
}
