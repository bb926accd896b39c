package dev.idem.diffusion;

import dev.idem.nn.PointNetwork;
import dev.idem.program.Buffer;
import dev.idem.program.ProgramBuilder;
import dev.idem.program.ScoreOp;

/**
 * A network and what its output means.
 *
 * @param network the network
 * @param denoiser whether it predicts the clean point (preconditioned), else the score itself
 * @param dataDeviation standard deviation of the data per coordinate, for the preconditioning
 */
public record ScoreModel(PointNetwork network, boolean denoiser, double dataDeviation) {

    /**
     * Appends the score s_θ(t, x) to a program and returns it, [row][dimension].
     *
     * @param parameters [parameter][1]
     * @param x [row][dimension]
     * @param time [row][1] or [1][1]
     * @param variance noise variance at that time, [row][1] or [1][1]
     */
    public Buffer score(ProgramBuilder builder, Buffer parameters, Buffer x, Buffer time, Buffer variance) {
        if (!denoiser) {
            return network.apply(builder, parameters, x, time);
        }
        Buffer scaled = builder.scratch("scaled", x.rows(), x.columns());
        builder.add(new ScoreOp.ScaleInput(x, variance, scaled, dataDeviation));
        Buffer output = network.apply(builder, parameters, scaled, time);
        Buffer score = builder.scratch("score", x.rows(), x.columns());
        builder.add(new ScoreOp.DenoiserScore(x, output, variance, score, dataDeviation));
        return score;
    }

    /** Returns initial parameters; a denoiser starts as the score of N(0, (s² + h) I). */
    public float[] initialParameters(long seed) {
        return network.initialParameters(seed, denoiser);
    }
}
