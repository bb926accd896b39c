package dev.idem.bench.kernel;

import dev.idem.cpu.kernel.Lanes;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
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

/**
 * What is the ceiling of every product: single-precision operations per nanosecond (GFLOP/s) of multiply-adds that never leave the
 * registers?
 *
 * <p>Twelve independent chains, more than the 8 that latency (4 cycles) times units (2) needs. The score is the sum over the
 * threads: run with {@code -t 2} for both cores. The width is that of {@link Lanes#BITS}; set it with
 * {@code -jvmArgsAppend -Didem.vectorBits=128}. Two forks, because a compiler that spills one chain would lower the ceiling.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class FmaPeakBenchmark {

    private static final int CHAINS = 12;

    /** Multiply-adds of one lane position, shared out to the lanes of a vector. */
    private static final int LENGTH = 16_384;

    /** Operations of one call of {@link #chains}. */
    static final int OPERATIONS = 2 * CHAINS * LENGTH;

    private float factor;

    /** Hides the values from the compiler, and checks that the chains are computed. */
    @Setup
    public void setUp() {
        factor = 0.5f;
        int vectors = LENGTH / Lanes.COUNT;
        float expected = vectors * factor * factor * CHAINS;
        if (chains() != expected) {
            throw new IllegalStateException("chains give " + chains() + " instead of " + expected);
        }
    }

    /** Sums of factor², exact in single precision. */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public float chains() {
        FloatVector x = FloatVector.broadcast(Lanes.FLOAT, factor);
        FloatVector y = FloatVector.broadcast(Lanes.FLOAT, factor);
        FloatVector s0 = FloatVector.zero(Lanes.FLOAT);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        FloatVector s8 = s0;
        FloatVector s9 = s0;
        FloatVector s10 = s0;
        FloatVector s11 = s0;
        for (int i = 0; i < LENGTH; i += Lanes.COUNT) {
            s0 = x.fma(y, s0);
            s1 = x.fma(y, s1);
            s2 = x.fma(y, s2);
            s3 = x.fma(y, s3);
            s4 = x.fma(y, s4);
            s5 = x.fma(y, s5);
            s6 = x.fma(y, s6);
            s7 = x.fma(y, s7);
            s8 = x.fma(y, s8);
            s9 = x.fma(y, s9);
            s10 = x.fma(y, s10);
            s11 = x.fma(y, s11);
        }
        return s0.add(s1).add(s2).add(s3).add(s4).add(s5).add(s6).add(s7).add(s8).add(s9).add(s10).add(s11).lane(0);
    }
}
