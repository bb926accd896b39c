package dev.idem.bench.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What share of the multiply-add peak do the products reach, on a machine that changes its speed while one measures?
 *
 * <p>A program, not a JMH benchmark: JMH runs one method for seconds and then the next, and a virtual machine with neighbours may have
 * half its speed by then. Here every slice of a product, some milliseconds long and on all threads at once, stands between two
 * slices of {@link FmaPeakBenchmark}'s chains, and its share is that of their mean. Printed are the quartiles of the shares and of the
 * rates. A neighbour on the same physical core slows products more than the chains, so even the quartiles are a lower bound
 * of what an undisturbed machine would show.
 *
 * <p>Arguments: number of threads, number of rounds (default 2 and 300).
 */
public final class PeakShare {

    private static final double SLICE_NANOS = 4e6;
    private static final int WARM_UP_ROUNDS = 100;
    private static final int HIDDEN = 128;
    private static final int TALL = 6144;

    private PeakShare() {}

    /** Work of one thread: the operations of one call, and the call. */
    private record Work(double operations, Runnable call) {}

    /** Runs it. */
    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 300;
        List<String> names = List.of("FMA chains", "product 6144x128x128", "product 64x128x128", "product 64x256x128",
                "gradient 128x64x128");
        double[][][] rates = new double[names.size()][threads][rounds];
        CyclicBarrier barrier = new CyclicBarrier(threads);
        MatrixProductBenchmark.Tall tall = new MatrixProductBenchmark.Tall();
        tall.setUp();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int index = thread;
                ends.add(pool.submit(() -> measure(work(tall, index, threads), barrier, index, rates, rounds)));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
        report(names, rates, threads, rounds);
    }

    private static List<Work> work(MatrixProductBenchmark.Tall tall, int thread, int threads) {
        FmaPeakBenchmark peak = new FmaPeakBenchmark();
        peak.setUp();
        MatrixProductBenchmark products = new MatrixProductBenchmark();
        products.setUp();
        float[] sum = new float[1]; // or the compiler drops the chains, whose result nobody uses
        return List.of(new Work(FmaPeakBenchmark.OPERATIONS, () -> sum[0] += peak.chains()),
                new Work(2.0 * TALL * HIDDEN * HIDDEN / threads, () -> products.part(tall, thread, threads)),
                new Work(2.0 * MatrixProductBenchmark.ROWS * HIDDEN * HIDDEN, products::hidden),
                new Work(4.0 * MatrixProductBenchmark.ROWS * HIDDEN * HIDDEN, products::twiceAsDeep),
                new Work(2.0 * MatrixProductBenchmark.ROWS * HIDDEN * HIDDEN, products::hiddenWeightGradient));
    }

    private static Void measure(List<Work> works, CyclicBarrier barrier, int thread, double[][][] rates, int rounds)
            throws Exception {
        int[] calls = new int[works.size()];
        Arrays.fill(calls, 1);
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            for (int work = 0; work < works.size(); work++) {
                barrier.await();
                long begin = System.nanoTime();
                for (int call = 0; call < calls[work]; call++) {
                    works.get(work).call.run();
                }
                double nanos = System.nanoTime() - begin;
                if (round >= 0) {
                    rates[work][thread][round] = works.get(work).operations * calls[work] / nanos;
                } else {
                    calls[work] = (int) Math.max(1, calls[work] * SLICE_NANOS / nanos);
                }
            }
        }
        return null;
    }

    private static void report(List<String> names, double[][][] rates, int threads, int rounds) {
        System.out.printf(Locale.ROOT, "%d threads, %d rounds; GFLOP/s of all threads, quartiles%n", threads, rounds);
        for (int work = 0; work < names.size(); work++) {
            double[] rate = new double[rounds - 1];
            double[] share = new double[rounds - 1];
            for (int round = 0; round < rounds - 1; round++) {
                for (int thread = 0; thread < threads; thread++) {
                    double peak = (rates[0][thread][round] + rates[0][thread][round + 1]) / 2;
                    rate[round] += rates[work][thread][round];
                    share[round] += rates[work][thread][round] / peak / threads;
                }
            }
            Arrays.sort(rate);
            Arrays.sort(share);
            System.out.printf(Locale.ROOT, "%-22s %6.1f %6.1f %6.1f   share of the peak %5.1f %5.1f %5.1f %%%n",
                    names.get(work), quartile(rate, 1), quartile(rate, 2), quartile(rate, 3),
                    100 * quartile(share, 1), 100 * quartile(share, 2), 100 * quartile(share, 3));
        }
    }

    private static double quartile(double[] sorted, int which) {
        return sorted[sorted.length * which / 4];
    }
}
