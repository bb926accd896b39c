package dev.idem.program;

import java.util.List;

/**
 * One instruction of a program, the size of a layer. Ops are immutable data; every backend switches over the sealed
 * type, so a new op does not compile until each of them handles it.
 *
 * <p>An op is <em>row-wise</em> (row i of what it writes depends on row i of what it reads and on buffers read whole),
 * or <em>reducing</em> (what it writes is a sum over rows). A row-wise operand of one row is broadcast.
 */
public sealed interface Op
        permits CounterOp, NoiseOp, TargetOp, ScoreOp, NetworkOp, GradientOp, LossOp, OptimiserOp, SamplerOp, MetricOp {

    /** Returns the buffers read, in operand order; a buffer that is updated in place is also among the reads. */
    List<Buffer> reads();

    /** Returns the buffers written, in operand order. */
    List<Buffer> writes();

    /** Returns the number of rows the op loops over. */
    default int rows() {
        return writes().getFirst().rows();
    }

    /** Returns whether what the op writes is a sum over its rows. */
    default boolean reducing() {
        return false;
    }

    /** Returns those of {@link #reads} that a row needs whole, not only at its own row. */
    default List<Buffer> wholeReads() {
        return List.of();
    }
}
