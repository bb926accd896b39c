package dev.idem.cpu;

/**
 * Where a kernel finds an operand's rows: in an array that all workers share, in the worker's own arena (rows of the current tile of
 * samples, or of the current tile of rows), or in the partial of the current chunk.
 */
final class Operand {

    private enum Place {
        SHARED, SAMPLE_TILE, ROW_TILE, PARTIAL
    }

    private final Place place;
    private final float[] shared;
    private final int base;
    private final int items;
    private final int rowStride;

    private Operand(Place place, float[] shared, int base, int items, int rowStride) {
        this.place = place;
        this.shared = shared;
        this.base = base;
        this.items = items;
        this.rowStride = rowStride;
    }

    /** Returns an operand in a shared array; a row stride of zero broadcasts its only row. */
    static Operand shared(float[] array, int rowStride) {
        return new Operand(Place.SHARED, array, 0, 1, rowStride);
    }

    /** Returns an operand in every worker's arena that holds the current tile of samples. */
    static Operand sampleTile(int offset, int items, int columns) {
        return new Operand(Place.SAMPLE_TILE, new float[0], offset, items, columns);
    }

    /** Returns an operand in every worker's arena that holds the current tile of rows. */
    static Operand rowTile(int offset, int columns) {
        return new Operand(Place.ROW_TILE, new float[0], offset, 1, columns);
    }

    /** Returns a sum over rows: one partial of {@code size} elements for each chunk. */
    static Operand partial(float[] partials, int size) {
        return new Operand(Place.PARTIAL, partials, 0, 1, size);
    }

    /** Returns the array that holds the operand for this worker. */
    float[] array(Worker worker) {
        return place == Place.SAMPLE_TILE || place == Place.ROW_TILE ? worker.arena() : shared;
    }

    /** Returns where a row begins, counted in the operand's own items; for a partial, where the chunk's partial begins. */
    int at(Worker worker, int row) {
        return switch (place) {
            case SHARED -> row * rowStride;
            case SAMPLE_TILE -> base + (row - worker.tileSample() * items) * rowStride;
            case ROW_TILE -> base + (row - worker.tileRow()) * rowStride;
            case PARTIAL -> worker.chunk() * rowStride;
        };
    }

    /** Returns the distance between rows; zero if the only row is broadcast. */
    int rowStride() {
        return rowStride;
    }
}
