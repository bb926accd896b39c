package dev.idem.program;

import java.util.List;

/** Ops that gather what the host logs, so that many steps can run without the host. */
public sealed interface MetricOp extends Op {

    /**
     * Sums per noise bin: sums[bin] += (value, 1).
     *
     * @param values [row][1], not modified
     * @param variance [row][1], not modified
     * @param sums [bin][2], modified
     */
    record SumByNoise(Buffer values, Buffer variance, Buffer sums, NoiseBins bins) implements MetricOp {
        @Override
        public List<Buffer> reads() {
            return List.of(values, variance);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(sums);
        }

        @Override
        public Buffer domain() {
            return values;
        }

        @Override
        public List<Buffer> summedWrites() {
            return writes();
        }
    }

    /**
     * totals += values, element by element.
     *
     * @param values [row][column], not modified
     * @param totals [row][column], modified
     */
    record Accumulate(Buffer values, Buffer totals) implements MetricOp {
        @Override
        public List<Buffer> reads() {
            return List.of(values, totals);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(totals);
        }
    }

    /**
     * totals = 0.
     *
     * @param totals [row][column], modified
     */
    record Reset(Buffer totals) implements MetricOp {
        @Override
        public List<Buffer> reads() {
            return List.of();
        }

        @Override
        public List<Buffer> writes() {
            return List.of(totals);
        }
    }
}
