package dev.idem.cpu;

import dev.idem.program.Buffer;
import dev.idem.program.Op;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a segment is cut: chunks of samples, of which each has partial sums of its own; tiles of samples, of which a worker keeps all
 * that passes hand on; tiles of rows, of which it keeps what one pass needs.
 *
 * <p>Depends on shapes alone, never on the number of threads: it fixes the order of every sum.
 *
 * @param samples samples of the segment
 * @param tileSamples samples of a tile
 * @param chunkSamples samples of a chunk, a multiple of those of a tile
 * @param tileRows most rows of a tile of rows
 */
record Tiling(int samples, int tileSamples, int chunkSamples, int tileRows) {

    /** Rows of a tile of layers: activations of a 128-wide network stay in the second-level cache. */
    private static final int LAYER_ROWS = 64;

    /** Rows of a tile when a row is one parameter. */
    private static final int ELEMENT_ROWS = 4096;

    /** Most chunks of a segment: each sum has one partial per chunk. */
    private static final int MAX_CHUNKS = 16;

    /** A multiple of the rows of every tile of the matrix product: tiles of a multiple of it waste nothing. */
    private static final int PRODUCT_ROWS = 4;

    static Tiling of(List<Op> segment) {
        int samples = segment.getFirst().domain().samples();
        int tileRows = isElementwise(segment) ? ELEMENT_ROWS : LAYER_ROWS;
        int tileSamples = Math.clamp(tileRows / fewestItems(segment), 1, samples);
        int tiles = (samples + tileSamples - 1) / tileSamples;
        return new Tiling(samples, tileSamples, tileSamples * ((tiles + MAX_CHUNKS - 1) / MAX_CHUNKS), tileRows);
    }

    int chunks() {
        return (samples + chunkSamples - 1) / chunkSamples;
    }

    /** Returns the rows of a tile of so many items in a sample: the tiles of a sample tile are about equally long. */
    int tileRows(int items) {
        int rows = tileSamples * items;
        int tiles = (rows + tileRows - 1) / tileRows;
        int even = (rows + tiles - 1) / tiles;
        return (even + PRODUCT_ROWS - 1) / PRODUCT_ROWS * PRODUCT_ROWS;
    }

    /** The products of particles need rows; those of pairs then have more than enough. */
    private static int fewestItems(List<Op> segment) {
        return segment.stream().mapToInt(op -> op.domain().items()).filter(items -> items > 1).min().orElse(1);
    }

    private static boolean isElementwise(List<Op> segment) {
        return segment.stream().allMatch(op -> {
            Set<Buffer> touched = new HashSet<>(op.reads());
            touched.addAll(op.writes());
            op.wholeReads().forEach(touched::remove);
            return touched.stream().allMatch(buffer -> buffer.columns() == 1 && buffer.items() == 1);
        });
    }
}
