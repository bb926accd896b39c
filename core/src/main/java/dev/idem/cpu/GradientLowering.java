package dev.idem.cpu;

import dev.idem.cpu.kernel.ActivationKernel;
import dev.idem.cpu.kernel.ElementwiseKernel;
import dev.idem.cpu.kernel.GateKernel;
import dev.idem.cpu.kernel.LinearKernel;
import dev.idem.cpu.kernel.MatrixProductKernel;
import dev.idem.cpu.kernel.VectorDotKernel;
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
            case GradientOp.Denoised denoised -> denoised(denoised, operands);
            case GradientOp.ActivatedLinear linear -> activatedLinear(linear, operands);
            case GradientOp.Gate gate -> gate(gate, operands);
            case GradientOp.Modulate modulate -> modulate(modulate, operands);
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

    private static Kernel denoised(GradientOp.Denoised op, Operands operands) {
        Operand source = operands.rows(op.denoisedGradient());
        Operand variance = operands.rows(op.variance());
        Operand target = operands.rows(op.outputGradient());
        int dimension = op.outputGradient().columns();
        boolean accumulate = op.accumulate();
        return (worker, from, to) -> {
            float[] in = source.array(worker);
            float[] out = target.array(worker);
            for (int row = from; row < to; row++) {
                float factor = ScoreLowering.denoisedFactor(op.dataDeviation(),
                        variance.array(worker)[variance.at(worker, row)]);
                int s = source.at(worker, row);
                int t = target.at(worker, row);
                for (int axis = 0; axis < dimension; axis++) {
                    out[t + axis] = Math.fma(factor, in[s + axis], accumulate ? out[t + axis] : 0f);
                }
            }
        };
    }

    private static Kernel activatedLinear(GradientOp.ActivatedLinear op, Operands operands) {
        Operand outputGradient = operands.rows(op.outputGradient());
        Operand input = operands.rows(op.input());
        Operand inputGradient = operands.rows(op.inputGradient());
        Operand sum = operands.sum(op.parameterGradient());
        int in = op.input().columns();
        int out = op.outputGradient().columns();
        PanelPacking.Panels transposed = operands.panels(op.parameters(), op.weight(), in, out, true);
        float[] parameters = operands.floats(op.parameters());
        int weight = op.weight();
        int bias = op.bias();
        boolean gelu = op.activation() == Activation.GELU;
        return (worker, from, to) -> {
            int rows = to - from;
            float[] z = input.array(worker);
            int zAt = input.at(worker, from);
            float[] active = worker.scratch().activations(2 * rows * in); // values, then derivatives
            if (gelu) {
                ActivationKernel.gelu(z, zAt, active, 0, rows * in);
            } else {
                ActivationKernel.siluWithDerivative(z, zAt, active, 0, active, rows * in, rows * in);
            }
            float[] dy = outputGradient.array(worker);
            int dyAt = outputGradient.at(worker, from);
            float[] gradient = sum.array(worker);
            int at = sum.at(worker, from);
            if (out == 1 && bias < 0 && !gelu) {
                VectorDotKernel.activatedGradient(dy, dyAt, active, parameters, weight, inputGradient.array(worker),
                        inputGradient.at(worker, from), gradient, at + weight, rows, in);
                return;
            }
            float[] scratch = worker.scratch().product(MatrixProductKernel.transposedScratch(out, rows));
            LinearKernel.weightGradient(active, 0, dy, dyAt, gradient, at + weight, bias < 0 ? -1 : at + bias, scratch,
                    rows, in, out);
            float[] dz = inputGradient.array(worker);
            int dzAt = inputGradient.at(worker, from);
            LinearKernel.inputGradient(dy, dyAt, transposed.packed, dz, dzAt, rows, in, out, false);
            if (gelu) {
                ActivationKernel.geluGradient(dz, dzAt, z, zAt, dz, dzAt, rows * in);
            } else {
                ElementwiseKernel.multiply(active, rows * in, dz, dzAt, rows * in);
            }
        };
    }

    private static Kernel gate(GradientOp.Gate op, Operands operands) {
        Operand gatedGradient = operands.rows(op.gatedGradient());
        Operand input = operands.rows(op.input());
        Operand inputGradient = operands.rows(op.inputGradient());
        Operand sum = operands.sum(op.parameterGradient());
        float[] parameters = operands.floats(op.parameters());
        int columns = op.input().columns();
        return (worker, from, to) -> {
            int at = sum.at(worker, from);
            GateKernel.gradient(gatedGradient.array(worker), gatedGradient.at(worker, from), input.array(worker),
                    input.at(worker, from), parameters, op.weight(), op.bias(), inputGradient.array(worker),
                    inputGradient.at(worker, from), sum.array(worker), at + op.weight(), at + op.bias(),
                    worker.scratch().activations(2 * (to - from) * (columns + 1)), worker.scratch().lanes(), to - from,
                    columns);
        };
    }

    private static Kernel modulate(GradientOp.Modulate op, Operands operands) {
        Operand outputGradient = operands.rows(op.outputGradient());
        Operand gain = operands.rows(op.gain());
        Operand gainGradient = operands.rows(op.gainGradient());
        Operand sum = operands.sum(op.parameterGradient());
        float[] parameters = operands.floats(op.parameters());
        int columns = op.gain().columns();
        return (worker, from, to) -> {
            float[] dw = sum.array(worker);
            int dwAt = sum.at(worker, from) + op.weight();
            for (int row = from; row < to; row++) {
                float[] dy = outputGradient.array(worker);
                int dyAt = outputGradient.at(worker, row);
                float[] g = gain.array(worker);
                int gAt = gain.at(worker, row);
                float[] dg = gainGradient.array(worker);
                int dgAt = gainGradient.at(worker, row);
                for (int k = 0; k < columns; k++) {
                    dw[dwAt + k] = Math.fma(dy[dyAt + k], 1 + g[gAt + k], dw[dwAt + k]);
                    dg[dgAt + k] = dy[dyAt + k] * parameters[op.weight() + k];
                }
            }
        };
    }
}
