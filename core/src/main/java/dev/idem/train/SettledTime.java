package dev.idem.train;

import java.lang.management.ManagementFactory;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The time that something takes once it is compiled.
 *
 * <p>The vector kernels run in the interpreter until they are compiled, a hundred times slower than after, and may do so evenly for a second: that timings agree
 * says little while the compiler is at work. So calls are timed in windows, until two windows in a row agree and the virtual machine is compiling nothing, or time
 * is up.
 */
final class SettledTime {

    private static final double WINDOW_SECONDS = 0.5;
    private static final int LEAST_WINDOWS = 3;
    private static final double MOST_SECONDS = 12;

    /** Two windows agree if one is at most this many times as long as the other: other programs run too. */
    private static final double AGREEMENT = 1.3;

    private static final double NANOS = 1e-9;
    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";
    private static final Pattern NO_COMPILES = Pattern.compile("Current compiles:\\s*?\\R\\s*?\\R");

    private final LongSupplier nanos;
    private final BooleanSupplier compiling;

    SettledTime() {
        this(System::nanoTime, SettledTime::compiling);
    }

    /**
     * Takes the clock.
     *
     * @param compiling whether something is being compiled
     */
    SettledTime(LongSupplier nanos, BooleanSupplier compiling) {
        this.nanos = nanos;
        this.compiling = compiling;
    }

    /** Asks what {@code jcmd PID Compiler.queue} shows; a virtual machine that does not know the command compiles nothing. */
    private static boolean compiling() {
        try {
            return compiling(queue());
        } catch (JMException e) {
            return false;
        }
    }

    static String queue() throws JMException {
        return ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName(COMMANDS), "compilerQueue",
                new Object[0], new String[0]).toString();
    }

    /** Returns whether a queue as the command shows it has something that is being compiled. */
    static boolean compiling(String queue) {
        return !NO_COMPILES.matcher(queue).find();
    }

    /**
     * What a call takes.
     *
     * @param seconds once it has settled
     * @param compiling how much longer the first took, in which a device compiles its kernels
     */
    record Pace(double seconds, double compiling) {}

    /** Times a call: the mean of the last two windows if they agree, else of the last. */
    Pace of(Runnable call) {
        long begin = nanos.getAsLong();
        call.run();
        double first = since(begin);
        double seconds = settled(call);
        return new Pace(seconds, Math.max(0, first - seconds));
    }

    private double settled(Runnable call) {
        long begin = nanos.getAsLong();
        double before = Double.POSITIVE_INFINITY;
        boolean compiledBefore = true;
        for (int windows = 1;; windows++) {
            long started = nanos.getAsLong();
            int calls = 0;
            while (calls == 0 || since(started) < WINDOW_SECONDS) {
                call.run();
                calls++;
            }
            double seconds = since(started) / calls;
            boolean compiles = compiling.getAsBoolean();
            boolean agree = Math.max(seconds, before) <= AGREEMENT * Math.min(seconds, before);
            if (windows >= LEAST_WINDOWS && agree && !compiledBefore && !compiles) {
                return (seconds + before) / 2;
            }
            if (windows >= LEAST_WINDOWS && since(begin) >= MOST_SECONDS) {
                return seconds;
            }
            before = seconds;
            compiledBefore = compiles;
        }
    }

    private double since(long start) {
        return (nanos.getAsLong() - start) * NANOS;
    }
}
