package dev.idem.cpu;

import dev.idem.program.Buffer;
import dev.idem.program.Element;

/** The memory of one buffer that outlives a tile: one flat array, row-major. */
final class Storage {

    private static final float[] NO_FLOATS = {};
    private static final int[] NO_INTS = {};

    final Buffer buffer;
    final float[] floats;
    final int[] ints;

    /** Grows whenever the content may have changed, so that packed copies know when they are stale. */
    long version;

    Storage(Buffer buffer) {
        this.buffer = buffer;
        boolean isFloat = buffer.element() == Element.FLOAT32;
        this.floats = isFloat ? new float[buffer.shape().size()] : NO_FLOATS;
        this.ints = isFloat ? NO_INTS : new int[buffer.shape().size()];
    }
}
