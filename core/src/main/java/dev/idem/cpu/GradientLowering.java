package dev.idem.cpu;

import dev.idem.cpu.kernel.ActivationKernel;
import dev.idem.cpu.kernel.ElementwiseKernel;
import dev.idem.cpu.kernel.LinearKernel;
import dev.idem.cpu.kernel.MatrixProductKernel;
import dev.idem.program.Activation;
import dev.idem.program.GradientOp;
import java.util.Arrays;

/** Lowers the vector-Jacobian products. */
final class GradientLowering {

    private GradientLowering() {}

    static Kernel lower(GradientOp op, Operands operands) {
        return switch (op) {
            case GradientOp.Seed seed -> seed(seed, operands);
            case GradientOp.Add add -> add(add, operands);
            case GradientOp.SquaredError error -> squaredError(error, operands);
            case GradientOp.DenoiserScore denoiser -> denoiserScore(denoiser, operands);
            case GradientOp.Activate activate -> activate(activate, operands);
            case GradientOp.LinearInput linear -> linearInput(linear, operands);
            case GradientOp.LinearWeight linear -> linearWeight(linear, operands);
        };
    }

    private static Kernel seed(GradientOp.Seed op, Operands operands) {
        Operand gradient = operands.rows(op.gradient());
        int columns = op.gradient().columns();
        float value = (float) op.value();
        return (worker, from, to) -> {
            int at = gradient.at(worker, from);
            Arrays.fill(gradient.array(worker), at, at + (to - from) * columns, value);
        };
    }

    private static Kernel add(GradientOp.Add op, Operands operands) {
        Operand source = operands.rows(op.outputGradient());
        Operand target = operands.rows(op.inputGradient());
        int columns = op.inputGradient().columns();
        boolean accumulate = op.accumulate();
        return (worker, from, to) -> {
            float[] in = source.array(worker);
            int at = source.at(worker, from);
            float[] out = target.array(worker);
            int target0 = target.at(worker, from);
            int count = (to - from) * columns;
            if (!accumulate) {
                System.arraycopy(in, at, out, target0, count);
                return;
            }
            ElementwiseKernel.add(in, at, out, target0, count);
        };
    }

    private static Kernel squaredError(GradientOp.SquaredError op, Operands operands) {
        Operand rowGradient = operands.rows(op.rowLossGradient());
        Operand prediction = operands.rows(op.prediction());
        Operand target = operands.rows(op.target());
        Operand variance = operands.rows(op.variance());
        Operand gradient = operands.rows(op.predictionGradient());
        int dimension = op.prediction().columns();
        return (worker, from, to) -> {
            float[] predictions = prediction.array(worker);
            float[] targets = target.array(worker);
            float[] out = gradient.array(worker);
            for (int row = from; row < to; row++) {
                double weight = op.weight().at(variance.array(worker)[variance.at(worker, row)]);
                float factor = (float) (rowGradient.array(worker)[rowGradient.at(worker, row)] * 2 * weight
                        / dimension);
                int p = prediction.at(worker, row);
                int t = target.at(worker, row);
                int at = gradient.at(worker, row);
                for (int axis = 0; axis < dimension; axis++) {
                    out[at + axis] = factor * (predictions[p + axis] - targets[t + axis]);
                }
            }
        };
    }

    private static Kernel denoiserScore(GradientOp.DenoiserScore op, Operands operands) {
        Operand source = operands.rows(op.scoreGradient());
        Operand variance = operands.rows(op.variance());
        Operand target = operands.rows(op.outputGradient());
        int dimension = op.outputGradient().columns();
        return (worker, from, to) -> {
            float[] in = source.array(worker);
            float[] out = target.array(worker);
            for (int row = from; row < to; row++) {
                float factor = ScoreLowering.outputFactor(op.dataDeviation(),
                        variance.array(worker)[variance.at(worker, row)]);
                int s = source.at(worker, row);
                int t = target.at(worker, row);
                for (int axis = 0; axis < dimension; axis++) {
                    out[t + axis] = factor * in[s + axis];
                }
            }
        };
    }

    private static Kernel activate(GradientOp.Activate op, Operands operands) {
        Operand outputGradient = operands.rows(op.outputGradient());
        Operand input = operands.rows(op.input());
        Operand inputGradient = operands.rows(op.inputGradient());
        int columns = op.input().columns();
        boolean gelu = op.activation() == Activation.GELU;
        return (worker, from, to) -> {
            int count = (to - from) * columns;
            float[] dy = outputGradient.array(worker);
            int dyAt = outputGradient.at(worker, from);
            float[] z = input.array(worker);
            int zAt = input.at(worker, from);
            float[] dz = inputGradient.array(worker);
            int dzAt = inputGradient.at(worker, from);
            if (gelu) {
                ActivationKernel.geluGradient(dy, dyAt, z, zAt, dz, dzAt, count);
            } else {
                ActivationKernel.siluGradient(dy, dyAt, z, zAt, dz, dzAt, count);
            }
        };
    }

    private static Kernel linearInput(GradientOp.LinearInput op, Operands operands) {
        Operand outputGradient = operands.rows(op.outputGradient());
        Operand inputGradient = operands.rows(op.inputGradient());
        int in = op.inputGradient().columns();
        int out = op.outputGradient().columns();
        PanelPacking.Panels transposed = operands.panels(op.parameters(), op.weight(), in, out, true);
        boolean accumulate = op.accumulate();
        return (worker, from, to) -> LinearKernel.inputGradient(outputGradient.array(worker),
                outputGradient.at(worker, from), transposed.packed, inputGradient.array(worker),
                inputGradient.at(worker, from), to - from, in, out, accumulate);
    }

    private static Kernel linearWeight(GradientOp.LinearWeight op, Operands operands) {
        Operand input = operands.rows(op.input());
        Operand outputGradient = operands.rows(op.outputGradient());
        Operand sum = operands.sum(op.parameterGradient());
        int in = op.input().columns();
        int out = op.outputGradient().columns();
        int weight = op.weight();
        int bias = op.bias();
        return (worker, from, to) -> {
            float[] gradient = sum.array(worker);
            int at = sum.at(worker, from);
            float[] scratch = worker.scratch().product(MatrixProductKernel.transposedScratch(out, to - from));
            LinearKernel.weightGradient(input.array(worker), input.at(worker, from), outputGradient.array(worker),
                    outputGradient.at(worker, from), gradient, at + weight, bias < 0 ? -1 : at + bias, scratch,
                    to - from, in, out);
        };
    }
}
