package dev.idem.cpu;

import dev.idem.cpu.kernel.AdamKernel;
import dev.idem.cpu.kernel.ReductionKernel;
import dev.idem.program.Counter;
import dev.idem.program.CounterOp;
import dev.idem.program.MetricOp;
import dev.idem.program.OptimiserOp;
import java.util.Arrays;

/** Lowers the optimiser, counters and metrics. */
final class OptimiserLowering {

    private static final double CLIP_GUARD = 1e-6;

    private OptimiserLowering() {}

    static Kernel lower(CounterOp op, Operands operands) {
        return switch (op) {
            case CounterOp.Advance advance -> {
                int[] counter = operands.ints(advance.counter());
                yield (_, _, _) -> counter[advance.word()] += advance.amount();
            }
            case CounterOp.Assign assign -> {
                int[] counter = operands.ints(assign.counter());
                yield (_, _, _) -> counter[assign.word()] = assign.value();
            }
        };
    }

    static Kernel lower(OptimiserOp op, Operands operands) {
        return switch (op) {
            case OptimiserOp.SumOfSquares sum -> {
                float[] gradient = operands.floats(sum.gradient());
                Operand partial = operands.sum(sum.sum());
                yield (worker, from, to) -> partial.array(worker)[partial.at(worker, from)] += (float) ReductionKernel
                        .sumOfSquares(gradient, from, to);
            }
            case OptimiserOp.Rate rate -> {
                int[] counter = operands.ints(rate.counter());
                Operand out = operands.rows(rate.rate());
                yield (worker, _, _) -> out.array(worker)[out.at(worker, 0)] = (float) rate.schedule()
                        .at(counter[Counter.STEP]);
            }
            case OptimiserOp.Adam adam -> adam(adam, operands);
            case OptimiserOp.MovingAverage average -> average(average, operands);
        };
    }

    private static Kernel adam(OptimiserOp.Adam op, Operands operands) {
        float[] gradient = operands.floats(op.gradient());
        float[] sumOfSquares = operands.floats(op.sumOfSquares());
        float[] rate = operands.floats(op.rate());
        int[] counter = operands.ints(op.counter());
        float[] parameters = operands.floats(op.parameters());
        float[] first = operands.floats(op.firstMoment());
        float[] second = operands.floats(op.secondMoment());
        return (_, from, to) -> {
            double steps = counter[Counter.STEP] + 1.0;
            double norm = Math.sqrt(sumOfSquares[0]);
            float scale = (float) Math.min(1, op.clipNorm() / (norm + CLIP_GUARD));
            float firstCorrection = (float) (1 / (1 - StrictMath.pow(op.beta1(), steps)));
            float secondCorrection = (float) (1 / (1 - StrictMath.pow(op.beta2(), steps)));
            AdamKernel.step(gradient, parameters, first, second, from, to, scale, rate[0], op.beta1(),
                    op.beta2(), (float) op.epsilon(), firstCorrection, secondCorrection);
        };
    }

    private static Kernel average(OptimiserOp.MovingAverage op, Operands operands) {
        float[] parameters = operands.floats(op.parameters());
        int[] counter = operands.ints(op.counter());
        float[] average = operands.floats(op.average());
        return (_, from, to) -> {
            double steps = counter[Counter.STEP] + 1.0;
            float decay = (float) Math.min(op.decay(), (1 + steps) / (10 + steps));
            AdamKernel.movingAverage(parameters, average, from, to, decay);
        };
    }

    static Kernel lower(MetricOp op, Operands operands) {
        return switch (op) {
            case MetricOp.SumByNoise sum -> {
                Operand values = operands.rows(sum.values());
                Operand variance = operands.rows(sum.variance());
                Operand sums = operands.sum(sum.sums());
                yield (worker, from, to) -> {
                    float[] out = sums.array(worker);
                    for (int row = from; row < to; row++) {
                        int bin = sum.bins().of(variance.array(worker)[variance.at(worker, row)]);
                        int at = sums.at(worker, row) + 2 * bin;
                        out[at] += values.array(worker)[values.at(worker, row)];
                        out[at + 1] += 1;
                    }
                };
            }
            case MetricOp.Accumulate accumulate -> {
                Operand values = operands.rows(accumulate.values());
                Operand totals = operands.rows(accumulate.totals());
                int columns = accumulate.totals().columns();
                yield (worker, from, to) -> {
                    for (int row = from; row < to; row++) {
                        for (int column = 0; column < columns; column++) {
                            totals.array(worker)[totals.at(worker, row) + column] += values.array(worker)[values
                                    .at(worker, row) + column];
                        }
                    }
                };
            }
            case MetricOp.Reset reset -> {
                Operand totals = operands.rows(reset.totals());
                int columns = reset.totals().columns();
                yield (worker, from, to) -> {
                    for (int row = from; row < to; row++) {
                        int at = totals.at(worker, row);
                        Arrays.fill(totals.array(worker), at, at + columns, 0);
                    }
                };
            }
        };
    }
}
