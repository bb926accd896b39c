package dev.idem.tornado;

import dev.idem.program.Activation;
import dev.idem.program.Buffer;
import dev.idem.program.NetworkOp;
import dev.idem.tornado.kernel.Functions;
import dev.idem.tornado.kernel.NetworkKernels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Lowers the layers of networks. */
final class NetworkLowering {

    private NetworkLowering() {}

    static void lower(NetworkOp op, TaskList tasks) {
        switch (op) {
            case NetworkOp.Embedding embedding -> embedding(embedding, tasks);
            case NetworkOp.Linear linear -> product(tasks.floats(linear.input()), linear.input().columns(),
                    linear.parameters(), linear.addend(), linear.output(), linear.weight(), linear.bias(), tasks);
            case NetworkOp.Activate activate -> {
                Buffer residual = activate.residual();
                int stride = residual == null ? -1 : TaskList.stride(residual);
                FloatArray input = tasks.floats(activate.input());
                tasks.add(NetworkKernels::activate, input, residual == null ? input : tasks.floats(residual),
                        tasks.floats(activate.output()), activate.rows(), activate.output().columns(),
                        TaskList.stride(activate.input()), stride, code(activate.activation()));
            }
            case NetworkOp.ActivatedLinear linear -> product(
                    activated(linear.input(), linear.activation(), tasks), linear.input().columns(),
                    linear.parameters(), linear.addend(), linear.output(), linear.weight(), linear.bias(), tasks);
            case NetworkOp.Gate gate -> tasks.operations(4.0 * gate.input().shape().size()).add(NetworkKernels::gate,
                    tasks.floats(gate.input()), tasks.floats(gate.parameters()), tasks.floats(gate.gated()),
                    gate.rows(), gate.input().columns(), gate.weight(), gate.bias());
            case NetworkOp.Modulate modulate -> tasks.add(NetworkKernels::modulate, tasks.floats(modulate.gain()),
                    tasks.floats(modulate.parameters()), tasks.floats(modulate.output()), modulate.rows(),
                    modulate.gain().columns(), modulate.weight());
        }
    }

    static int code(Activation activation) {
        return switch (activation) {
            case GELU -> Functions.GELU;
            case SILU -> Functions.SILU;
        };
    }

    /** Appends the activation of a buffer and returns the array that has it. */
    static FloatArray activated(Buffer input, Activation activation, TaskList tasks) {
        FloatArray activated = tasks.arrays().temporaryFloats(input.shape().size());
        FloatArray values = tasks.floats(input);
        tasks.add(NetworkKernels::activate, values, values, activated, input.rows(), input.columns(),
                input.columns(), -1, code(activation));
        return activated;
    }

    private static void product(FloatArray input, int in, Buffer parameters, @Nullable Buffer addend, Buffer output,
            int weight, int bias, TaskList tasks) {
        FloatArray weights = tasks.floats(parameters);
        int rows = output.rows();
        int out = output.columns();
        ProductLowering.product(input, weights, addend == null ? weights : tasks.floats(addend), tasks.floats(output),
                rows, in, out, new ProductLowering.Place(weight, out, 1, bias),
                addend == null ? -1 : TaskList.stride(addend), 0, tasks);
    }

    private static void embedding(NetworkOp.Embedding op, TaskList tasks) {
        int half = op.length() / 2;
        List<Double> frequencies = new ArrayList<>();
        for (int k = 0; k < half; k++) {
            frequencies.add(op.scale() * StrictMath.exp(-StrictMath.log(op.span()) * k / (half - 1)));
        }
        tasks.add(NetworkKernels::embed, tasks.floats(op.x()), tasks.arrays().doubleTable(frequencies),
                tasks.floats(op.embedded()), op.rows(), op.x().columns(), half);
    }
}
