package dev.idem.diffusion;

import dev.idem.nn.ClusterNetwork;
import dev.idem.nn.ParameterLayout;
import dev.idem.nn.PointNetwork;
import dev.idem.program.Buffer;
import dev.idem.program.ProgramBuilder;
import dev.idem.program.ScoreOp;

/**
 * A network and what its output means: the score itself, or the F of a denoiser x̂ = c_skip x + c_out F with c_skip = s²/(s² + h),
 * c_out = s √(h/(s² + h)), whose score is (x̂ − x)/h. A denoiser of F = 0 is the score of N(0, (s² + h) I).
 *
 * <p>Source of the denoiser: Karras et al. (arXiv 2206.00364), section 5.
 */
public sealed interface ScoreModel {

    /** Returns where the network's tensors lie in the flat buffer of parameters. */
    ParameterLayout layout();

    /** Returns initial parameters, a function of the seed; a denoiser starts at F = 0 or as near to it as it can. */
    float[] initialParameters(long seed);

    /**
     * Appends the score s_θ(t, x) to a program and returns it, [row][dimension].
     *
     * @param parameters [parameter][1], as in {@link #layout}
     * @param x [row][dimension]
     * @param time [row][1] or [1][1]
     * @param variance h, the noise variance at that time, [row][1] or [1][1]
     */
    Buffer score(ProgramBuilder builder, Buffer parameters, Buffer x, Buffer time, Buffer variance);

    /** The network's output is the score: as published. */
    record Direct(PointNetwork network) implements ScoreModel {
        @Override
        public ParameterLayout layout() {
            return network.layout();
        }

        @Override
        public float[] initialParameters(long seed) {
            return network.initialParameters(seed, false);
        }

        @Override
        public Buffer score(ProgramBuilder builder, Buffer parameters, Buffer x, Buffer time, Buffer variance) {
            return network.apply(builder, parameters, x, time);
        }
    }

    /**
     * F = network(c_in x, t) with c_in = 1/√(s² + h).
     *
     * @param dataDeviation s, standard deviation of the data per coordinate
     */
    record ScaledDenoiser(PointNetwork network, double dataDeviation) implements ScoreModel {
        @Override
        public ParameterLayout layout() {
            return network.layout();
        }

        @Override
        public float[] initialParameters(long seed) {
            return network.initialParameters(seed, true);
        }

        @Override
        public Buffer score(ProgramBuilder builder, Buffer parameters, Buffer x, Buffer time, Buffer variance) {
            Buffer scaled = builder.scratch("scaled", x.rows(), x.columns());
            builder.add(new ScoreOp.ScaleInput(x, variance, scaled, dataDeviation));
            return denoiserScore(builder, x, network.apply(builder, parameters, scaled, time), variance,
                    dataDeviation);
        }
    }

    /** F = network(x, h): distances between particles mean something only as they are. */
    record ClusterDenoiser(ClusterNetwork network) implements ScoreModel {
        @Override
        public ParameterLayout layout() {
            return network.layout();
        }

        @Override
        public float[] initialParameters(long seed) {
            return network.initialParameters(seed);
        }

        @Override
        public Buffer score(ProgramBuilder builder, Buffer parameters, Buffer x, Buffer time, Buffer variance) {
            return denoiserScore(builder, x, network.apply(builder, parameters, x, variance), variance,
                    network.dataDeviation());
        }
    }

    private static Buffer denoiserScore(ProgramBuilder builder, Buffer x, Buffer output, Buffer variance,
            double dataDeviation) {
        Buffer score = builder.scratch("score", x.rows(), x.columns());
        builder.add(new ScoreOp.DenoiserScore(x, output, variance, score, dataDeviation));
        return score;
    }
}
