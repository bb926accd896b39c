package dev.idem.program;

/**
 * A named array of fixed shape. Two buffers are the same if all their parts are equal; programs that are compiled
 * together share a buffer by naming it alike.
 *
 * @param name unique within the programs that are compiled together; lower camel case
 * @param shape samples, items and columns
 * @param role who writes it and how long it lives
 * @param element type of an element
 */
public record Buffer(String name, Shape shape, Role role, Element element) {

    /** Returns a float32 buffer. */
    public static Buffer floats(String name, int rows, int columns, Role role) {
        return new Buffer(name, new Shape(rows, columns), role, Element.FLOAT32);
    }

    /** Returns a float32 buffer whose samples are divided into items. */
    public static Buffer floats(String name, int samples, int items, int columns, Role role) {
        return new Buffer(name, new Shape(samples, items, columns), role, Element.FLOAT32);
    }

    /** Returns an int32 buffer. */
    public static Buffer ints(String name, int rows, int columns, Role role) {
        return new Buffer(name, new Shape(rows, columns), role, Element.INT32);
    }

    /** Returns the number of samples. */
    public int samples() {
        return shape.samples();
    }

    /** Returns the number of items of a sample. */
    public int items() {
        return shape.items();
    }

    /** Returns the number of rows, samples · items. */
    public int rows() {
        return shape.rows();
    }

    /** Returns the number of columns. */
    public int columns() {
        return shape.columns();
    }

    @Override
    public String toString() {
        return name + shape;
    }
}
