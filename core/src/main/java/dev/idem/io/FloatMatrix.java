package dev.idem.io;

/**
 * Numbers in rows, in single precision.
 *
 * @param rows number of rows
 * @param columns number of columns
 * @param values [row][column], not copied
 */
public record FloatMatrix(int rows, int columns, float[] values) {

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if there are not rows · columns values or a size is negative
     */
    public FloatMatrix {
        if (rows < 0 || columns < 0 || (long) rows * columns != values.length) {
            throw new IllegalArgumentException(
                    "values has " + values.length + " numbers, must have " + rows + " · " + columns);
        }
    }
}
