package dev.idem.io;

/**
 * Numbers in rows, in double precision.
 *
 * @param rows number of rows
 * @param columns number of columns
 * @param values [row][column], not copied
 */
public record DoubleMatrix(int rows, int columns, double[] values) {

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if there are not rows · columns values or a size is negative
     */
    public DoubleMatrix {
        if (rows < 0 || columns < 0 || (long) rows * columns != values.length) {
            throw new IllegalArgumentException(
                    "values has " + values.length + " numbers, must have " + rows + " · " + columns);
        }
    }
}
