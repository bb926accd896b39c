package dev.idem.program;

import java.util.Arrays;
import java.util.List;

/**
 * Vector-Jacobian products, appended by {@code autodiff}. "Gradient of b" means the derivative of the loss with respect
 * to b, of b's shape. Where {@code accumulate} is set the op adds to what it writes, else it overwrites.
 */
public sealed interface GradientOp extends Op {

    /** The gradient of a layer with parameters: its part of theirs is a sum over all rows. */
    sealed interface Trained extends GradientOp {

        /** Returns the flat buffer of parameters, [parameter][1]. */
        Buffer parameters();

        /** Returns the gradient of the parameters, [parameter][1]. */
        Buffer parameterGradient();

        @Override
        default List<Buffer> summedWrites() {
            return List.of(parameterGradient());
        }

        @Override
        default List<Buffer> wholeReads() {
            return List.of(parameters());
        }
    }

    /**
     * gradient[i] = value: the start of the backward pass.
     *
     * @param gradient [row][column], modified
     */
    record Seed(Buffer gradient, double value) implements GradientOp {
        @Override
        public List<Buffer> reads() {
            return List.of();
        }

        @Override
        public List<Buffer> writes() {
            return List.of(gradient);
        }
    }

    /**
     * inputGradient (+)= outputGradient.
     *
     * @param outputGradient [row][column], not modified
     * @param inputGradient [row][column], modified
     */
    record Add(Buffer outputGradient, Buffer inputGradient, boolean accumulate) implements GradientOp {
        @Override
        public List<Buffer> reads() {
            return read(inputGradient, accumulate, outputGradient);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(inputGradient);
        }
    }

    /**
     * predictionGradient = rowLossGradient · 2 weight(variance)/dimension · (prediction − target).
     *
     * @param rowLossGradient [row][1], not modified
     * @param prediction [row][dimension], not modified
     * @param target [row][dimension], not modified
     * @param variance [row][1], not modified
     * @param predictionGradient [row][dimension], modified
     */
    record SquaredError(Buffer rowLossGradient, Buffer prediction, Buffer target, Buffer variance,
            Buffer predictionGradient, LossWeight weight) implements GradientOp {
        @Override
        public List<Buffer> reads() {
            return List.of(rowLossGradient, prediction, target, variance);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(predictionGradient);
        }
    }

    /**
     * outputGradient = scoreGradient · s/√(variance (s² + variance)): through {@link ScoreOp.DenoiserScore}.
     *
     * @param scoreGradient [row][dimension], not modified
     * @param variance [row][1], not modified
     * @param outputGradient [row][dimension], modified
     */
    record DenoiserScore(Buffer scoreGradient, Buffer variance, Buffer outputGradient, double dataDeviation)
            implements
                GradientOp {
        @Override
        public List<Buffer> reads() {
            return List.of(scoreGradient, variance);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(outputGradient);
        }
    }

    /**
     * inputGradient = outputGradient · activation'(input).
     *
     * @param outputGradient [row][feature], not modified
     * @param input [row][feature], not modified
     * @param inputGradient [row][feature], modified
     */
    record Activate(Buffer outputGradient, Buffer input, Buffer inputGradient, Activation activation)
            implements
                GradientOp {
        @Override
        public List<Buffer> reads() {
            return List.of(outputGradient, input);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(inputGradient);
        }
    }

    /**
     * inputGradient (+)= outputGradient · Wᵀ.
     *
     * @param outputGradient [row][out], not modified
     * @param parameters [parameter][1], not modified
     * @param inputGradient [row][in], modified
     * @param weight where W [in][out] begins in the parameters
     */
    record LinearInput(Buffer outputGradient, Buffer parameters, Buffer inputGradient, int weight, boolean accumulate)
            implements
                GradientOp {
        @Override
        public List<Buffer> reads() {
            return read(inputGradient, accumulate, outputGradient, parameters);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(inputGradient);
        }

        @Override
        public List<Buffer> wholeReads() {
            return List.of(parameters);
        }
    }

    /**
     * Adds inputᵀ · outputGradient to the weight's part of the parameter gradient, and the column sums of outputGradient
     * to the bias's part. A parameter gradient starts at zero; each of these ops adds its own part.
     *
     * @param input [row][in], not modified
     * @param outputGradient [row][out], not modified
     * @param parameterGradient [parameter][1], modified
     * @param weight where W [in][out] begins in the parameters
     * @param bias where the bias [out] begins, or −1 for none
     */
    record LinearWeight(Buffer input, Buffer outputGradient, Buffer parameterGradient, int weight, int bias)
            implements
                GradientOp {
        @Override
        public List<Buffer> reads() {
            return List.of(input, outputGradient);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(parameterGradient);
        }

        @Override
        public Buffer domain() {
            return input;
        }

        @Override
        public List<Buffer> summedWrites() {
            return writes();
        }
    }

    /**
     * outputGradient (+)= denoisedGradient · s √(variance/(s² + variance)): through {@link ScoreOp.Denoised}.
     *
     * @param denoisedGradient [row][dimension], not modified
     * @param variance [row][1], not modified
     * @param outputGradient [row][dimension], modified
     */
    record Denoised(Buffer denoisedGradient, Buffer variance, Buffer outputGradient, double dataDeviation,
            boolean accumulate) implements GradientOp {
        @Override
        public List<Buffer> reads() {
            return read(outputGradient, accumulate, denoisedGradient, variance);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(outputGradient);
        }
    }

    /**
     * inputGradient = (outputGradient · Wᵀ) ⊙ activation'(input); adds activation(input)ᵀ · outputGradient to the weight's part of the
     * parameter gradient, and the column sums of outputGradient to the bias's part.
     *
     * @param outputGradient [row][out], not modified
     * @param input [row][in], not modified
     * @param parameters [parameter][1], not modified
     * @param inputGradient [row][in], modified
     * @param parameterGradient [parameter][1], modified
     * @param weight where W [in][out] begins in the parameters
     * @param bias where the bias [out] begins, or −1 for none
     */
    record ActivatedLinear(Buffer outputGradient, Buffer input, Buffer parameters, Buffer inputGradient,
            Buffer parameterGradient, int weight, int bias, Activation activation) implements Trained {
        @Override
        public List<Buffer> reads() {
            return List.of(outputGradient, input, parameters);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(inputGradient, parameterGradient);
        }
    }

    /**
     * The gradient of {@link NetworkOp.Gate}; adds to the parts of w and the bias in the parameter gradient.
     *
     * @param gatedGradient [row][feature], not modified
     * @param input [row][feature], not modified
     * @param parameters [parameter][1], not modified
     * @param inputGradient [row][feature], modified
     * @param parameterGradient [parameter][1], modified
     */
    record Gate(Buffer gatedGradient, Buffer input, Buffer parameters, Buffer inputGradient, Buffer parameterGradient,
            int weight, int bias) implements Trained {
        @Override
        public List<Buffer> reads() {
            return List.of(gatedGradient, input, parameters);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(inputGradient, parameterGradient);
        }
    }

    /**
     * gainGradient = outputGradient ⊙ w; adds Σ_rows outputGradient ⊙ (1 + gain) to w's part of the parameter gradient.
     *
     * @param outputGradient [row][feature], not modified
     * @param gain [row][feature], not modified
     * @param parameters [parameter][1], not modified
     * @param gainGradient [row][feature], modified
     * @param parameterGradient [parameter][1], modified
     */
    record Modulate(Buffer outputGradient, Buffer gain, Buffer parameters, Buffer gainGradient,
            Buffer parameterGradient, int weight) implements Trained {
        @Override
        public List<Buffer> reads() {
            return List.of(outputGradient, gain, parameters);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(gainGradient, parameterGradient);
        }
    }

    /** Returns what an op reads, among it what it adds to. */
    static List<Buffer> read(Buffer target, boolean accumulate, Buffer... others) {
        if (!accumulate) {
            return List.of(others);
        }
        Buffer[] all = Arrays.copyOf(others, others.length + 1);
        all[others.length] = target;
        return List.of(all);
    }
}
