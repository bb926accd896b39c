package dev.idem.nn;

import dev.idem.program.Activation;
import dev.idem.program.Buffer;
import dev.idem.program.NetworkOp;
import dev.idem.program.ProgramBuilder;
import java.util.Arrays;

/**
 * A network from a point and a time to a vector of the point's dimension: sinusoidal embeddings of all coordinates and of
 * time, an input layer, residual blocks a + activation(W a + b), a linear output layer.
 *
 * <p>The input layer is split: the part that sees time is computed by itself and added, so that a sampler, whose rows
 * share one time, computes it once.
 *
 * <p>Source: {@code mlp.py} of the iDEM reference implementation ({@code MyMLP}); weights here are [in][out], there
 * [out][in].
 *
 * @param dimension coordinates of a point
 * @param hidden width
 * @param blocks number of residual blocks
 * @param embedding length of one embedding
 * @param activation activation function
 * @param coordinateScale factor of coordinates before they are embedded
 * @param timeScale factor of time before it is embedded
 */
public record Mlp(int dimension, int hidden, int blocks, int embedding, Activation activation, double coordinateScale,
        double timeScale) implements PointNetwork {

    /** Returns the layout: input, blocks, output, each a weight and a bias. */
    @Override
    public ParameterLayout layout() {
        int inputs = (dimension + 1) * embedding;
        ParameterLayout.Builder builder = new ParameterLayout.Builder().add("input.weight", inputs, hidden, inputs)
                .add("input.bias", 1, hidden, inputs);
        for (int block = 0; block < blocks; block++) {
            builder.add("block" + block + ".weight", hidden, hidden, hidden).add("block" + block + ".bias", 1, hidden,
                    hidden);
        }
        return builder.add("output.weight", hidden, dimension, hidden).add("output.bias", 1, dimension, hidden).build();
    }

    /**
     * Returns initial parameters: uniform in ±1/√fan_in, the output layer zero if asked for.
     *
     * @param zeroOutput whether the network starts as the zero function
     */
    @Override
    public float[] initialParameters(long seed, boolean zeroOutput) {
        ParameterLayout layout = layout();
        float[] parameters = layout.initialParameters(seed);
        if (zeroOutput) {
            Arrays.fill(parameters, layout.slice("output.weight").offset(), parameters.length, 0f);
        }
        return parameters;
    }

    /**
     * Appends the network to a program and returns its output [row][dimension].
     *
     * @param parameters [parameter][1], as in {@link #layout}
     * @param x [row][dimension]
     * @param time [row][1], or [1][1] if all rows share it
     */
    @Override
    public Buffer apply(ProgramBuilder builder, Buffer parameters, Buffer x, Buffer time) {
        ParameterLayout layout = layout();
        int rows = x.rows();
        int weight = layout.slice("input.weight").offset();
        int timeWeight = weight + dimension * embedding * hidden;
        Buffer timeEmbedded = builder.scratch("timeEmbedded", time.rows(), embedding); // [row or 1][embedding]
        builder.add(new NetworkOp.Embedding(time, timeEmbedded, timeScale,
                NetworkOp.Embedding.USUAL_SPAN));
        Buffer timePart = builder.scratch("timePart", time.rows(), hidden); // [row or 1][hidden]
        builder.add(new NetworkOp.Linear(timeEmbedded, parameters, null, timePart, timeWeight,
                layout.slice("input.bias").offset()));
        Buffer embedded = builder.scratch("embedded", rows, dimension * embedding); // [row][axis·embedding]
        builder.add(new NetworkOp.Embedding(x, embedded, coordinateScale,
                NetworkOp.Embedding.USUAL_SPAN));
        Buffer preactivation = builder.scratch("z", rows, hidden);
        builder.add(new NetworkOp.Linear(embedded, parameters, timePart, preactivation, weight, -1));
        Buffer features = builder.scratch("a", rows, hidden);
        builder.add(new NetworkOp.Activate(preactivation, null, features, activation));
        for (int block = 0; block < blocks; block++) {
            preactivation = builder.scratch("z", rows, hidden);
            builder.add(linear(layout, "block" + block, features, parameters, preactivation));
            Buffer next = builder.scratch("a", rows, hidden);
            builder.add(new NetworkOp.Activate(preactivation, features, next, activation));
            features = next;
        }
        Buffer output = builder.scratch("output", rows, dimension);
        builder.add(linear(layout, "output", features, parameters, output));
        return output;
    }

    private static NetworkOp.Linear linear(ParameterLayout layout, String layer, Buffer input, Buffer parameters,
            Buffer output) {
        return new NetworkOp.Linear(input, parameters, null, output, layout.slice(layer + ".weight").offset(),
                layout.slice(layer + ".bias").offset());
    }
}
