package dev.idem.program;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One instruction of a program, the size of a layer. Ops are immutable data; every backend switches over the sealed
 * type, so a new op does not compile until each of them handles it.
 *
 * <p>Samples are independent: sample i of what an op writes depends on sample i of what it reads and on buffers read whole. Most ops
 * are also <em>row-wise</em>: the same holds for items. Those that are not relate the items of a sample, particles and pairs, and loop
 * over one of the two: what they write at the other is complete only after the sample's last item. Results that are <em>sums</em> add
 * up over all rows. An operand of one row is broadcast.
 */
public sealed interface Op
        permits CounterOp, NoiseOp, ReplayOp, EnergyOp, TargetOp, ScoreOp, NetworkOp, GradientOp, PairOp,
        PairGradientOp, LossOp,
        OptimiserOp, SamplerOp, MetricOp {

    /** Returns the buffers read, in operand order; a buffer that is updated in place is also among the reads. */
    List<Buffer> reads();

    /** Returns the buffers written, in operand order. */
    List<Buffer> writes();

    /** Returns the buffer whose rows the op loops over. */
    default Buffer domain() {
        return writes().getFirst();
    }

    /** Returns the number of rows the op loops over. */
    default int rows() {
        return domain().rows();
    }

    /** Returns those of {@link #writes} that are sums over all rows. */
    default List<Buffer> summedWrites() {
        return List.of();
    }

    /** Returns those of {@link #reads} that a row needs whole, not only at its own row. */
    default List<Buffer> wholeReads() {
        return List.of();
    }

    /** Returns whether the op relates the items of a sample to each other. */
    default boolean acrossItems() {
        return false;
    }

    /** Returns the operands that are there, in order. */
    static List<Buffer> present(@Nullable Buffer... operands) {
        return Arrays.stream(operands).filter(Objects::nonNull).toList();
    }
}
