package dev.idem.program;

import java.util.List;

/** Ops from a prediction to a loss. */
public sealed interface LossOp extends Op {

    /**
     * rowLoss = weight(variance)/dimension · ‖prediction − target‖².
     *
     * @param prediction [row][dimension], not modified
     * @param target [row][dimension], not modified; a constant for the gradient
     * @param variance [row][1], not modified
     * @param rowLoss [row][1], modified
     */
    record SquaredError(Buffer prediction, Buffer target, Buffer variance, Buffer rowLoss, LossWeight weight)
            implements
                LossOp {
        @Override
        public List<Buffer> reads() {
            return List.of(prediction, target, variance);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(rowLoss);
        }
    }

    /**
     * mean = Σ_row values[row] / rows, in double precision and fixed order.
     *
     * @param values [row][1], not modified
     * @param mean [1][1], modified
     */
    record Mean(Buffer values, Buffer mean) implements LossOp {
        @Override
        public List<Buffer> reads() {
            return List.of(values);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(mean);
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
}
