package dev.idem.program;

import dev.idem.schedule.NoiseSchedule;
import java.util.List;

/** Ops that make noise levels, noised points, and move points in and out of the replay. None is differentiable. */
public sealed interface NoiseOp extends Op {

    /**
     * time[row] = u, or (row + u)/rows when stratified; u uniform in (0, 1).
     *
     * @param counter [1][4], not modified
     * @param time [row][1], modified
     * @param stratified one time in each of {@code rows} equal parts of [0, 1], in row order
     */
    record Times(Buffer counter, Buffer time, boolean stratified, int stream) implements NoiseOp {
        @Override
        public List<Buffer> reads() {
            return List.of(counter);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(time);
        }

        @Override
        public List<Buffer> wholeReads() {
            return List.of(counter);
        }
    }

    /**
     * variance[row] = h(time[row]), evaluated in double precision.
     *
     * @param time [row][1], not modified
     * @param variance [row][1], modified
     */
    record Variances(Buffer time, Buffer variance, NoiseSchedule schedule) implements NoiseOp {
        @Override
        public List<Buffer> reads() {
            return List.of(time);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(variance);
        }
    }

    /**
     * x[row] = standardDeviation · ε, ε ~ N(0, I).
     *
     * @param counter [1][4], not modified
     * @param x [row][dimension], modified
     */
    record Gaussian(Buffer counter, Buffer x, double standardDeviation, int stream) implements NoiseOp {
        @Override
        public List<Buffer> reads() {
            return List.of(counter);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(x);
        }

        @Override
        public List<Buffer> wholeReads() {
            return List.of(counter);
        }
    }

    /**
     * noised[row] = x[row] + √variance[row] ε, ε ~ N(0, I).
     *
     * @param counter [1][4], not modified
     * @param x [row][dimension], not modified
     * @param variance [row][1], not modified
     * @param noised [row][dimension], modified; not x
     */
    record Perturb(Buffer counter, Buffer x, Buffer variance, Buffer noised, int stream) implements NoiseOp {
        @Override
        public List<Buffer> reads() {
            return List.of(counter, x, variance);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(noised);
        }

        @Override
        public List<Buffer> wholeReads() {
            return List.of(counter);
        }
    }

    /**
     * x[row] = replay[j], j uniform with replacement over the filled rows.
     *
     * @param counter [1][4], not modified
     * @param replay [capacity][dimension], not modified
     * @param cursor [1][2], not modified: next slot, filled rows (at least one)
     * @param x [row][dimension], modified
     */
    record GatherReplay(Buffer counter, Buffer replay, Buffer cursor, Buffer x, int stream) implements NoiseOp {
        @Override
        public List<Buffer> reads() {
            return List.of(counter, replay, cursor);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(x);
        }

        @Override
        public List<Buffer> wholeReads() {
            return reads();
        }
    }

    /**
     * Writes the rows of x into consecutive slots of the replay, modulo its capacity: first in, first out.
     *
     * <p>One logical row: the op is sequential, for the cursor moves.
     *
     * @param x [row][dimension], not modified
     * @param replay [capacity][dimension], modified
     * @param cursor [1][2], modified: next slot, filled rows
     */
    record AppendReplay(Buffer x, Buffer replay, Buffer cursor) implements NoiseOp {
        @Override
        public List<Buffer> reads() {
            return List.of(x, replay, cursor);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(replay, cursor);
        }

        @Override
        public Buffer domain() {
            return cursor;
        }

        @Override
        public List<Buffer> wholeReads() {
            return reads();
        }
    }
}
