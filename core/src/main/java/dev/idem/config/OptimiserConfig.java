package dev.idem.config;

/**
 * Adam with warm-up, cosine decay, clipping and a moving average.
 *
 * @param learningRate largest learning rate
 * @param warmupSteps steps over which it rises; 0 for none
 * @param finalFraction what is left of it at the last step; 1 for a constant rate
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon guard of the division
 * @param clipNorm largest global norm of the gradient
 * @param averageDecay decay of the moving average that samples are drawn with; 0 to use the parameters themselves
 */
public record OptimiserConfig(double learningRate, int warmupSteps, double finalFraction, double beta1, double beta2,
        double epsilon, double clipNorm, double averageDecay) {

    /** @throws IllegalArgumentException if a value is out of range */
    public OptimiserConfig {
        Names.require(Names.positive(learningRate), "optimiser.learningRate", learningRate, "positive and finite");
        Names.require(warmupSteps >= 0, "optimiser.warmupSteps", warmupSteps, ">= 0");
        Names.require(finalFraction >= 0 && finalFraction <= 1, "optimiser.finalFraction", finalFraction,
                "in [0, 1]");
        Names.require(beta1 >= 0 && beta1 < 1, "optimiser.beta1", beta1, "in [0, 1)");
        Names.require(beta2 >= 0 && beta2 < 1, "optimiser.beta2", beta2, "in [0, 1)");
        Names.require(Names.positive(epsilon), "optimiser.epsilon", epsilon, "positive and finite");
        Names.require(Names.positive(clipNorm), "optimiser.clipNorm", clipNorm, "positive and finite");
        Names.require(averageDecay >= 0 && averageDecay < 1, "optimiser.averageDecay", averageDecay, "in [0, 1)");
    }
}
