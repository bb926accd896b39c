package dev.idem.eval;

/** Checks of samples given as flat arrays, with one wording for all of this package. */
final class Points {

    private Points() {}

    /**
     * Returns the number of rows of a sample.
     *
     * @param name argument's name for the message
     * @param length number of values
     * @param dimension number of axes
     * @throws IllegalArgumentException if the dimension is not positive or the length is not a positive multiple of it
     */
    static int rows(String name, int length, int dimension) {
        if (dimension < 1) {
            throw new IllegalArgumentException("dimension is " + dimension + ", must be at least 1");
        }
        if (length == 0 || length % dimension != 0) {
            throw new IllegalArgumentException(
                    name + " has " + length + " values, must be a positive multiple of the dimension " + dimension);
        }
        return length / dimension;
    }

    /**
     * Checks that all values are finite.
     *
     * @param name argument's name for the message
     * @param values not modified
     * @param dimension number of axes, for the message
     * @throws IllegalArgumentException if one is NaN or infinite
     */
    static void requireFinite(String name, double[] values, int dimension) {
        for (int k = 0; k < values.length; k++) {
            if (!Double.isFinite(values[k])) {
                throw notFinite(name, k, dimension, values[k]);
            }
        }
    }

    /** The same for single precision. */
    static void requireFinite(String name, float[] values, int dimension) {
        for (int k = 0; k < values.length; k++) {
            if (!Float.isFinite(values[k])) {
                throw notFinite(name, k, dimension, values[k]);
            }
        }
    }

    private static IllegalArgumentException notFinite(String name, int index, int dimension, double value) {
        return new IllegalArgumentException(name + " has " + value + " in row " + index / dimension + ", column "
                + index % dimension + "; all values must be finite");
    }

    /** Returns the values in double precision. */
    static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            wide[k] = values[k];
        }
        return wide;
    }
}
