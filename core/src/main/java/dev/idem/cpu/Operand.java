package dev.idem.cpu;

/**
 * Where a kernel finds an operand's rows: in an array that all workers share, in the worker's own arena (rows of the
 * current tile only), or in the partial of the current chunk.
 */
final class Operand {

    private enum Place {
        SHARED, ARENA, PARTIAL
    }

    private final Place place;
    private final float[] shared;
    private final int base;
    private final int rowStride;

    private Operand(Place place, float[] shared, int base, int rowStride) {
        this.place = place;
        this.shared = shared;
        this.base = base;
        this.rowStride = rowStride;
    }

    /** Returns an operand in a shared array; a row stride of zero broadcasts its only row. */
    static Operand shared(float[] array, int rowStride) {
        return new Operand(Place.SHARED, array, 0, rowStride);
    }

    /** Returns an operand in every worker's arena. */
    static Operand arena(int offset, int columns) {
        return new Operand(Place.ARENA, new float[0], offset, columns);
    }

    /** Returns a sum over rows: one partial of {@code size} elements for each chunk. */
    static Operand partial(float[] partials, int size) {
        return new Operand(Place.PARTIAL, partials, 0, size);
    }

    /** Returns the array that holds the operand for this worker. */
    float[] array(Worker worker) {
        return place == Place.ARENA ? worker.arena() : shared;
    }

    /** Returns where a row begins; for a partial, where the chunk's partial begins. */
    int at(Worker worker, int row) {
        return switch (place) {
            case SHARED -> row * rowStride;
            case ARENA -> base + (row - worker.tileStart()) * rowStride;
            case PARTIAL -> worker.chunk() * rowStride;
        };
    }

    /** Returns the distance between rows; zero if the only row is broadcast. */
    int rowStride() {
        return rowStride;
    }
}
