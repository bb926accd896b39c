package dev.idem.program;

/**
 * The shape of a buffer, [sample][item][column], row-major. Items are what a sample consists of, such as its particles or its pairs
 * of particles; a buffer whose samples are not divided has one item. Samples and items together are the rows.
 *
 * @param samples at least 1
 * @param items at least 1
 * @param columns at least 1
 */
public record Shape(int samples, int items, int columns) {

    /** @throws IllegalArgumentException if a size is below one or the product exceeds 2^31 − 1 */
    public Shape {
        boolean tooFew = samples < 1 || items < 1 || columns < 1;
        // Divided rather than multiplied: the product of three sizes may not even fit a long.
        if (tooFew || Integer.MAX_VALUE / items / columns < samples) {
            throw new IllegalArgumentException("shape needs sizes >= 1 and fewer than 2^31 elements, got "
                    + text(samples, items, columns));
        }
    }

    /** Makes the shape of samples that are not divided. */
    public Shape(int rows, int columns) {
        this(rows, 1, columns);
    }

    /** Returns samples · items. */
    public int rows() {
        return samples * items;
    }

    /** Returns rows · columns. */
    public int size() {
        return rows() * columns;
    }

    @Override
    public String toString() {
        return text(samples, items, columns);
    }

    private static String text(int samples, int items, int columns) {
        String divided = items == 1 ? "" : "[" + items + "]";
        return "[" + samples + "]" + divided + "[" + columns + "]";
    }
}
