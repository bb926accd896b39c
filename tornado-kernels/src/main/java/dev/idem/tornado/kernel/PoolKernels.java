package dev.idem.tornado.kernel;

import dev.idem.program.Counter;
import dev.idem.random.Philox;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels of the score target whose rows share their copies, and the merge of both kinds of score. */
public final class PoolKernels {

    private static final float LN_2 = 0.6931472f;

    private PoolKernels() {}

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
            float max = GroupSums.NONE;
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
                float usable = count > 0 ? term : GroupSums.NONE;
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
     * The sums of a row's groups over the copies of the whole batch, as {@link GroupSums} has them; exponents are added up in
     * double precision.
     *
     * <p>Read: x [row][column], variance [row], points, force [copy][column], logWeight [copy][2]. Modified: groups.
     */
    public static void pooledGroups(FloatArray x, FloatArray variance, FloatArray points, FloatArray logWeight,
            FloatArray force, FloatArray groups, int rows, int copies, int columns, int varianceStride) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int group = 0; group < GroupSums.COUNT; group++) {
                float[] f = new float[columns];
                float[] slope = new float[columns];
                float[] sums = new float[GroupSums.size(columns)];
                GroupSums.clear(sums, columns);
                float h = variance.get(row * varianceStride);
                for (int copy = group; copy < copies; copy += GroupSums.COUNT) {
                    float square = 0f;
                    for (int c = 0; c < columns; c++) {
                        float difference = points.get(copy * columns + c) - x.get(row * columns + c);
                        square += difference * difference;
                        f[c] = force.get(copy * columns + c);
                        slope[c] = difference / h;
                    }
                    double exponent = ((double) logWeight.get(2 * copy) + logWeight.get(2 * copy + 1)) * LN_2
                            - 0.5 * square / h;
                    GroupSums.add(sums, exponent, f, slope, columns);
                }
                GroupSums.store(groups, row, group, sums, columns);
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
            int size = GroupSums.size(columns);
            int at = row * GroupSums.COUNT * size;
            int count = pooled;
            if (pooled == 0) {
                count = copies.get(row);
            }
            int used = count < GroupSums.COUNT ? count : GroupSums.COUNT;
            float max = GroupSums.NONE;
            for (int g = 0; g < GroupSums.COUNT; g++) {
                max = TornadoMath.max(max, groups.get(at + g * size + GroupSums.MAX));
            }
            float[] factors = new float[GroupSums.COUNT];
            float total = 0f;
            float squares = 0f;
            float largest = 0f;
            for (int g = 0; g < GroupSums.COUNT; g++) {
                float factor = TornadoMath.exp(groups.get(at + g * size + GroupSums.MAX) - max);
                factors[g] = factor;
                float part = factor * groups.get(at + g * size + GroupSums.TOTAL);
                total += part;
                squares += factor * factor * groups.get(at + g * size + GroupSums.SQUARES);
                largest = TornadoMath.max(largest, part);
            }
            boolean reached = total > 0f;
            effective.set(row, reached ? total * total / squares : 0f);
            boolean jackknife = corrected == 1 && used > 1 && largest <= 0.5f * total;
            for (int k = 0; k < 2 * columns; k++) {
                double sum = 0;
                for (int g = 0; g < GroupSums.COUNT; g++) {
                    sum += factors[g] * groups.get(at + g * size + GroupSums.VECTORS + k);
                }
                double mean = reached ? sum / total : 0;
                double others = 0;
                for (int g = 0; g < used; g++) {
                    double without = sum - factors[g] * groups.get(at + g * size + GroupSums.VECTORS + k);
                    double weight = total - factors[g] * groups.get(at + g * size + GroupSums.TOTAL);
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
