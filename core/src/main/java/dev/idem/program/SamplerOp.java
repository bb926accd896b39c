package dev.idem.program;

import java.util.List;

/**
 * Ops of the reverse process. Every integrator is a table of coefficients, one row per step, with the columns named
 * here; see {@code diffusion.Integrator}.
 */
public sealed interface SamplerOp extends Op {

    /** Column of the table: time at which the network is evaluated. */
    int TIME = 0;

    /** Column of the table: noise variance at that time. */
    int VARIANCE = 1;

    /** Column of the table: factor a of the point. */
    int POINT = 2;

    /** Column of the table: factor b of the score. */
    int SCORE = 3;

    /** Column of the table: factor c of what the step before remembered. */
    int PREVIOUS = 4;

    /** Column of the table: factor d of the noise. */
    int NOISE = 5;

    /** Column of the table: factor e of the score in what the step remembers. */
    int MEMORY = 6;

    /** Number of columns of the table. */
    int COLUMNS = 7;

    /**
     * time, variance = the table's row at the counter's step.
     *
     * @param counter [1][4], not modified
     * @param table [step][7], not modified
     * @param time [1][1], modified
     * @param variance [1][1], modified
     */
    record Level(Buffer counter, Buffer table, Buffer time, Buffer variance) implements SamplerOp {
        @Override
        public List<Buffer> reads() {
            return List.of(counter, table);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(time, variance);
        }

        @Override
        public List<Buffer> wholeReads() {
            return reads();
        }
    }

    /**
     * x' = a x + b score + c remembered + d ε; remembered' = x + e score. ε ~ N(0, I), not drawn where d = 0.
     *
     * @param counter [1][4], not modified
     * @param table [step][7], not modified
     * @param score [row][dimension], not modified
     * @param x [row][dimension], modified
     * @param remembered [row][dimension], modified; not read where c = 0
     */
    record Step(Buffer counter, Buffer table, Buffer score, Buffer x, Buffer remembered, int stream)
            implements
                SamplerOp {
        @Override
        public List<Buffer> reads() {
            return List.of(counter, table, score, x, remembered);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(x, remembered);
        }

        @Override
        public List<Buffer> wholeReads() {
            return List.of(counter, table);
        }
    }
}
