package dev.idem.program;

import java.util.List;

/**
 * Radial functions of a distance r at noise variance h: exp(−((r − μ)/w)²) for fixed centres, then exp(−((c r − ν)/v)²) for scaled
 * ones, with c = 1/√(s² + h).
 *
 * @param fixed centres and widths in units of length
 * @param scaled centres and widths in units of the standard deviation of what the network sees
 * @param dataDeviation s, standard deviation of the data per coordinate
 */
public record RadialBasis(List<Function> fixed, List<Function> scaled, double dataDeviation) {

    /** Copies the lists. */
    public RadialBasis {
        fixed = List.copyOf(fixed);
        scaled = List.copyOf(scaled);
    }

    /**
     * One function.
     *
     * @param centre where it is 1
     * @param width where it has fallen to 1/e, from the centre
     */
    public record Function(double centre, double width) {}

    /** Returns the number of functions. */
    public int size() {
        return fixed.size() + scaled.size();
    }

    /** Returns a function; the fixed ones come first. */
    public Function function(int index) {
        return index < fixed.size() ? fixed.get(index) : scaled.get(index - fixed.size());
    }

    /** Returns the factor of a function's distance at a noise variance. */
    public double scale(int index, double variance) {
        return index < fixed.size() ? 1 : 1 / Math.sqrt(dataDeviation * dataDeviation + variance);
    }
}
