package dev.idem.tornado.kernel;

import dev.idem.program.Counter;
import dev.idem.random.Philox;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels of {@link dev.idem.program.NoiseOp}. Random words are those of the host, bit for bit. */
public final class NoiseKernels {

    private static final int WORDS = Philox.WORDS;

    private NoiseKernels() {}

    /** time[row] = u, or (row + u)/rows if {@code stratified} is 1. Modified: time [row]. */
    public static void times(IntArray counter, FloatArray time, int rows, int stratified, int stream) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float u = RandomNumbers.uniform(counter, row, 0, stream);
            time.set(row, stratified == 1 ? (float) (((double) row + u) / rows) : u);
        }
    }

    /** variance = scale (exp(rate time) − offset), in double precision. Modified: variance [row]. */
    public static void exponentialVariances(FloatArray time, FloatArray variance, int rows, float scale, float rate,
            float offset) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            variance.set(row, (float) (scale * (Math.exp((double) rate * time.get(row)) - offset)));
        }
    }

    /** variance = scale time^exponent. Modified: variance [row]. */
    public static void powerVariances(FloatArray time, FloatArray variance, int rows, float scale, float exponent) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            variance.set(row, scale * TornadoMath.pow(time.get(row), exponent));
        }
    }

    /** x = deviation ε, with the numbers of a step so much later than the counter's. Modified: x [row][column]. */
    public static void gaussian(IntArray counter, FloatArray x, int rows, int columns, int blocks, float deviation,
            int stream, int later) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int block = 0; block < blocks; block++) {
                int[] words = new int[WORDS];
                Philox.words(block, counter.get(Counter.FIRST_ROW) + row, counter.get(Counter.STEP) + later, stream,
                        counter.get(Counter.SEED_LOW), counter.get(Counter.SEED_HIGH), words, 0);
                for (int e = 0; e < WORDS; e++) {
                    int column = block * WORDS + e;
                    if (column < columns) {
                        x.set(row * columns + column, deviation * RandomNumbers.normal(words, e));
                    }
                }
            }
        }
    }

    /**
     * noised = x + √variance ε. Read: x [row][column], variance [row] at stride {@code varianceStride}. Modified: noised
     * [row][column].
     */
    public static void perturb(IntArray counter, FloatArray x, FloatArray variance, FloatArray noised, int rows,
            int columns, int blocks, int xStride, int varianceStride, int stream) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int block = 0; block < blocks; block++) {
                int[] words = new int[WORDS];
                Philox.words(block, counter.get(Counter.FIRST_ROW) + row, counter.get(Counter.STEP), stream,
                        counter.get(Counter.SEED_LOW), counter.get(Counter.SEED_HIGH), words, 0);
                float deviation = TornadoMath.sqrt(variance.get(row * varianceStride));
                for (int e = 0; e < WORDS; e++) {
                    int column = block * WORDS + e;
                    if (column < columns) {
                        noised.set(row * columns + column,
                                x.get(row * xStride + column) + deviation * RandomNumbers.normal(words, e));
                    }
                }
            }
        }
    }

    /** x[row] = replay[j], j uniform over the filled rows. Read: cursor [2]. Modified: x [row][column]. */
    public static void gather(IntArray counter, FloatArray replay, IntArray cursor, FloatArray x, int rows,
            int columns, int stream) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            int slot = RandomNumbers.index(counter, row, cursor.get(1), stream);
            for (int column = 0; column < columns; column++) {
                x.set(row * columns + column, replay.get(slot * columns + column));
            }
        }
    }

    /**
     * Writes rows {@code first} and later into consecutive slots of the replay, modulo its capacity; earlier ones would be
     * overwritten by them. Read: cursor [2]. Modified: replay [capacity][column].
     */
    public static void append(FloatArray x, FloatArray replay, IntArray cursor, int rows, int columns, int capacity,
            int first) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            if (row >= first) {
                int slot = (cursor.get(0) + row) % capacity;
                for (int column = 0; column < columns; column++) {
                    replay.set(slot * columns + column, x.get(row * columns + column));
                }
            }
        }
    }

    /** Moves the cursor past the appended rows. Modified: cursor [2]. */
    public static void moveCursor(IntArray cursor, int rows, int capacity) {
        for (@Parallel
        int one = 0; one < 1; one++) {
            int filled = cursor.get(1) + rows;
            cursor.set(0, (cursor.get(0) + rows) % capacity);
            cursor.set(1, filled < capacity ? filled : capacity);
        }
    }

    /** counter[word] = factor counter[word] + amount, modulo 2^32. Modified: counter [4]. */
    public static void count(IntArray counter, int word, int factor, int amount) {
        for (@Parallel
        int one = 0; one < 1; one++) {
            counter.set(word, factor * counter.get(word) + amount);
        }
    }
}
