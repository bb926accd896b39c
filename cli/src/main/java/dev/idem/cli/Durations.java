package dev.idem.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Spans of time as people write them: 30s, 5m, 1h30m, 2d, or as in ISO 8601, PT5M. */
final class Durations implements ITypeConverter<Duration> {

    private static final Pattern PARTS = Pattern
            .compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9}(?:\\.\\d{1,3})?)s)?");
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int MINUTES_PER_HOUR = 60;
    private static final int LONG = 100;
    private static final double MILLIS = 1e3;

    @Override
    public Duration convert(String value) {
        Duration duration = parse(value.strip().toLowerCase(Locale.ROOT), value);
        if (duration.isZero() || duration.isNegative()) {
            throw new TypeConversionException("'" + value + "' must be longer than nothing");
        }
        return duration;
    }

    private static Duration parse(String text, String value) {
        try {
            if (text.startsWith("p")) {
                return Duration.parse(text);
            }
            Matcher parts = PARTS.matcher(text);
            if (!text.isEmpty() && parts.matches()) {
                return Duration.ofDays(whole(parts.group(1))).plusHours(whole(parts.group(2)))
                        .plusMinutes(whole(parts.group(3)))
                        .plusMillis(
                                parts.group(4) == null ? 0 : Math.round(Double.parseDouble(parts.group(4)) * MILLIS));
            }
        } catch (DateTimeException e) {
            throw notADuration(value);
        }
        throw notADuration(value);
    }

    private static long whole(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static TypeConversionException notADuration(String value) {
        return new TypeConversionException("'" + value + "' is no span of time; write 30s, 5m or 1h30m");
    }

    /** Returns seconds in words: 0.52 s, 41 s, 3 min 20 s, 2 h 5 min. */
    static String words(double seconds) {
        if (!(seconds < Long.MAX_VALUE)) {
            return "?";
        }
        if (seconds < LONG - 0.5) {
            return seconds < 10 ? Figures.of(seconds, 2) + " s" : Math.round(seconds) + " s";
        }
        long whole = Math.round(seconds);
        long minutes = whole / SECONDS_PER_MINUTE;
        if (minutes < LONG) {
            return minutes + " min " + whole % SECONDS_PER_MINUTE + " s";
        }
        return minutes / MINUTES_PER_HOUR + " h " + minutes % MINUTES_PER_HOUR + " min";
    }
}
