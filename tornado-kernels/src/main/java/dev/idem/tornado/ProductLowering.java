package dev.idem.tornado;

import dev.idem.tornado.kernel.DenseKernels;
import dev.idem.tornado.kernel.TileKernels;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Lowers matrix products: as loops, or, if {@link Settings#tiles} says so, by tiles where they fill some. */
final class ProductLowering {

    private static final int LEAST_ROWS = 64;
    private static final int LEAST_COLUMNS = 32;
    private static final int LEAST_DEPTH = 16;

    private ProductLowering() {}

    private static boolean fills(int rows, int columns, int depth) {
        return Settings.tiles() && rows >= LEAST_ROWS && columns >= LEAST_COLUMNS && depth >= LEAST_DEPTH;
    }

    private static int tiles(int size) {
        return (size + TileKernels.TILE - 1) / TileKernels.TILE;
    }

    /** Where a weight lies in the flat parameters: W[i][o] at weight + i · inStride + o · outStride; a negative bias means none. */
    record Place(int weight, int inStride, int outStride, int bias) {}

    /** Appends output = [output] + input · W + bias + addend; a negative stride of the addend means none. */
    static void product(FloatArray input, FloatArray parameters, FloatArray addend, FloatArray output, int rows, int in,
            int out, Place place, int addendStride, int accumulate, TaskList tasks) {
        tasks.operations(2.0 * rows * in * out);
        if (fills(rows, out, in)) {
            tasks.groups(new Task.Groups(tiles(out), tiles(rows)),
                    () -> DenseKernels.product(input, parameters, addend, output, rows, in, out, place.weight,
                            place.inStride, place.outStride, place.bias, addendStride, accumulate))
                    .add(TileKernels::product, new KernelContext(), input, parameters, addend, output, rows, in, out,
                            place.weight, place.inStride, place.outStride, place.bias, addendStride, accumulate);
        } else {
            tasks.add(DenseKernels::product, input, parameters, addend, output, rows, in, out, place.weight,
                    place.inStride, place.outStride, place.bias, addendStride, accumulate);
        }
    }

    /** Appends partial sums of inputᵀ · outputGradient and of its columns: partials [chunk][in + 1][out]. */
    static void weightPartials(FloatArray input, FloatArray outputGradient, FloatArray partials, int rows, int in,
            int out, int chunks, TaskList tasks) {
        int chunkRows = (rows + chunks - 1) / chunks;
        tasks.operations(2.0 * rows * (in + 1) * out);
        if (fills(rows, out, in)) {
            tasks.groups(new Task.Groups(tiles(out), chunks * tiles(in + 1)),
                    () -> DenseKernels.weightPartials(input, outputGradient, partials, rows, in, out, chunks,
                            chunkRows))
                    .add(TileKernels::weightPartials, new KernelContext(), input, outputGradient, partials, rows, in,
                            out, chunkRows, tiles(in + 1));
        } else {
            tasks.add(DenseKernels::weightPartials, input, outputGradient, partials, rows, in, out, chunks, chunkRows);
        }
    }
}
