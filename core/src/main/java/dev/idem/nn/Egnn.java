package dev.idem.nn;

import dev.idem.program.Buffer;
import dev.idem.program.NetworkOp;
import dev.idem.program.PairOp;
import dev.idem.program.Pairs;
import dev.idem.program.ProgramBuilder;
import dev.idem.program.Shape;

/**
 * The published equivariant network for particle systems: messages on the complete graph of ordered pairs move the particles; the output
 * is how far they have moved, less its mean.
 *
 * <pre>
 * h_i = W_emb t + b_emb,   X = x
 * per layer, from the h and X before it:
 *   z_ij = W_e1 [h_i, h_j, |X_i − X_j|², |x_i − x_j|²] + b_e1
 *   m_ij = gate(W_e2 silu(z_ij) + b_e2),   gate(z) = a sigmoid(w_a · a + b_a), a = silu(z)
 *   c_ij = R tanh(w_c2 · silu(W_c1 m_ij + b_c1)),   R = 15 / layers
 *   X_i += Σ_j (X_i − X_j)/(√(|X_i − X_j|² + 1e-8) + 1) c_ij
 *   h_i += W_n2 silu(W_n1 [h_i, Σ_j m_ij] + b_n1) + b_n2,   not after the last layer
 * </pre>
 *
 * <p>Equivariant to rotations, reflections and permutations, invariant to translations.
 *
 * <p>Source: Satorras et al. (arXiv 2102.09844) as in {@code egnn.py} of the iDEM reference implementation. Its read-out of h and the
 * node update of its last layer receive no gradient; they are left out here.
 *
 * @param particles at least 2
 * @param axes axes of a position
 * @param hidden width
 * @param layers number of layers, at least 1
 */
public record Egnn(int particles, int axes, int hidden, int layers) implements PointNetwork {

    /** A particle moves at most this far in all layers, per neighbour. */
    private static final double REACH = 15;

    /** Gain of the initial weights that move particles: the network starts near zero. */
    private static final double MOVE_GAIN = 0.001;

    /** @throws IllegalArgumentException if a size is too small */
    public Egnn {
        if (particles < 2 || axes < 1 || hidden < 1 || layers < 1) {
            throw new IllegalArgumentException("needs particles >= 2, axes >= 1, hidden >= 1, layers >= 1, got "
                    + particles + ", " + axes + ", " + hidden + ", " + layers);
        }
    }

    /** Returns the layout: embedding, then layer by layer; the first layer of messages in the order receiver, sender, squares. */
    @Override
    public ParameterLayout layout() {
        ParameterLayout.Builder builder = new ParameterLayout.Builder().add("embedding.weight", 1, hidden, 1)
                .add("embedding.bias", 1, hidden, 1);
        for (int layer = 0; layer < layers; layer++) {
            String name = "layer" + layer + ".";
            int inputs = 2 * hidden + 2;
            builder.add(name + "edge1.weight", inputs, hidden, inputs).add(name + "edge1.bias", 1, hidden, inputs)
                    .add(name + "edge2.weight", hidden, hidden, hidden).add(name + "edge2.bias", 1, hidden, hidden);
            if (layer < layers - 1) {
                builder.add(name + "node1.weight", 2 * hidden, hidden, 2 * hidden)
                        .add(name + "node1.bias", 1, hidden, 2 * hidden)
                        .add(name + "node2.weight", hidden, hidden, hidden)
                        .add(name + "node2.bias", 1, hidden, hidden);
            }
            builder.add(name + "move1.weight", hidden, hidden, hidden).add(name + "move1.bias", 1, hidden, hidden)
                    .add(name + "move2.weight", hidden, 1, hidden).add(name + "gate.weight", hidden, 1, hidden)
                    .add(name + "gate.bias", 1, 1, hidden);
        }
        return builder.build();
    }

    /**
     * Returns initial parameters: uniform in ±1/√fan_in, the last weights of a move in ±0.001 √(6/(hidden + 1)).
     *
     * @param zero of no consequence: the network starts near zero in any case
     */
    @Override
    public float[] initialParameters(long seed, boolean zero) {
        ParameterLayout layout = layout();
        float[] parameters = layout.initialParameters(seed);
        float factor = (float) (MOVE_GAIN * Math.sqrt(6.0 / (hidden + 1)) * Math.sqrt(hidden));
        for (int layer = 0; layer < layers; layer++) {
            ParameterLayout.Slice slice = layout.slice("layer" + layer + ".move2.weight");
            for (int i = slice.offset(); i < slice.offset() + slice.size(); i++) {
                parameters[i] *= factor;
            }
        }
        return parameters;
    }

    /**
     * Appends the network to a program and returns its output [sample][particle·axis], of mean zero over the particles.
     *
     * @param parameters [parameter][1], as in {@link #layout}
     * @param x [sample][particle·axis]
     * @param time [sample][1], or [1][1] if all samples share it
     */
    @Override
    public Buffer apply(ProgramBuilder builder, Buffer parameters, Buffer x, Buffer time) {
        Layers net = new Layers(builder, layout(), parameters);
        Pairs pairs = new Pairs(particles, true);
        Buffer embedded = net.linear("embedding", time, builder.scratch("embedded", time.rows(), hidden));
        Buffer features = builder.scratch("h", new Shape(x.samples(), particles, hidden));
        builder.add(new PairOp.Spread(embedded, features));
        Buffer position = x;
        for (int layer = 0; layer < layers; layer++) {
            String name = "layer" + layer + ".";
            Shape edge = new Shape(x.samples(), pairs.count(), hidden); // [sample][edge][feature]
            Buffer directions = builder.scratch("directions", new Shape(x.samples(), pairs.count(), axes));
            Buffer message = message(net, name, features, position, x, directions, pairs);
            Buffer sums = builder.scratch("sums", features.shape());
            boolean last = layer == layers - 1;
            if (!last) {
                builder.add(new PairOp.NodeSum(message, sums, 1, pairs));
            }
            Buffer moving = net.linear(name + "move1", message, builder.scratch("zMove", edge));
            Buffer weights = net.activated(name + "move2", moving, null,
                    builder.scratch("weights", new Shape(x.samples(), pairs.count(), 1)));
            Buffer moved = builder.scratch("x", x.shape());
            builder.add(new PairOp.CoordinateUpdate(position, directions, weights, moved, pairs, REACH / layers));
            position = moved;
            if (!last) {
                features = net.nodeUpdate(name, features, sums);
            }
        }
        Buffer output = builder.scratch("output", x.shape());
        builder.add(new PairOp.Displacement(position, x, output, particles));
        return output;
    }

    private Buffer message(Layers net, String name, Buffer features, Buffer position, Buffer x, Buffer directions,
            Pairs pairs) {
        ProgramBuilder builder = net.builder();
        int square = hidden * hidden;
        Buffer receivers = net.linear(name + "edge1", 0, true, features, builder.scratch("p", features.shape()));
        Buffer senders = net.linear(name + "edge1", square, false, features, builder.scratch("q", features.shape()));
        Buffer squares = builder.scratch("squares", new Shape(x.samples(), pairs.count(), 2));
        builder.add(new PairOp.Geometry(position, x, squares, directions, pairs));
        Shape edge = new Shape(x.samples(), pairs.count(), hidden);
        Buffer edges = net.linear(name + "edge1", 2 * square, false, squares, builder.scratch("e", edge));
        Buffer input = builder.scratch("z", edge);
        builder.add(new PairOp.EdgeInput(receivers, senders, edges, null, input, pairs));
        Buffer second = net.activated(name + "edge2", input, null, builder.scratch("zMessage", edge));
        Buffer message = builder.scratch("m", edge);
        builder.add(new NetworkOp.Gate(second, net.parameters(), message, net.at(name + "gate.weight"),
                net.at(name + "gate.bias")));
        return message;
    }
}
