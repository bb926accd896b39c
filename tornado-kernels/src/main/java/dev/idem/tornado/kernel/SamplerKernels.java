package dev.idem.tornado.kernel;

import dev.idem.program.Counter;
import dev.idem.program.SamplerOp;
import dev.idem.random.Philox;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels of {@link SamplerOp}: the step is read from the counter, so a graph can be run again and again. */
public final class SamplerKernels {

    private static final int WORDS = Philox.WORDS;

    private SamplerKernels() {}

    /** time, variance = the table's row at the counter's step. Modified: time [1], variance [1]. */
    public static void level(IntArray counter, FloatArray table, FloatArray time, FloatArray variance) {
        for (@Parallel
        int one = 0; one < 1; one++) {
            int row = counter.get(Counter.STEP) * SamplerOp.COLUMNS;
            time.set(0, table.get(row + SamplerOp.TIME));
            variance.set(0, table.get(row + SamplerOp.VARIANCE));
        }
    }

    /**
     * x' = a x + b score + c remembered + d ε; remembered' = x + e score. What is remembered is not read where c is 0.
     *
     * <p>Modified: x, remembered [row][column].
     */
    public static void integrate(IntArray counter, FloatArray table, FloatArray score, FloatArray x,
            FloatArray remembered,
            int rows, int columns, int blocks, int scoreStride, int stream) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int block = 0; block < blocks; block++) {
                int at = counter.get(Counter.STEP) * SamplerOp.COLUMNS;
                int[] words = new int[WORDS];
                Philox.words(block, counter.get(Counter.FIRST_ROW) + row, counter.get(Counter.STEP), stream,
                        counter.get(Counter.SEED_LOW), counter.get(Counter.SEED_HIGH), words, 0);
                for (int e = 0; e < WORDS; e++) {
                    int column = block * WORDS + e;
                    if (column < columns) {
                        int i = row * columns + column;
                        float point = x.get(i);
                        float s = score.get(row * scoreStride + column);
                        float moved = table.get(at + SamplerOp.POINT) * point + table.get(at + SamplerOp.SCORE) * s
                                + table.get(at + SamplerOp.NOISE) * RandomNumbers.normal(words, e);
                        float factor = table.get(at + SamplerOp.PREVIOUS);
                        float before = factor == 0f ? 0f : factor * remembered.get(i);
                        x.set(i, moved + before);
                        remembered.set(i, point + table.get(at + SamplerOp.MEMORY) * s);
                    }
                }
            }
        }
    }
}
