package dev.idem.program;

import static dev.idem.program.ProgramVerifier.require;

import org.jspecify.annotations.Nullable;

/** The shapes and element types each op demands of its operands. */
final class OperandChecks {

    private OperandChecks() {}

    static void check(Op op) {
        switch (op) {
            case CounterOp counter -> check(counter);
            case NoiseOp noise -> NoiseChecks.check(noise);
            case ReplayOp replay -> NoiseChecks.check(replay);
            case EnergyOp energy -> EnergyChecks.check(energy);
            case TargetOp target -> TargetChecks.check(target);
            case ScoreOp score -> check(score);
            case NetworkOp network -> check(network);
            case GradientOp gradient -> check(gradient);
            case PairOp pair -> PairChecks.check(pair);
            case PairGradientOp pair -> PairChecks.check(pair);
            case LossOp loss -> check(loss);
            case OptimiserOp optimiser -> check(optimiser);
            case SamplerOp sampler -> check(sampler);
            case MetricOp metric -> check(metric);
        }
    }

    private static void check(CounterOp op) {
        switch (op) {
            case CounterOp.Advance advance -> counter(advance.counter());
            case CounterOp.Assign assign -> counter(assign.counter());
        }
    }

    private static void check(ScoreOp op) {
        switch (op) {
            case ScoreOp.ScaleInput scale -> {
                alike(scale.x(), scale.scaled());
                column(scale.variance());
            }
            case ScoreOp.DenoiserScore denoiser -> {
                alike(denoiser.x(), denoiser.score());
                alike(denoiser.x(), denoiser.output());
                column(denoiser.variance());
            }
            case ScoreOp.Denoised denoised -> {
                alike(denoised.x(), denoised.denoised());
                alike(denoised.x(), denoised.output());
                column(denoised.variance());
            }
            case ScoreOp.LogDeviation deviation -> {
                column(deviation.variance());
                column(deviation.logDeviation());
            }
        }
    }

    private static void check(NetworkOp op) {
        switch (op) {
            case NetworkOp.Embedding embedding -> {
                floats(embedding.x());
                floats(embedding.embedded());
                int length = embedding.length();
                require(length * embedding.x().columns() == embedding.embedded().columns() && length % 2 == 0
                        && length >= 4,
                        embedding.embedded() + " must have an even number >= 4 of columns for each of "
                                + embedding.x());
            }
            case NetworkOp.Linear linear -> {
                floats(linear.input());
                floats(linear.output());
                apart(linear.input(), linear.output());
                slice(linear.parameters(), linear.weight(), linear.input().columns() * linear.output().columns());
                bias(linear.parameters(), linear.bias(), linear.output().columns());
                Buffer addend = linear.addend();
                require(addend == null || linear.bias() == -1, "needs a bias or an addend, not both");
                optionallyAlike(addend, linear.output());
            }
            case NetworkOp.Activate activate -> {
                alike(activate.input(), activate.output());
                optionallyAlike(activate.residual(), activate.output());
            }
            case NetworkOp.ActivatedLinear linear -> {
                floats(linear.input());
                floats(linear.output());
                apart(linear.input(), linear.output());
                slice(linear.parameters(), linear.weight(), linear.input().columns() * linear.output().columns());
                bias(linear.parameters(), linear.bias(), linear.output().columns());
                optionallyAlike(linear.addend(), linear.output());
            }
            case NetworkOp.Gate gate -> {
                alike(gate.input(), gate.gated());
                slice(gate.parameters(), gate.weight(), gate.input().columns());
                slice(gate.parameters(), gate.bias(), 1);
            }
            case NetworkOp.Modulate modulate -> {
                alike(modulate.gain(), modulate.output());
                slice(modulate.parameters(), modulate.weight(), modulate.gain().columns());
            }
        }
    }

    private static void check(GradientOp op) {
        switch (op) {
            case GradientOp.Seed seed -> floats(seed.gradient());
            case GradientOp.Add add -> alike(add.outputGradient(), add.inputGradient());
            case GradientOp.SquaredError error -> {
                column(error.rowLossGradient());
                column(error.variance());
                alike(error.prediction(), error.target());
                alike(error.prediction(), error.predictionGradient());
            }
            case GradientOp.DenoiserScore denoiser -> {
                column(denoiser.variance());
                alike(denoiser.scoreGradient(), denoiser.outputGradient());
            }
            case GradientOp.Activate activate -> {
                alike(activate.outputGradient(), activate.input());
                alike(activate.outputGradient(), activate.inputGradient());
            }
            case GradientOp.LinearInput linear -> {
                apart(linear.outputGradient(), linear.inputGradient());
                slice(linear.parameters(), linear.weight(),
                        linear.inputGradient().columns() * linear.outputGradient().columns());
            }
            case GradientOp.LinearWeight linear -> {
                slice(linear.parameterGradient(), linear.weight(),
                        linear.input().columns() * linear.outputGradient().columns());
                bias(linear.parameterGradient(), linear.bias(), linear.outputGradient().columns());
            }
            case GradientOp.Denoised denoised -> {
                column(denoised.variance());
                alike(denoised.denoisedGradient(), denoised.outputGradient());
            }
            case GradientOp.ActivatedLinear linear -> {
                alike(linear.input(), linear.inputGradient());
                alike(linear.parameters(), linear.parameterGradient());
                apart(linear.outputGradient(), linear.inputGradient());
                slice(linear.parameters(), linear.weight(),
                        linear.input().columns() * linear.outputGradient().columns());
                bias(linear.parameters(), linear.bias(), linear.outputGradient().columns());
            }
            case GradientOp.Gate gate -> {
                alike(gate.gatedGradient(), gate.input());
                alike(gate.gatedGradient(), gate.inputGradient());
                alike(gate.parameters(), gate.parameterGradient());
                slice(gate.parameters(), gate.weight(), gate.input().columns());
                slice(gate.parameters(), gate.bias(), 1);
            }
            case GradientOp.Modulate modulate -> {
                alike(modulate.outputGradient(), modulate.gain());
                alike(modulate.outputGradient(), modulate.gainGradient());
                alike(modulate.parameters(), modulate.parameterGradient());
                slice(modulate.parameters(), modulate.weight(), modulate.gain().columns());
            }
        }
    }

    private static void check(LossOp op) {
        switch (op) {
            case LossOp.SquaredError error -> {
                alike(error.prediction(), error.target());
                column(error.variance());
                column(error.rowLoss());
            }
            case LossOp.Mean mean -> {
                column(mean.values());
                shape(mean.mean(), 1, 1);
            }
        }
    }

    private static void check(OptimiserOp op) {
        switch (op) {
            case OptimiserOp.SumOfSquares sum -> {
                column(sum.gradient());
                shape(sum.sum(), 1, 1);
            }
            case OptimiserOp.Rate rate -> {
                counter(rate.counter());
                shape(rate.rate(), 1, 1);
            }
            case OptimiserOp.Adam adam -> {
                counter(adam.counter());
                column(adam.gradient());
                shape(adam.sumOfSquares(), 1, 1);
                shape(adam.rate(), 1, 1);
                alike(adam.gradient(), adam.parameters());
                alike(adam.gradient(), adam.firstMoment());
                alike(adam.gradient(), adam.secondMoment());
            }
            case OptimiserOp.MovingAverage average -> {
                counter(average.counter());
                alike(average.parameters(), average.average());
            }
        }
    }

    private static void check(SamplerOp op) {
        switch (op) {
            case SamplerOp.Level level -> {
                counter(level.counter());
                shape(level.table(), level.table().rows(), SamplerOp.COLUMNS);
                shape(level.time(), 1, 1);
                shape(level.variance(), 1, 1);
            }
            case SamplerOp.Step step -> {
                counter(step.counter());
                shape(step.table(), step.table().rows(), SamplerOp.COLUMNS);
                alike(step.x(), step.score());
                alike(step.x(), step.remembered());
            }
        }
    }

    private static void check(MetricOp op) {
        switch (op) {
            case MetricOp.SumByNoise sum -> {
                column(sum.values());
                column(sum.variance());
                shape(sum.sums(), sum.bins().count(), 2);
            }
            case MetricOp.Accumulate accumulate -> alike(accumulate.values(), accumulate.totals());
            case MetricOp.Reset reset -> floats(reset.totals());
        }
    }

    static void counter(Buffer buffer) {
        require(buffer.equals(Counter.buffer(buffer.name())), buffer + " must be a counter, int32 state [1][4]");
    }

    static void cursor(Buffer buffer) {
        require(buffer.equals(Buffer.ints(buffer.name(), 1, 2, Role.STATE)), buffer + " must be int32 state [1][2]");
    }

    static void floats(Buffer buffer) {
        require(buffer.element() == Element.FLOAT32, buffer + " must be float32");
    }

    static void column(Buffer buffer) {
        floats(buffer);
        require(buffer.columns() == 1, buffer + " must have one column");
    }

    static void shape(Buffer buffer, int rows, int columns) {
        floats(buffer);
        require(buffer.rows() == rows && buffer.columns() == columns,
                buffer + " must have shape " + new Shape(rows, columns));
    }

    static void alike(Buffer first, Buffer second) {
        floats(first);
        floats(second);
        require(first.columns() == second.columns(), first + " and " + second + " must have equally many columns");
    }

    static void parts(Buffer buffer, int parts) {
        require(parts >= 1 && buffer.columns() % parts == 0,
                buffer + " must have columns for " + parts + " equal parts");
    }

    static void optionallyAlike(@Nullable Buffer first, Buffer second) {
        if (first != null) {
            alike(first, second);
        }
    }

    static void apart(Buffer first, Buffer second) {
        require(!first.equals(second), first + " must not be both read and written");
    }

    private static void slice(Buffer parameters, int offset, int length) {
        column(parameters);
        require(offset >= 0 && offset + (long) length <= parameters.rows(), "parameters " + offset + " to "
                + (offset + (long) length) + " do not lie in " + parameters);
    }

    private static void bias(Buffer parameters, int offset, int length) {
        if (offset != -1) {
            slice(parameters, offset, length);
        }
    }
}
