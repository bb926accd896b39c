package dev.idem.tornado.kernel;

import dev.idem.program.Counter;
import dev.idem.random.Philox;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels of the score target whose rows share their copies, and the merge of both kinds of score. */
public final class PoolKernels {

    /** Number of groups of the jackknife, and of work items of a row. */
    public static final int GROUPS = 16;

    /** Below every log weight that counts. */
    static final float NONE = -1e30f;

    private static final float LN_2 = 0.6931472f;

    private PoolKernels() {}

    static void store(FloatArray groups, int at, float max, float total, float squares, float[] sums, int length) {
        groups.set(at, max);
        groups.set(at + 1, total);
        groups.set(at + 2, squares);
        for (int k = 0; k < length; k++) {
            groups.set(at + 3 + k, sums[k]);
        }
    }

    /** row of each copy: the last r with firstCopy[r] &lt;= copy, by bisection. Modified: owner [copy]. */
    public static void owners(IntArray firstCopy, IntArray owner, int copies, int rows) {
        for (@Parallel
        int copy = 0; copy < copies; copy++) {
            int low = 0;
            int high = rows;
            while (high - low > 1) {
                int middle = (low + high) / 2;
                if (firstCopy.get(middle) <= copy) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            owner.set(copy, low);
        }
    }

    /** points = x_r + √h_r ε, r the copy's owner. Modified: points [copy][column]. */
    public static void points(IntArray counter, FloatArray x, FloatArray variance, IntArray owner, FloatArray points,
            int copies, int columns, int blocks, int varianceStride, int stream) {
        for (@Parallel
        int copy = 0; copy < copies; copy++) {
            for (@Parallel
            int block = 0; block < blocks; block++) {
                int[] words = new int[Philox.WORDS];
                Philox.words(block, counter.get(Counter.FIRST_ROW) + copy, counter.get(Counter.STEP), stream,
                        counter.get(Counter.SEED_LOW), counter.get(Counter.SEED_HIGH), words, 0);
                int row = owner.get(copy);
                float deviation = TornadoMath.sqrt(variance.get(row * varianceStride));
                for (int e = 0; e < Philox.WORDS; e++) {
                    int column = block * Philox.WORDS + e;
                    if (column < columns) {
                        points.set(copy * columns + column,
                                x.get(row * columns + column) + deviation * RandomNumbers.normal(words, e));
                    }
                }
            }
        }
    }

    /**
     * logWeight = (−E − ln q)/ln 2, the sum over the proposals relative to its largest term, the result in two floats.
     *
     * <p>Read: x [row][column], variance [row], firstCopy [row + 1], points [copy][column], energy [copy][2]. Modified:
     * logWeight [copy][2].
     */
    public static void balance(FloatArray x, FloatArray variance, IntArray firstCopy, FloatArray points,
            FloatArray energy, FloatArray logWeight, int copies, int rows, int columns, int varianceStride) {
        for (@Parallel
        int copy = 0; copy < copies; copy++) {
            float max = NONE;
            float sum = 0f;
            for (int row = 0; row < rows; row++) {
                float h = variance.get(row * varianceStride);
                float square = 0f;
                for (int c = 0; c < columns; c++) {
                    float difference = x.get(row * columns + c) - points.get(copy * columns + c);
                    square += difference * difference;
                }
                int count = firstCopy.get(row + 1) - firstCopy.get(row);
                float counted = count;
                float term = TornadoMath.log(counted) - 0.5f * columns * TornadoMath.log(h) - 0.5f * square / h;
                float usable = count > 0 ? term : NONE;
                float larger = usable > max ? usable : max;
                sum = sum * TornadoMath.exp(max - larger) + TornadoMath.exp(usable - larger);
                max = larger;
            }
            double energyOfCopy = (double) energy.get(2 * copy) + energy.get(2 * copy + 1);
            double value = -(energyOfCopy + max + TornadoMath.log(sum)) * 1.4426950408889634;
            float high = (float) value;
            float low = (float) (value - high);
            logWeight.set(2 * copy, high);
            logWeight.set(2 * copy + 1, TornadoMath.abs(high) < 3e38f ? low : 0f);
        }
    }

    /**
     * The sums of a row's groups over the copies of the whole batch, as {@link ScoreKernels} leaves them; exponents are added up in
     * double precision.
     *
     * <p>Read: x [row][column], variance [row], points, force [copy][column], logWeight [copy][2]. Modified: groups.
     */
    public static void pooledGroups(FloatArray x, FloatArray variance, FloatArray points, FloatArray logWeight,
            FloatArray force, FloatArray groups, int rows, int copies, int columns, int varianceStride) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int group = 0; group < GROUPS; group++) {
                float[] sums = new float[2 * columns];
                for (int k = 0; k < 2 * columns; k++) {
                    sums[k] = 0f;
                }
                float max = NONE;
                float total = 0f;
                float squares = 0f;
                float h = variance.get(row * varianceStride);
                for (int copy = group; copy < copies; copy += GROUPS) {
                    float square = 0f;
                    for (int c = 0; c < columns; c++) {
                        float difference = points.get(copy * columns + c) - x.get(row * columns + c);
                        square += difference * difference;
                    }
                    double exponent = ((double) logWeight.get(2 * copy) + logWeight.get(2 * copy + 1)) * LN_2
                            - 0.5 * square / h;
                    float term = (float) exponent;
                    boolean reached = term > NONE;
                    float larger = reached && term > max ? term : max;
                    float old = TornadoMath.exp(max - larger);
                    float weight = reached ? TornadoMath.exp((float) (exponent - larger)) : 0f;
                    total = old * total + weight;
                    squares = old * old * squares + weight * weight;
                    for (int c = 0; c < columns; c++) {
                        float difference = points.get(copy * columns + c) - x.get(row * columns + c);
                        sums[c] = old * sums[c] + weight * force.get(copy * columns + c);
                        sums[columns + c] = old * sums[columns + c] + weight * difference / h;
                    }
                    max = larger;
                }
                store(groups, (row * GROUPS + group) * (3 + 2 * columns), max, total, squares, sums, 2 * columns);
            }
        }
    }

    /**
     * The weighted means from a row's groups, corrected by the jackknife if {@code corrected} is 1, unless one group has more
     * than half of the weight; and 1/Σ w². A row without any weight gets zeros.
     *
     * <p>Read: groups [row][16][3 + 2 columns]; copies [row] if {@code pooled} is 0, else all rows have that many. Modified:
     * target, denoising [row][column], effective [row].
     */
    public static void merge(FloatArray groups, IntArray copies, FloatArray target, FloatArray denoising,
            FloatArray effective, int rows, int columns, int pooled, int corrected) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            int size = 3 + 2 * columns;
            int at = row * GROUPS * size;
            int count = pooled;
            if (pooled == 0) {
                count = copies.get(row);
            }
            int used = count < GROUPS ? count : GROUPS;
            float max = NONE;
            for (int g = 0; g < GROUPS; g++) {
                max = TornadoMath.max(max, groups.get(at + g * size));
            }
            float[] factors = new float[GROUPS];
            float total = 0f;
            float squares = 0f;
            float largest = 0f;
            for (int g = 0; g < GROUPS; g++) {
                float factor = TornadoMath.exp(groups.get(at + g * size) - max);
                factors[g] = factor;
                float part = factor * groups.get(at + g * size + 1);
                total += part;
                squares += factor * factor * groups.get(at + g * size + 2);
                largest = TornadoMath.max(largest, part);
            }
            boolean reached = total > 0f;
            effective.set(row, reached ? total * total / squares : 0f);
            boolean jackknife = corrected == 1 && used > 1 && largest <= 0.5f * total;
            for (int k = 0; k < 2 * columns; k++) {
                double sum = 0;
                for (int g = 0; g < GROUPS; g++) {
                    sum += factors[g] * groups.get(at + g * size + 3 + k);
                }
                double mean = reached ? sum / total : 0;
                double others = 0;
                for (int g = 0; g < used; g++) {
                    double without = sum - factors[g] * groups.get(at + g * size + 3 + k);
                    double weight = total - factors[g] * groups.get(at + g * size + 1);
                    others += jackknife ? without / weight : 0;
                }
                double estimate = jackknife ? used * mean - (used - 1.0) * others / used : mean;
                if (k < columns) {
                    target.set(row * columns + k, (float) estimate);
                } else {
                    denoising.set(row * columns + k - columns, (float) estimate);
                }
            }
        }
    }
}
