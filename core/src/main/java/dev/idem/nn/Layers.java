package dev.idem.nn;

import dev.idem.program.Activation;
import dev.idem.program.Buffer;
import dev.idem.program.NetworkOp;
import dev.idem.program.ProgramBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Appends layers by the name of their tensors.
 *
 * @param builder the program
 * @param layout where the tensors lie; the bias of a layer, if it has one, is named like its weight
 * @param parameters [parameter][1]
 */
record Layers(ProgramBuilder builder, ParameterLayout layout, Buffer parameters) {

    /** Returns where a tensor begins. */
    int at(String tensor) {
        return layout.slice(tensor).offset();
    }

    private int bias(String layer) {
        return layout.slices().stream().filter(slice -> slice.name().equals(layer + ".bias"))
                .mapToInt(ParameterLayout.Slice::offset).findFirst().orElse(-1);
    }

    /** Appends output = input · W + b. */
    Buffer linear(String layer, Buffer input, Buffer output) {
        return linear(layer, 0, true, input, output);
    }

    /** Appends the product with a part of a layer's weight that begins {@code skipped} parameters behind its start. */
    Buffer linear(String layer, int skipped, boolean biased, Buffer input, Buffer output) {
        builder.add(new NetworkOp.Linear(input, parameters, null, output, at(layer + ".weight") + skipped,
                biased ? bias(layer) : -1));
        return output;
    }

    /** Appends output = silu(input) · W + b + addend. */
    Buffer activated(String layer, Buffer input, @Nullable Buffer addend, Buffer output) {
        builder.add(new NetworkOp.ActivatedLinear(input, parameters, addend, output, at(layer + ".weight"),
                bias(layer), Activation.SILU));
        return output;
    }

    /**
     * Appends h' = h + W2 silu(W1 [h, sums] + b1) + b2, of layers named node1 and node2.
     *
     * @param features h [sample][particle][feature]
     * @param sums as features
     */
    Buffer nodeUpdate(String prefix, Buffer features, Buffer sums) {
        int hidden = features.columns();
        Buffer own = linear(prefix + "node1", features, builder.scratch("zOwn", features.shape()));
        Buffer node = builder.scratch("zNode", features.shape());
        builder.add(new NetworkOp.Linear(sums, parameters, own, node, at(prefix + "node1.weight") + hidden * hidden,
                -1));
        return activated(prefix + "node2", node, features, builder.scratch("h", features.shape()));
    }
}
