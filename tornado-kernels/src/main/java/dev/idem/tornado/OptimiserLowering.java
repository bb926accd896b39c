package dev.idem.tornado;

import dev.idem.program.OptimiserOp;
import dev.idem.tornado.kernel.OptimiserKernels;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Lowers the optimiser. */
final class OptimiserLowering {

    private static final int ADAM_OPERATIONS = 14;

    private OptimiserLowering() {}

    static void lower(OptimiserOp op, TaskList tasks) {
        switch (op) {
            case OptimiserOp.SumOfSquares sum -> ScoreLowering.sum(sum.gradient(), sum.sum(), 1, 1, tasks);
            case OptimiserOp.Rate rate -> tasks.add(OptimiserKernels::rate, tasks.ints(rate.counter()),
                    tasks.floats(rate.rate()), (float) rate.schedule().base(), rate.schedule().warmupSteps(),
                    rate.schedule().totalSteps(), (float) rate.schedule().finalFraction());
            case OptimiserOp.Adam adam -> adam(adam, tasks);
            case OptimiserOp.MovingAverage average -> tasks.operations(3.0 * average.rows()).add(
                    OptimiserKernels::average, tasks.floats(average.parameters()), tasks.ints(average.counter()),
                    tasks.floats(average.average()), average.average().rows(), (float) average.decay());
        }
    }

    private static void adam(OptimiserOp.Adam op, TaskList tasks) {
        FloatArray factors = tasks.arrays().temporaryFloats(3);
        tasks.add(OptimiserKernels::factors, tasks.floats(op.sumOfSquares()), tasks.floats(op.rate()),
                tasks.ints(op.counter()), factors, (float) StrictMath.log(op.beta1()),
                (float) StrictMath.log(op.beta2()), (float) Math.min(op.clipNorm(), Float.MAX_VALUE));
        int size = op.parameters().rows();
        tasks.operations((double) ADAM_OPERATIONS * size).add(OptimiserKernels::adam, tasks.floats(op.gradient()),
                factors, tasks.floats(op.parameters()), tasks.floats(op.firstMoment()),
                tasks.floats(op.secondMoment()), size, (float) op.beta1(), (float) (1 - op.beta1()),
                (float) op.beta2(), (float) (1 - op.beta2()), (float) op.epsilon());
    }
}
