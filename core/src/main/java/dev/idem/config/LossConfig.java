package dev.idem.config;

/**
 * The loss: mean over the batch of λ(h)/dimension · ‖score − target‖².
 *
 * @param weight λ
 * @param levels how the time of each row is drawn
 */
public record LossConfig(Weight weight, Levels levels) {

    /** The weight λ(h). */
    public enum Weight {
        /** λ = 1. */
        UNIT,
        /** λ = h + 1e-3: as published for the mixture. */
        VARIANCE,
        /** λ = h (s² + h)/s²: the error of the preconditioned network's output. */
        DENOISER
    }

    /** How times are drawn. */
    public enum Levels {
        /** Independently and uniformly: as published. */
        UNIFORM,
        /** One in each of batchSize equal parts of [0, 1]. */
        STRATIFIED
    }
}
