package dev.idem.program;

import java.util.List;

/** Ops on random counters. */
public sealed interface CounterOp extends Op {

    /**
     * counter[word] += amount, modulo 2^32.
     *
     * @param counter [1][4], modified; see {@link Counter}
     */
    record Advance(Buffer counter, int word, int amount) implements CounterOp {
        @Override
        public List<Buffer> reads() {
            return List.of(counter);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(counter);
        }
    }

    /**
     * counter[word] = value.
     *
     * @param counter [1][4], modified; see {@link Counter}
     */
    record Assign(Buffer counter, int word, int value) implements CounterOp {
        @Override
        public List<Buffer> reads() {
            return List.of(counter);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(counter);
        }
    }
}
