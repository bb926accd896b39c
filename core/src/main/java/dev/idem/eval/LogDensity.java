package dev.idem.eval;

/** A log density in double precision, normalised or not. */
@FunctionalInterface
public interface LogDensity {

    /**
     * Returns the log density at one point.
     *
     * @param point holds the point's coordinates from {@code offset} on; not modified
     * @param offset index of the first coordinate
     */
    double at(double[] point, int offset);
}
