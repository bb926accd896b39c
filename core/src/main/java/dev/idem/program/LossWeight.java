package dev.idem.program;

/** The factor λ of a row's squared score error, a function of the noise variance h. */
public sealed interface LossWeight {

    /** Returns λ(h). */
    double at(double variance);

    /** λ = 1: the published choice for particles. */
    record Unit() implements LossWeight {
        @Override
        public double at(double variance) {
            return 1;
        }
    }

    /** λ = h + 1e-3: the published choice for the mixture ("basic"). */
    record Variance() implements LossWeight {
        private static final double GUARD = 1e-3;

        @Override
        public double at(double variance) {
            return variance + GUARD;
        }
    }

    /**
     * λ = h (s² + h)/s²: the squared error of the network's output F, which has unit variance at every noise level.
     *
     * @param dataDeviation s, positive
     */
    record Denoiser(double dataDeviation) implements LossWeight {
        @Override
        public double at(double variance) {
            double square = dataDeviation * dataDeviation;
            return variance * (square + variance) / square;
        }
    }
}
