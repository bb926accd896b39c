package dev.idem.bench.kernel;

import dev.idem.cpu.kernel.MatrixProductKernel;
import dev.idem.cpu.kernel.WeightPanels;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * How near to the ceiling of {@link FmaPeakBenchmark} do the products of a training step come?
 *
 * <p>The score is single-precision operations per nanosecond (GFLOP/s), two for a multiply-add, summed over the threads: run with
 * {@code -t 2} for both cores, and the ceiling in the same session. Tiles are of 64 rows, as in the CPU backend, each thread
 * on its own; the product of 6144 rows is one for all threads, each on its part. Two forks, because allocation of registers is the
 * compiler's choice and everything hangs on it.
 *
 * <p>Performance notes, all but the last paragraph of tiles of 4 rows × 2 vectors. Two cores of a virtual machine (Zen 3, 256 bits, JDK 25.0.3) whose cores others use too. A neighbour on the same
 * physical core halves the products, which issue 3 instructions for a multiply-add, and leaves the ceiling as it is: integer
 * code, halved as well, shows it. So the ceiling alone does not prove a quiet machine. GFLOP/s on both cores, not by JMH but in
 * slices of 1 ms between slices of integer code; <em>undisturbed</em> is the median of slices whose neighbours reach 93 % of the best
 * integer rate (two sessions, 140 to 256 slices), <em>highest</em> the maximum of many slices, which flatters:
 *
 * <pre>
 *                          undisturbed, of a ceiling of 191 to 196     highest, of 199 to 201
 * tall, 6144×128×128       125, 126    64 to 65 %                      153
 * 64×128×128               147, 150    77 %                            174
 * 64×384×128               155, 152    77 to 81 %                      183
 * gradient 128×64×128      136, 136    69 to 71 %                      154
 * gradient 384×64×128      135, 136    69 to 71 %                      159
 * 64×128×2                  20,  20    10 %                             23
 * </pre>
 *
 * <p>Disturbed, all of them are at 36 to 49 %. At 64×128×128 the gradient spends 7 % on packing.
 *
 * <p>What lost: prototypes on one core, the highest of some hundred runs against a ceiling of 103, so only large differences count.
 * Spills and moves were seen in the machine code.
 * <ul>
 * <li>6 rows × 2 vectors: 93 in one form of the loop, 32 to 43 in most others, because C2 schedules the elements of A early, runs
 * out of 16 registers and spills accumulators; fences between rows help some forms and hurt others. 5 rows: 33 to 92 likewise.
 * <li>Unrolling the loop over k of the present tile by 2: 28, spilled; with a fence between the halves 82 against 84 to 90, although it
 * issues 2.6 instructions for a multiply-add. On two cores, undisturbed, the two could not be told apart.
 * <li>A loop over tiles inside the method: 65; C2 moves an array's address between register files in each iteration
 * ({@code -XX:-UseFPUForSpilling}: 87). In the gradient, where A is packed and has one base, such a loop gains: 82 against 72.
 * <li>Row starts instead of positions in A as the loop variable: 65, the same move.
 * <li>Range checks off ({@code -Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0}): no gain; 81 against 87 in one session, the gradient
 * the same. C2 hoists the checks of the inner loops.
 * <li>64 rows per panel of B instead of 4: the same in cache; 6144 rows 48 to 60, once 81, instead of 71 to 77.
 * <li>Gradient with A, or B, or both read in place: 57, 57, 30 to 50 instead of 72.
 * <li>Masked loads and stores at the edges: about a tenth of the scalar chains' speed once C2 had recompiled; why was not found out.
 * </ul>
 *
 * <p>2 rows × 4 vectors, the present tile, against 4 × 2, in turn on one core in two runs, medians: tall 62 and 76 against 50 and 64; 64×128×128
 * 80 and 82 against 80 and 76. It issues 2.5 instructions for a multiply-add, but reads B for every second row: so 64 rows share a block of
 * it of 128 in depth. 3 × 4: 32 to 39, spilled.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class MatrixProductBenchmark {

    static final int ROWS = 64;
    private static final int HIDDEN = 128;
    private static final int EMBEDDED = 384;
    private static final int TALL = 6144;

    private float[] x = new float[0];
    private float[] dz = new float[0];
    private float[] z = new float[0];
    private float[] bias = new float[0];
    private float[] panels = new float[0];
    private float[] gradient = new float[0];
    private float[] scratch = new float[0];

    /** The operands of the tall product, one for all threads. */
    @State(Scope.Benchmark)
    public static class Tall {

        private final float[] x = random(1, TALL * HIDDEN);
        private final float[] z = new float[TALL * HIDDEN];
        private final float[] panels = new float[WeightPanels.size(HIDDEN, HIDDEN)];

        /** Packs the weights. */
        @Setup
        public void setUp() {
            WeightPanels.pack(random(2, HIDDEN * HIDDEN), 0, panels, 0, HIDDEN, HIDDEN);
        }
    }

    private static float[] random(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    /** Makes operands for the largest tile and checks one element of a product. */
    @Setup
    public void setUp() {
        x = random(3, ROWS * EMBEDDED);
        dz = random(4, ROWS * HIDDEN);
        z = new float[ROWS * EMBEDDED];
        bias = random(5, HIDDEN);
        float[] weights = random(6, EMBEDDED * HIDDEN);
        panels = new float[WeightPanels.size(EMBEDDED, HIDDEN)];
        WeightPanels.pack(weights, 0, panels, 0, EMBEDDED, HIDDEN);
        gradient = new float[EMBEDDED * HIDDEN];
        scratch = new float[MatrixProductKernel.transposedScratch(HIDDEN, ROWS)];
        forward(EMBEDDED, HIDDEN);
        float expected = bias[HIDDEN - 1];
        for (int k = 0; k < EMBEDDED; k++) {
            expected = Math.fma(x[(ROWS - 1) * EMBEDDED + k], weights[k * HIDDEN + HIDDEN - 1], expected);
        }
        if (z[ROWS * HIDDEN - 1] != expected) {
            throw new IllegalStateException("the last element is " + z[ROWS * HIDDEN - 1] + " instead of " + expected);
        }
    }

    private float[] forward(int in, int out) {
        MatrixProductKernel.multiplyAdd(x, 0, in, panels, 0, bias, 0, 0, z, 0, out, ROWS, out, in);
        return z;
    }

    private float[] weightGradient(int in, int out) {
        MatrixProductKernel.accumulateTransposed(x, 0, in, dz, 0, out, gradient, 0, out, scratch, in, out, ROWS);
        return gradient;
    }

    /** Every thread takes its rows, as often as there are threads, so that an invocation is always one product. */
    @Benchmark
    @OperationsPerInvocation(2 * TALL * HIDDEN * HIDDEN)
    public float[] tall(Tall tall, ThreadParams threads) {
        for (int i = 0; i < threads.getThreadCount(); i++) {
            part(tall, threads.getThreadIndex(), threads.getThreadCount());
        }
        return tall.z;
    }

    /** One thread's rows of the tall product. */
    void part(Tall tall, int thread, int threads) {
        int rows = TALL / threads;
        int from = thread * rows * HIDDEN;
        MatrixProductKernel.multiplyAdd(tall.x, from, HIDDEN, tall.panels, 0, bias, 0, 0, tall.z, from, HIDDEN, rows,
                HIDDEN, HIDDEN);
    }

    @Benchmark
    @OperationsPerInvocation(2 * ROWS * HIDDEN * HIDDEN)
    public float[] hidden() {
        return forward(HIDDEN, HIDDEN);
    }

    @Benchmark
    @OperationsPerInvocation(2 * ROWS * 2 * HIDDEN * HIDDEN)
    public float[] twiceAsDeep() {
        return forward(2 * HIDDEN, HIDDEN);
    }

    @Benchmark
    @OperationsPerInvocation(2 * ROWS * EMBEDDED * HIDDEN)
    public float[] embedded() {
        return forward(EMBEDDED, HIDDEN);
    }

    @Benchmark
    @OperationsPerInvocation(2 * ROWS * HIDDEN * 2)
    public float[] output() {
        return forward(HIDDEN, 2);
    }

    @Benchmark
    @OperationsPerInvocation(2 * ROWS * HIDDEN * HIDDEN)
    public float[] hiddenWeightGradient() {
        return weightGradient(HIDDEN, HIDDEN);
    }

    @Benchmark
    @OperationsPerInvocation(2 * ROWS * EMBEDDED * HIDDEN)
    public float[] embeddedWeightGradient() {
        return weightGradient(EMBEDDED, HIDDEN);
    }

    @Benchmark
    @OperationsPerInvocation(2 * ROWS * HIDDEN * 2)
    public float[] outputWeightGradient() {
        return weightGradient(HIDDEN, 2);
    }
}
