package dev.idem.nn;

import dev.idem.program.Buffer;
import dev.idem.program.ProgramBuilder;

/** A network from a point and a time to a vector of the point's dimension. */
public sealed interface PointNetwork permits Mlp, Egnn {

    /** Returns where its tensors lie in the flat buffer of parameters. */
    ParameterLayout layout();

    /**
     * Returns initial parameters, a function of the seed.
     *
     * @param zero whether the network should start as the zero function, or as near to it as it can
     */
    float[] initialParameters(long seed, boolean zero);

    /**
     * Appends the network to a program and returns its output [row][dimension].
     *
     * @param parameters [parameter][1], as in {@link #layout}
     * @param x [row][dimension]
     * @param time [row][1], or [1][1] if all rows share it
     */
    Buffer apply(ProgramBuilder builder, Buffer parameters, Buffer x, Buffer time);
}
