package dev.idem.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers for people. */
final class Figures {

    private static final double LARGEST_PLAIN = 1e6;
    private static final double SMALLEST_PLAIN = 1e-3;
    private static final double LARGEST_WHOLE = 1e15;
    private static final int DIGITS = 4;
    private static final int ERROR_DIGITS = 2;
    private static final int MOST_DECIMALS = 8;

    private Figures() {}

    /** Returns a whole number in groups of three digits. */
    static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Returns a number in four significant digits. */
    static String of(double value) {
        return of(value, DIGITS);
    }

    /** Returns a number in some significant digits; whole numbers, and what stands before the point, in full. */
    static String of(double value, int digits) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "-" : value > 0 ? "inf" : "-inf";
        }
        if (value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE) {
            return Long.toString((long) value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        double size = Math.abs(rounded.doubleValue());
        if (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN) {
            int decimals = Math.max(0, digits - 1 - exponent(size));
            return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
        }
        return String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
    }

    /** Returns a number with its error, if known, both to the error's second digit. */
    static String of(@Nullable Double value, @Nullable Double error, String plusMinus) {
        if (value == null) {
            return "";
        }
        if (error == null || !(error > 0) || !Double.isFinite(value)) {
            return of(value);
        }
        int decimals = ERROR_DIGITS - 1 - exponent(error);
        if (decimals > MOST_DECIMALS || Math.abs(value) >= LARGEST_PLAIN) {
            return of(value) + " " + plusMinus + " " + of(error, ERROR_DIGITS);
        }
        int shown = Math.max(0, decimals);
        return String.format(Locale.ROOT, "%." + shown + "f %s %." + shown + "f", value, plusMinus, error);
    }

    private static int exponent(double size) {
        return (int) Math.floor(Math.log10(size));
    }
}
