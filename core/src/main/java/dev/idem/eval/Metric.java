package dev.idem.eval;

import org.jspecify.annotations.Nullable;

/**
 * One figure of an evaluation, beside its noise floor: the same figure of exact samples, as many as were judged.
 *
 * @param name in lower camel case
 * @param description what it is, in a few words, with its unit
 * @param value the figure
 * @param standardError of the value; null if not known
 * @param floor the figure of exact samples; null where there are none
 * @param floorStandardError of the floor; null if not known
 */
public record Metric(String name, String description, double value, @Nullable Double standardError,
        @Nullable Double floor, @Nullable Double floorStandardError) {

    /** Returns a figure without a standard error. */
    static Metric of(String name, String description, double value, double floor) {
        return new Metric(name, description, value, null, floor, null);
    }

    /** Returns a figure with standard errors. */
    static Metric of(String name, String description, Estimate value, Estimate floor) {
        return new Metric(name, description, value.value(), finite(value.standardError()), floor.value(),
                finite(floor.standardError()));
    }

    static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
