package dev.idem.cpu;

import dev.idem.cpu.kernel.ActivationKernel;
import dev.idem.cpu.kernel.EmbeddingKernel;
import dev.idem.cpu.kernel.LinearKernel;
import dev.idem.program.Activation;
import dev.idem.program.Buffer;
import dev.idem.program.NetworkOp;

/** Lowers the layers of feed-forward networks. */
final class NetworkLowering {

    private static final double LOG_LONGEST_WAVE = StrictMath.log(10_000);

    private NetworkLowering() {}

    static Kernel lower(NetworkOp op, Operands operands) {
        return switch (op) {
            case NetworkOp.Embedding embedding -> embedding(embedding, operands);
            case NetworkOp.Linear linear -> linear(linear, operands);
            case NetworkOp.Activate activate -> activate(activate, operands);
        };
    }

    private static float[] frequencies(int count) {
        float[] frequencies = new float[count];
        for (int k = 0; k < count; k++) {
            frequencies[k] = (float) StrictMath.exp(-LOG_LONGEST_WAVE * k / (count - 1));
        }
        return frequencies;
    }

    private static Kernel embedding(NetworkOp.Embedding op, Operands operands) {
        Operand x = operands.rows(op.x());
        Operand embedded = operands.rows(op.embedded());
        float[] frequencies = frequencies(op.length() / 2);
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
        float[] parameters = operands.floats(op.parameters());
        int bias = op.bias();
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
}
