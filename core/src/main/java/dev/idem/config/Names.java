package dev.idem.config;

import java.util.Locale;

/** Names of choices as they stand in configurations: lower case with hyphens. */
final class Names {

    private Names() {}

    static String of(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static void require(boolean condition, String key, Object value, String allowed) {
        if (!condition) {
            throw new IllegalArgumentException(key + " must be " + allowed + ", got " + value);
        }
    }

    static boolean positive(double value) {
        return value > 0 && !Double.isInfinite(value);
    }
}
