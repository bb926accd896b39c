package dev.idem.optim;

import dev.idem.program.Buffer;
import dev.idem.program.OptimiserOp;
import dev.idem.program.ProgramBuilder;
import dev.idem.program.Role;
import dev.idem.schedule.LearningRate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adam with a learning-rate schedule, clipping by the global norm and a moving average of the parameters.
 *
 * @param schedule learning rate
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon guard of the division
 * @param clipNorm largest global norm
 * @param averageDecay decay of the moving average; 0 for none
 */
public record Optimiser(LearningRate schedule, double beta1, double beta2, double epsilon, double clipNorm,
        double averageDecay) {

    /**
     * The buffers of an optimiser.
     *
     * @param parameters what is trained, [parameter][1]
     * @param firstMoment [parameter][1]
     * @param secondMoment [parameter][1]
     * @param average moving average [parameter][1]; absent if there is none
     */
    public record State(Buffer parameters, Buffer firstMoment, Buffer secondMoment, @Nullable Buffer average) {

        /** Returns the parameters that samples are drawn with. */
        public Buffer sampled() {
            return average == null ? parameters : average;
        }

        /** Returns all buffers. */
        public List<Buffer> all() {
            return average == null
                    ? List.of(parameters, firstMoment, secondMoment)
                    : List.of(parameters, firstMoment, secondMoment, average);
        }
    }

    /** Returns the buffers for so many parameters. */
    public State state(int parameters) {
        Buffer average = averageDecay == 0 ? null : Buffer.floats("average", parameters, 1, Role.STATE);
        return new State(Buffer.floats("parameters", parameters, 1, Role.STATE),
                Buffer.floats("firstMoment", parameters, 1, Role.STATE),
                Buffer.floats("secondMoment", parameters, 1, Role.STATE), average);
    }

    /**
     * Appends one optimiser step to a program and returns the sum of squares of the gradient [1][1].
     *
     * @param gradient [parameter][1]
     * @param counter whose step is the number of steps made so far
     */
    public Buffer step(ProgramBuilder builder, Buffer gradient, Buffer counter, State state) {
        Buffer rate = builder.scratch("rate", 1, 1);
        builder.add(new OptimiserOp.Rate(counter, rate, schedule));
        Buffer sumOfSquares = builder.scratch("sumOfSquares", 1, 1);
        builder.add(new OptimiserOp.SumOfSquares(gradient, sumOfSquares));
        builder.add(new OptimiserOp.Adam(gradient, sumOfSquares, rate, counter, state.parameters, state.firstMoment,
                state.secondMoment, beta1, beta2, epsilon, clipNorm));
        Buffer average = state.average;
        if (average != null) {
            builder.add(new OptimiserOp.MovingAverage(state.parameters, counter, average, averageDecay));
        }
        return sumOfSquares;
    }
}
