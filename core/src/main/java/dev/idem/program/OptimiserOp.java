package dev.idem.program;

import dev.idem.schedule.LearningRate;
import java.util.List;

/** Ops over flat parameter buffers [parameter][1]; a row is one parameter. */
public sealed interface OptimiserOp extends Op {

    /**
     * sum = Σ gradient², accumulated in double precision and fixed order.
     *
     * @param gradient [parameter][1], not modified
     * @param sum [1][1], modified
     */
    record SumOfSquares(Buffer gradient, Buffer sum) implements OptimiserOp {
        @Override
        public List<Buffer> reads() {
            return List.of(gradient);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(sum);
        }

        @Override
        public Buffer domain() {
            return gradient;
        }

        @Override
        public List<Buffer> summedWrites() {
            return writes();
        }
    }

    /**
     * rate = schedule at the counter's step.
     *
     * @param counter [1][4], not modified
     * @param rate [1][1], modified
     */
    record Rate(Buffer counter, Buffer rate, LearningRate schedule) implements OptimiserOp {
        @Override
        public List<Buffer> reads() {
            return List.of(counter);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(rate);
        }
    }

    /**
     * Adam with clipping by the global norm: g = gradient · min(1, clipNorm/(√sumOfSquares + 1e-6)); m = β₁m + (1−β₁)g;
     * v = β₂v + (1−β₂)g²; parameter −= rate · (m/(1−β₁ⁿ))/(√(v/(1−β₂ⁿ)) + ε), n the counter's step plus one.
     *
     * <p>Source: Kingma and Ba (arXiv 1412.6980), algorithm 1.
     *
     * @param gradient [parameter][1], not modified
     * @param sumOfSquares [1][1], not modified
     * @param rate [1][1], not modified
     * @param counter [1][4], not modified
     * @param parameters [parameter][1], modified
     * @param firstMoment [parameter][1], modified
     * @param secondMoment [parameter][1], modified
     * @param clipNorm largest global norm; infinite for no clipping
     */
    record Adam(Buffer gradient, Buffer sumOfSquares, Buffer rate, Buffer counter, Buffer parameters,
            Buffer firstMoment, Buffer secondMoment, double beta1, double beta2, double epsilon, double clipNorm)
            implements
                OptimiserOp {
        @Override
        public List<Buffer> reads() {
            return List.of(gradient, sumOfSquares, rate, counter, parameters, firstMoment, secondMoment);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(parameters, firstMoment, secondMoment);
        }

        @Override
        public List<Buffer> wholeReads() {
            return List.of(sumOfSquares, rate, counter);
        }
    }

    /**
     * average = d · average + (1 − d) · parameters, d = min(decay, (1 + n)/(10 + n)), n the counter's step plus one.
     *
     * @param parameters [parameter][1], not modified
     * @param counter [1][4], not modified
     * @param average [parameter][1], modified
     */
    record MovingAverage(Buffer parameters, Buffer counter, Buffer average, double decay) implements OptimiserOp {
        @Override
        public List<Buffer> reads() {
            return List.of(parameters, counter, average);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(average);
        }

        @Override
        public List<Buffer> wholeReads() {
            return List.of(counter);
        }
    }
}
