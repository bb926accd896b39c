package dev.idem.tornado;

import dev.idem.program.Buffer;
import dev.idem.program.GradientOp;
import dev.idem.tornado.kernel.DenseKernels;
import dev.idem.tornado.kernel.NetworkKernels;
import dev.idem.tornado.kernel.ReductionKernels;
import dev.idem.tornado.kernel.RowKernels;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Lowers vector-Jacobian products. */
final class GradientLowering {

    /** Rows of a partial sum of a weight's gradient, and the largest number of such sums. */
    private static final int PART_ROWS = 64;
    private static final int MOST_PARTS = 64;

    private GradientLowering() {}

    static void lower(GradientOp op, TaskList tasks) {
        switch (op) {
            case GradientOp.Seed seed -> tasks.add(ReductionKernels::fill, tasks.floats(seed.gradient()),
                    seed.gradient().shape().size(), (float) seed.value());
            case GradientOp.Add add -> tasks.add(ReductionKernels::add, tasks.floats(add.outputGradient()),
                    tasks.floats(add.inputGradient()), add.inputGradient().shape().size(),
                    add.accumulate() ? 1f : 0f);
            case GradientOp.SquaredError error -> tasks.add(RowKernels::squaredErrorGradient,
                    tasks.floats(error.rowLossGradient()), tasks.floats(error.prediction()),
                    tasks.floats(error.target()), tasks.floats(error.variance()),
                    tasks.floats(error.predictionGradient()), error.rows(), error.prediction().columns(),
                    TaskList.stride(error.rowLossGradient()), TaskList.stride(error.variance()),
                    ScoreLowering.kind(error.weight()), ScoreLowering.squareOf(error.weight()));
            case GradientOp.DenoiserScore score -> tasks.add(RowKernels::denoiserScoreGradient,
                    tasks.floats(score.scoreGradient()), tasks.floats(score.variance()),
                    tasks.floats(score.outputGradient()), score.rows(), score.scoreGradient().columns(),
                    TaskList.stride(score.variance()), (float) score.dataDeviation(),
                    ScoreLowering.square(score.dataDeviation()));
            case GradientOp.Denoised denoised -> tasks.add(RowKernels::denoisedGradient,
                    tasks.floats(denoised.denoisedGradient()), tasks.floats(denoised.variance()),
                    tasks.floats(denoised.outputGradient()), denoised.rows(), denoised.outputGradient().columns(),
                    TaskList.stride(denoised.variance()), (float) denoised.dataDeviation(),
                    ScoreLowering.square(denoised.dataDeviation()), denoised.accumulate() ? 1 : 0);
            case GradientOp.Activate activate -> tasks.add(NetworkKernels::activateGradient,
                    tasks.floats(activate.outputGradient()), tasks.floats(activate.input()),
                    tasks.floats(activate.inputGradient()), activate.input().shape().size(),
                    NetworkLowering.code(activate.activation()));
            case GradientOp.LinearInput linear -> inputProduct(linear.outputGradient(), linear.parameters(),
                    tasks.floats(linear.inputGradient()), linear.inputGradient().columns(), linear.weight(),
                    linear.accumulate(), tasks);
            case GradientOp.LinearWeight linear -> weight(tasks.floats(linear.input()), linear.input().columns(),
                    tasks.floats(linear.outputGradient()), linear.outputGradient().columns(),
                    linear.input().rows(), linear.parameterGradient(), linear.weight(), linear.bias(), tasks);
            case GradientOp.ActivatedLinear linear -> activatedLinear(linear, tasks);
            case GradientOp.Gate gate -> gate(gate, tasks);
            case GradientOp.Modulate modulate -> modulate(modulate, tasks);
        }
    }

    private static void inputProduct(Buffer outputGradient, Buffer parameters, FloatArray inputGradient, int in,
            int weight, boolean accumulate, TaskList tasks) {
        FloatArray weights = tasks.floats(parameters);
        int out = outputGradient.columns();
        int rows = outputGradient.rows();
        ProductLowering.product(tasks.floats(outputGradient), weights, weights, inputGradient, rows, out, in,
                new ProductLowering.Place(weight, 1, out, -1), -1, accumulate ? 1 : 0, tasks);
    }

    /** Appends the addition of inputᵀ · outputGradient and of the column sums; a negative place means none of it. */
    private static void weight(FloatArray input, int in, FloatArray outputGradient, int out, int rows, Buffer gradient,
            int weight, int bias, TaskList tasks) {
        int chunks = Math.min(MOST_PARTS, (rows + PART_ROWS - 1) / PART_ROWS);
        FloatArray partials = tasks.arrays().temporaryFloats(chunks * (in + 1) * out);
        ProductLowering.weightPartials(input, outputGradient, partials, rows, in, out, chunks, tasks);
        tasks.add(DenseKernels::addWeightPartials, partials, tasks.floats(gradient), in, out, chunks, weight, bias);
    }

    private static void activatedLinear(GradientOp.ActivatedLinear op, TaskList tasks) {
        Buffer input = op.input();
        FloatArray throughWeight = tasks.arrays().temporaryFloats(input.shape().size());
        inputProduct(op.outputGradient(), op.parameters(), throughWeight, input.columns(), op.weight(), false, tasks);
        tasks.add(NetworkKernels::activateGradient, throughWeight, tasks.floats(input),
                tasks.floats(op.inputGradient()), input.shape().size(), NetworkLowering.code(op.activation()));
        weight(NetworkLowering.activated(input, op.activation(), tasks), input.columns(),
                tasks.floats(op.outputGradient()), op.outputGradient().columns(), input.rows(),
                op.parameterGradient(), op.weight(), op.bias(), tasks);
    }

    private static void gate(GradientOp.Gate op, TaskList tasks) {
        int rows = op.input().rows();
        int columns = op.input().columns();
        FloatArray slopes = tasks.arrays().temporaryFloats(rows);
        FloatArray activated = tasks.arrays().temporaryFloats(rows * columns);
        tasks.add(NetworkKernels::gateGradient, tasks.floats(op.gatedGradient()), tasks.floats(op.input()),
                tasks.floats(op.parameters()), tasks.floats(op.inputGradient()), slopes, activated, rows, columns,
                op.weight(), op.bias());
        weight(activated, columns, slopes, 1, rows, op.parameterGradient(), op.weight(), op.bias(), tasks);
    }

    /** The column sums of the products go where a bias's gradient would. */
    private static void modulate(GradientOp.Modulate op, TaskList tasks) {
        int rows = op.gain().rows();
        int columns = op.gain().columns();
        FloatArray products = tasks.arrays().temporaryFloats(rows * columns);
        tasks.add(NetworkKernels::modulateGradient, tasks.floats(op.outputGradient()), tasks.floats(op.gain()),
                tasks.floats(op.parameters()), tasks.floats(op.gainGradient()), products, rows, columns, op.weight());
        weight(products, 0, products, columns, rows, op.parameterGradient(), op.weight(), op.weight(), tasks);
    }
}
