package dev.idem.nn;

import dev.idem.program.Activation;
import dev.idem.program.Buffer;
import dev.idem.program.NetworkOp;
import dev.idem.program.PairOp;
import dev.idem.program.Pairs;
import dev.idem.program.ProgramBuilder;
import dev.idem.program.RadialBasis;
import dev.idem.program.ScoreOp;
import dev.idem.program.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An equivariant network for clusters that predicts the clean point, x̂ = c_skip x + c_out F with c_skip = s²/(s² + h), c_out =
 * s √(h/(s² + h)), c_in = 1/√(s² + h). Every layer but the first takes its geometry from the estimate so far.
 *
 * <pre>
 * t   = silu(W_2 silu(W_1 [sin 3 f ln σ, cos 3 f ln σ] + b) + b),   8 frequencies f, geometric from 0.15 to 2.5
 * h_i = W_0 t + b + W_x radial(|x_i|),   F = 0
 * per layer, on unordered pairs:
 *   X    = x in the first layer, then c_skip x + c_out F
 *   e    = radial(|X_i − X_j|), after the first layer also radial(|x_i − x_j|)
 *   m    = silu(W silu(p_i + p_j + (C e) ⊙ (1 + G_1 t)) + b),   p = A h + b
 *   F_i += Σ_j (X_i − X_j)/(r + 1) m · (w ⊙ (1 + G_2 t))
 *   h_i += N_2 silu(N_1 [h_i, Σ_j m/√N] + b) + b,   not after the last layer
 * F_i += c_in x_i (h_i · w_x);   the output is F less its mean
 * </pre>
 *
 * <p>Equivariant to rotations, reflections and permutations, invariant to translations. It starts as F = 0: w, w_x, G_1 and G_2 are zero.
 *
 * @param particles at least 2
 * @param axes axes of a position
 * @param hidden width
 * @param layers number of layers, at least 1
 * @param pairs radial functions of distances between particles
 * @param nodes radial functions of distances from the centre
 */
public record ClusterNetwork(int particles, int axes, int hidden, int layers, RadialBasis pairs, RadialBasis nodes) {

    private static final int FREQUENCIES = 8;
    private static final double HIGHEST_FREQUENCY = 3 * 2.5;
    private static final double FREQUENCY_SPAN = 2.5 / 0.15;

    /** @throws IllegalArgumentException if a size is too small or the deviations of the two bases differ */
    public ClusterNetwork {
        if (particles < 2 || axes < 1 || hidden < 1 || layers < 1) {
            throw new IllegalArgumentException("needs particles >= 2, axes >= 1, hidden >= 1, layers >= 1, got "
                    + particles + ", " + axes + ", " + hidden + ", " + layers);
        }
        if (pairs.dataDeviation() != nodes.dataDeviation()) {
            throw new IllegalArgumentException("the bases must have one data deviation, got " + pairs.dataDeviation()
                    + " and " + nodes.dataDeviation());
        }
    }

    /** Returns s, the standard deviation of the data per coordinate. */
    public double dataDeviation() {
        return pairs.dataDeviation();
    }

    /** Returns the layout: time, particles, then layer by layer, then the last term. */
    public ParameterLayout layout() {
        ParameterLayout.Builder builder = new ParameterLayout.Builder();
        add(builder, "time1", 2 * FREQUENCIES, hidden);
        add(builder, "time2", hidden, hidden);
        add(builder, "node", hidden, hidden);
        builder.add("centre.weight", nodes.size(), hidden, nodes.size());
        for (int layer = 0; layer < layers; layer++) {
            String name = "layer" + layer + ".";
            int functions = (layer == 0 ? 1 : 2) * pairs.size();
            add(builder, name + "ends", hidden, hidden);
            builder.add(name + "radial.weight", functions, hidden, functions);
            add(builder, name + "message", hidden, hidden);
            add(builder, name + "radialGain", hidden, hidden);
            builder.add(name + "move.weight", hidden, 1, hidden);
            add(builder, name + "moveGain", hidden, hidden);
            if (layer < layers - 1) {
                add(builder, name + "node1", 2 * hidden, hidden);
                add(builder, name + "node2", hidden, hidden);
            }
        }
        return builder.add("position.weight", hidden, 1, hidden).build();
    }

    private static void add(ParameterLayout.Builder builder, String layer, int in, int out) {
        builder.add(layer + ".weight", in, out, in).add(layer + ".bias", 1, out, in);
    }

    /** Returns initial parameters: uniform in ±1/√fan_in, zero where the class comment says so. */
    public float[] initialParameters(long seed) {
        ParameterLayout layout = layout();
        float[] parameters = layout.initialParameters(seed);
        for (ParameterLayout.Slice slice : layout.slices()) {
            String tensor = slice.name();
            if (tensor.contains("Gain.") || tensor.endsWith("move.weight") || tensor.equals("position.weight")) {
                Arrays.fill(parameters, slice.offset(), slice.offset() + slice.size(), 0f);
            }
        }
        return parameters;
    }

    /**
     * Appends the network to a program and returns its output F [sample][particle·axis], of mean zero over the particles.
     *
     * @param parameters [parameter][1], as in {@link #layout}
     * @param x [sample][particle·axis], as it is, not scaled
     * @param variance h, [sample][1], or [1][1] if all samples share it
     */
    public Buffer apply(ProgramBuilder builder, Buffer parameters, Buffer x, Buffer variance) {
        Layers net = new Layers(builder, layout(), parameters);
        Buffer centred = builder.scratch("centred", x.shape());
        builder.add(new PairOp.Displacement(x, null, centred, particles));
        Buffer time = time(net, variance);
        Buffer features = features(net, centred, variance, time);
        Buffer output = null;
        for (int layer = 0; layer < layers; layer++) {
            String name = "layer" + layer + ".";
            Buffer sums = layer == layers - 1 ? null : builder.scratch("sums", features.shape());
            output = layer(net, name, features, centred, output, variance, time, sums);
            if (sums != null) {
                features = net.nodeUpdate(name, features, sums);
            }
        }
        if (output == null) {
            throw new IllegalStateException("there is no layer");
        }
        Buffer coefficients = net.linear("position", features, builder.scratch("y", items(x, particles, 1)));
        Buffer whole = builder.scratch("f", x.shape());
        builder.add(new PairOp.PositionTerm(centred, coefficients, variance, output, whole, dataDeviation()));
        Buffer moved = builder.scratch("output", x.shape());
        builder.add(new PairOp.Displacement(whole, null, moved, particles));
        return moved;
    }

    private static Shape items(Buffer x, int items, int columns) {
        return new Shape(x.samples(), items, columns);
    }

    private Buffer time(Layers net, Buffer variance) {
        ProgramBuilder builder = net.builder();
        Buffer logDeviation = builder.scratch("logDeviation", variance.shape());
        builder.add(new ScoreOp.LogDeviation(variance, logDeviation));
        Buffer embedded = builder.scratch("embedded", variance.rows(), 2 * FREQUENCIES);
        builder.add(new NetworkOp.Embedding(logDeviation, embedded, HIGHEST_FREQUENCY, FREQUENCY_SPAN));
        Buffer first = net.linear("time1", embedded, builder.scratch("zTime", variance.rows(), hidden));
        Buffer second = net.activated("time2", first, null, builder.scratch("zTime", variance.rows(), hidden));
        Buffer time = builder.scratch("time", second.shape());
        builder.add(new NetworkOp.Activate(second, null, time, Activation.SILU));
        return time;
    }

    private Buffer features(Layers net, Buffer x, Buffer variance, Buffer time) {
        ProgramBuilder builder = net.builder();
        Buffer row = net.linear("node", time, builder.scratch("row", time.shape()));
        Buffer spread = builder.scratch("spread", items(x, particles, hidden));
        builder.add(new PairOp.Spread(row, spread));
        Buffer squares = builder.scratch("norms", items(x, particles, 1));
        builder.add(new PairOp.SquaredNorms(x, squares));
        Buffer radial = builder.scratch("radialNode", items(x, particles, nodes.size()));
        builder.add(new PairOp.RadialFunctions(squares, variance, radial, nodes));
        Buffer features = builder.scratch("h", spread.shape());
        builder.add(new NetworkOp.Linear(radial, net.parameters(), spread, features, net.at("centre.weight"), -1));
        return features;
    }

    private Buffer layer(Layers net, String name, Buffer features, Buffer x, @Nullable Buffer before, Buffer variance,
            Buffer time, @Nullable Buffer sums) {
        ProgramBuilder builder = net.builder();
        Pairs graph = new Pairs(particles, false);
        Buffer radialGain = net.linear(name + "radialGain", time, builder.scratch("radialGain", time.shape()));
        Buffer moveGain = net.linear(name + "moveGain", time, builder.scratch("moveGain", time.shape()));
        Buffer vector = builder.scratch("vector", time.shape());
        builder.add(new NetworkOp.Modulate(moveGain, net.parameters(), vector, net.at(name + "move.weight")));
        Buffer point = x;
        if (before != null) {
            point = builder.scratch("point", x.shape());
            builder.add(new ScoreOp.Denoised(x, before, variance, point, dataDeviation()));
        }
        Buffer ends = net.linear(name + "ends", features, builder.scratch("p", features.shape()));
        int distances = before == null ? 1 : 2;
        Buffer squares = builder.scratch("squares", items(x, graph.count(), distances));
        Buffer directions = builder.scratch("directions", items(x, graph.count(), axes));
        builder.add(new PairOp.Geometry(point, before == null ? null : x, squares, directions, graph));
        Buffer radial = builder.scratch("radial", items(x, graph.count(), distances * pairs.size()));
        builder.add(new PairOp.RadialFunctions(squares, variance, radial, pairs));
        Shape edge = items(x, graph.count(), hidden);
        Buffer edges = net.linear(name + "radial", radial, builder.scratch("e", edge));
        Buffer input = builder.scratch("z", edge);
        builder.add(new PairOp.EdgeInput(ends, ends, edges, radialGain, input, graph));
        Buffer second = net.activated(name + "message", input, null, builder.scratch("zMessage", edge));
        Buffer message = builder.scratch("m", edge);
        builder.add(new NetworkOp.Activate(second, null, message, Activation.SILU));
        if (sums != null) {
            builder.add(new PairOp.NodeSum(message, sums, 1 / Math.sqrt(particles), graph));
        }
        Buffer weights = builder.scratch("weights", items(x, graph.count(), 1));
        builder.add(new PairOp.VectorDot(message, vector, weights));
        Buffer moved = builder.scratch("f", x.shape());
        builder.add(new PairOp.CoordinateUpdate(before, directions, weights, moved, graph, 0));
        return moved;
    }
}
