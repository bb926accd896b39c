package dev.idem.cpu;

import dev.idem.cpu.kernel.ActivationKernel;
import dev.idem.cpu.kernel.ElementwiseKernel;
import dev.idem.cpu.kernel.EmbeddingKernel;
import dev.idem.cpu.kernel.GateKernel;
import dev.idem.cpu.kernel.LinearKernel;
import dev.idem.cpu.kernel.MatrixProductKernel;
import dev.idem.cpu.kernel.VectorDotKernel;
import dev.idem.program.Activation;
import dev.idem.program.Buffer;
import dev.idem.program.NetworkOp;

/** Lowers the layers of feed-forward networks. */
final class NetworkLowering {

    private NetworkLowering() {}

    static Kernel lower(NetworkOp op, Operands operands) {
        return switch (op) {
            case NetworkOp.Embedding embedding -> embedding(embedding, operands);
            case NetworkOp.Linear linear -> linear(linear, operands);
            case NetworkOp.Activate activate -> activate(activate, operands);
            case NetworkOp.ActivatedLinear linear -> activatedLinear(linear, operands);
            case NetworkOp.Gate gate -> gate(gate, operands);
            case NetworkOp.Modulate modulate -> modulate(modulate, operands);
        };
    }

    private static float[] frequencies(int count, double span) {
        double logSpan = StrictMath.log(span);
        float[] frequencies = new float[count];
        for (int k = 0; k < count; k++) {
            frequencies[k] = (float) StrictMath.exp(-logSpan * k / (count - 1));
        }
        return frequencies;
    }

    private static Kernel embedding(NetworkOp.Embedding op, Operands operands) {
        Operand x = operands.rows(op.x());
        Operand embedded = operands.rows(op.embedded());
        float[] frequencies = frequencies(op.length() / 2, op.span());
        int coordinates = op.x().columns();
        float scale = (float) op.scale();
        return (worker, from, to) -> EmbeddingKernel.forward(x.array(worker), x.at(worker, from), to - from,
                coordinates,
                scale, frequencies, embedded.array(worker), embedded.at(worker, from));
    }

    private static Kernel linear(NetworkOp.Linear op, Operands operands) {
        Operand input = operands.rows(op.input());
        Operand output = operands.rows(op.output());
        int in = op.input().columns();
        int out = op.output().columns();
        PanelPacking.Panels panels = operands.panels(op.parameters(), op.weight(), in, out, false);
        Buffer addendBuffer = op.addend();
        if (addendBuffer != null) {
            Operand addend = operands.rows(addendBuffer);
            return (worker, from, to) -> LinearKernel.forward(input.array(worker), input.at(worker, from),
                    panels.packed,
                    addend.array(worker), addend.at(worker, from), addend.rowStride(), output.array(worker),
                    output.at(worker, from), to - from, in, out);
        }
        int bias = op.bias();
        if (bias < 0) {
            return (worker, from, to) -> MatrixProductKernel.multiply(input.array(worker), input.at(worker, from), in,
                    panels.packed, 0, output.array(worker), output.at(worker, from), out, to - from, out, in);
        }
        float[] parameters = operands.floats(op.parameters());
        return (worker, from, to) -> LinearKernel.forward(input.array(worker), input.at(worker, from), panels.packed,
                parameters, bias, 0, output.array(worker), output.at(worker, from), to - from, in, out);
    }

    private static Kernel activate(NetworkOp.Activate op, Operands operands) {
        Operand input = operands.rows(op.input());
        Operand output = operands.rows(op.output());
        int columns = op.output().columns();
        boolean gelu = op.activation() == Activation.GELU;
        Buffer residualBuffer = op.residual();
        Operand residual = residualBuffer == null ? null : operands.rows(residualBuffer);
        return (worker, from, to) -> {
            int count = (to - from) * columns;
            float[] z = input.array(worker);
            int zAt = input.at(worker, from);
            float[] a = output.array(worker);
            int aAt = output.at(worker, from);
            if (residual != null) {
                float[] r = residual.array(worker);
                int rAt = residual.at(worker, from);
                if (gelu) {
                    ActivationKernel.geluAdd(z, zAt, r, rAt, a, aAt, count);
                } else {
                    ActivationKernel.siluAdd(z, zAt, r, rAt, a, aAt, count);
                }
            } else if (gelu) {
                ActivationKernel.gelu(z, zAt, a, aAt, count);
            } else {
                ActivationKernel.silu(z, zAt, a, aAt, count);
            }
        };
    }

    private static Kernel activatedLinear(NetworkOp.ActivatedLinear op, Operands operands) {
        Operand input = operands.rows(op.input());
        Operand output = operands.rows(op.output());
        int in = op.input().columns();
        int out = op.output().columns();
        PanelPacking.Panels panels = operands.panels(op.parameters(), op.weight(), in, out, false);
        Buffer addendBuffer = op.addend();
        Operand addend = addendBuffer == null ? null : operands.rows(addendBuffer);
        float[] parameters = operands.floats(op.parameters());
        int bias = op.bias();
        boolean gelu = op.activation() == Activation.GELU;
        return (worker, from, to) -> {
            int rows = to - from;
            float[] active = worker.scratch().activations(rows * in);
            if (gelu) {
                ActivationKernel.gelu(input.array(worker), input.at(worker, from), active, 0, rows * in);
            } else {
                ActivationKernel.silu(input.array(worker), input.at(worker, from), active, 0, rows * in);
            }
            float[] z = output.array(worker);
            int zAt = output.at(worker, from);
            if (out == 1 && addend == null && bias < 0) {
                VectorDotKernel.forward(active, 0, parameters, op.weight(), z, zAt, worker.scratch().lanes(), rows, in);
            } else if (addend == null && bias < 0) {
                MatrixProductKernel.multiply(active, 0, in, panels.packed, 0, z, zAt, out, rows, out, in);
            } else if (addend == null) {
                LinearKernel.forward(active, 0, panels.packed, parameters, bias, 0, z, zAt, rows, in, out);
            } else {
                for (int row = from; bias >= 0 && row < to; row++) {
                    ElementwiseKernel.sum(addend.array(worker), addend.at(worker, row), parameters, bias, z,
                            output.at(worker, row), out);
                }
                float[] initial = bias < 0 ? addend.array(worker) : z;
                int initialAt = bias < 0 ? addend.at(worker, from) : zAt;
                int stride = bias < 0 ? addend.rowStride() : out;
                LinearKernel.forward(active, 0, panels.packed, initial, initialAt, stride, z, zAt, rows, in, out);
            }
        };
    }

    private static Kernel gate(NetworkOp.Gate op, Operands operands) {
        Operand input = operands.rows(op.input());
        Operand gated = operands.rows(op.gated());
        float[] parameters = operands.floats(op.parameters());
        int columns = op.input().columns();
        return (worker, from, to) -> GateKernel.forward(input.array(worker), input.at(worker, from), parameters,
                op.weight(), op.bias(), gated.array(worker), gated.at(worker, from),
                worker.scratch().activations(to - from), worker.scratch().lanes(), to - from, columns);
    }

    private static Kernel modulate(NetworkOp.Modulate op, Operands operands) {
        Operand gain = operands.rows(op.gain());
        Operand output = operands.rows(op.output());
        float[] parameters = operands.floats(op.parameters());
        int columns = op.gain().columns();
        return (worker, from, to) -> {
            for (int row = from; row < to; row++) {
                ElementwiseKernel.modulate(parameters, op.weight(), gain.array(worker), gain.at(worker, row),
                        output.array(worker), output.at(worker, row), columns);
            }
        };
    }
}
