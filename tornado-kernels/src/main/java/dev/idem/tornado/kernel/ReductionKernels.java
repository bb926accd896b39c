package dev.idem.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Sums in a fixed order, in two tasks: partial sums of fixed ranges, then one work item that adds them up. */
public final class ReductionKernels {

    private ReductionKernels() {}

    /** partials[chunk] = Σ values, or Σ values² if {@code squared} is 1, over a range. Modified: partials [chunk]. */
    public static void partialSums(FloatArray values, DoubleArray partials, int size, int chunks, int length,
            int squared) {
        for (@Parallel
        int chunk = 0; chunk < chunks; chunk++) {
            int from = chunk * length;
            int to = from + length < size ? from + length : size;
            double sum = 0;
            for (int i = from; i < to; i++) {
                double value = values.get(i);
                sum += squared == 1 ? value * value : value;
            }
            partials.set(chunk, sum);
        }
    }

    /** sum = Σ partials / divisor. Modified: sum [1]. */
    public static void addUp(DoubleArray partials, FloatArray sum, int chunks, int divisor) {
        for (@Parallel
        int one = 0; one < 1; one++) {
            double total = 0;
            for (int chunk = 0; chunk < chunks; chunk++) {
                total += partials.get(chunk);
            }
            sum.set(0, (float) (total / divisor));
        }
    }

    /**
     * bin[row] = ⌊factor ln(variance/floor)⌋, clamped to 0 … count − 1. Read: variance [row] at a stride. Modified: bin [row].
     */
    public static void bins(FloatArray variance, IntArray bin, int rows, int varianceStride, float floor, float factor,
            int count) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            double ratio = variance.get(row * varianceStride) / (double) floor;
            double place = ratio > 1 ? factor * Math.log(ratio) : 0;
            double last = count - 1.0;
            bin.set(row, (int) (place < last ? place : last));
        }
    }

    /** sums[bin] = (Σ value, number of rows). Read: values, bin [row]. Modified: sums [bin][2]. */
    public static void sumByBin(FloatArray values, IntArray bin, FloatArray sums, int rows, int count) {
        for (@Parallel
        int b = 0; b < count; b++) {
            float sum = 0f;
            float rowsHere = 0f;
            for (int row = 0; row < rows; row++) {
                if (bin.get(row) == b) {
                    sum += values.get(row);
                    rowsHere += 1f;
                }
            }
            sums.set(2 * b, sum);
            sums.set(2 * b + 1, rowsHere);
        }
    }

    /** sums[bin][column] = Σ values[row][column] over the rows of the bin. Modified: sums [bin][columns]. */
    public static void sumColumnsByBin(FloatArray values, IntArray bin, FloatArray sums, int rows, int count,
            int columns) {
        for (@Parallel
        int b = 0; b < count; b++) {
            for (@Parallel
            int column = 0; column < columns; column++) {
                float sum = 0f;
                for (int row = 0; row < rows; row++) {
                    if (bin.get(row) == b) {
                        sum += values.get(row * columns + column);
                    }
                }
                sums.set(b * columns + column, sum);
            }
        }
    }

    /** target = value. Modified: target [size]. */
    public static void fill(FloatArray target, int size, float value) {
        for (@Parallel
        int i = 0; i < size; i++) {
            target.set(i, value);
        }
    }

    /** target = keep target + source; what is not kept is not read. Modified: target [size]. */
    public static void add(FloatArray source, FloatArray target, int size, float keep) {
        for (@Parallel
        int i = 0; i < size; i++) {
            float old = 0f;
            if (keep != 0f) {
                old = keep * target.get(i);
            }
            target.set(i, old + source.get(i));
        }
    }
}
