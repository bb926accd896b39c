package dev.idem.program;

/**
 * The shape of a buffer, [rows][columns], row-major.
 *
 * @param rows at least 1
 * @param columns at least 1
 */
public record Shape(int rows, int columns) {

    /** @throws IllegalArgumentException if a size is below one or the product exceeds 2^31 − 1 */
    public Shape {
        if (rows < 1 || columns < 1 || (long) rows * columns > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("shape needs rows >= 1, columns >= 1 and fewer than 2^31 elements, got ["
                    + rows + "][" + columns + "]");
        }
    }

    /** Returns rows · columns. */
    public int size() {
        return rows * columns;
    }

    @Override
    public String toString() {
        return "[" + rows + "][" + columns + "]";
    }
}
