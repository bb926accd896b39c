package dev.idem.program;

import java.util.List;

/**
 * Ops between a network's output and the score, for a network that predicts the clean point.
 *
 * <p>x̂ = c_skip x + c_out F(c_in x) with c_skip = s²/(s²+h), c_out = √h s/√(s²+h), c_in = 1/√(s²+h), and score =
 * (x̂ − x)/h, which is −x/(s²+h) + F · s/√(h (s²+h)): no difference of nearly equal numbers.
 *
 * <p>Source: Karras et al., "Elucidating the design space of diffusion models" (arXiv 2206.00364), table 1; h is the
 * noise variance, s the standard deviation of the data per coordinate.
 */
public sealed interface ScoreOp extends Op {

    /**
     * scaled = x/√(s² + variance).
     *
     * @param x [row][dimension], not modified
     * @param variance [row][1], not modified
     * @param scaled [row][dimension], modified
     */
    record ScaleInput(Buffer x, Buffer variance, Buffer scaled, double dataDeviation) implements ScoreOp {
        @Override
        public List<Buffer> reads() {
            return List.of(x, variance);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(scaled);
        }
    }

    /**
     * score = −x/(s² + variance) + output · s/√(variance (s² + variance)).
     *
     * @param x [row][dimension], not modified
     * @param output [row][dimension], not modified: F of the network
     * @param variance [row][1], not modified; positive
     * @param score [row][dimension], modified
     */
    record DenoiserScore(Buffer x, Buffer output, Buffer variance, Buffer score, double dataDeviation)
            implements
                ScoreOp {
        @Override
        public List<Buffer> reads() {
            return List.of(x, output, variance);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(score);
        }
    }

    /**
     * denoised = x̂ = x s²/(s² + variance) + output · s √(variance/(s² + variance)).
     *
     * @param x [row][dimension], not modified; a constant for the gradient
     * @param output [row][dimension], not modified: F of the network, or of its layers so far
     * @param variance [row][1], not modified
     * @param denoised [row][dimension], modified
     */
    record Denoised(Buffer x, Buffer output, Buffer variance, Buffer denoised, double dataDeviation)
            implements
                ScoreOp {
        @Override
        public List<Buffer> reads() {
            return List.of(x, output, variance);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(denoised);
        }
    }

    /**
     * logDeviation = ln √variance.
     *
     * @param variance [row][1], not modified; positive
     * @param logDeviation [row][1], modified
     */
    record LogDeviation(Buffer variance, Buffer logDeviation) implements ScoreOp {
        @Override
        public List<Buffer> reads() {
            return List.of(variance);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(logDeviation);
        }
    }
}
