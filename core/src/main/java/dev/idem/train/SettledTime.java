package dev.idem.train;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * The time that something takes once it is compiled.
 *
 * <p>The vector kernels run in the interpreter until they are compiled, a hundred times slower than after, and may do so evenly for a second: that timings agree
 * says little while the compiler is at work. So calls are timed in windows, until two windows in a row agree and the virtual machine has compiled hardly anything
 * during the second, or time is up.
 */
final class SettledTime {

    private static final double WINDOW_SECONDS = 0.5;
    private static final int LEAST_WINDOWS = 3;
    private static final double MOST_SECONDS = 8;

    /** Two windows agree if one is at most this many times as long as the other: other programs run too. */
    private static final double AGREEMENT = 1.3;

    /** Time of compiler threads over that of a window. */
    private static final double MOST_COMPILING = 0.1;
    private static final double NANOS = 1e-9;
    private static final double MILLIS = 1e-3;

    private final LongSupplier nanos;
    private final LongSupplier compilingMillis;

    SettledTime() {
        this(System::nanoTime, compiler());
    }

    /**
     * Takes the clocks.
     *
     * @param compilingMillis time that the compiler has been at work, summed over its threads
     */
    SettledTime(LongSupplier nanos, LongSupplier compilingMillis) {
        this.nanos = nanos;
        this.compilingMillis = compilingMillis;
    }

    private static LongSupplier compiler() {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        return compiler != null && compiler.isCompilationTimeMonitoringSupported()
                ? compiler::getTotalCompilationTime
                : () -> 0;
    }

    /** Returns the seconds of one call: the mean of the last two windows if they agree, else of the last. */
    double of(Runnable call) {
        long begin = nanos.getAsLong();
        double before = Double.POSITIVE_INFINITY;
        for (int windows = 1;; windows++) {
            long started = nanos.getAsLong();
            long compiled = compilingMillis.getAsLong();
            int calls = 0;
            while (calls == 0 || since(started) < WINDOW_SECONDS) {
                call.run();
                calls++;
            }
            double length = since(started);
            double seconds = length / calls;
            boolean agree = Math.max(seconds, before) <= AGREEMENT * Math.min(seconds, before);
            boolean compiling = (compilingMillis.getAsLong() - compiled) * MILLIS > MOST_COMPILING * length;
            if (windows >= LEAST_WINDOWS && agree && !compiling) {
                return (seconds + before) / 2;
            }
            if (windows >= LEAST_WINDOWS && since(begin) >= MOST_SECONDS) {
                return seconds;
            }
            before = seconds;
        }
    }

    private double since(long start) {
        return (nanos.getAsLong() - start) * NANOS;
    }
}
