package dev.idem.config;

/**
 * A whole training run. The JSON form has the components' names as keys.
 *
 * @param method where training points come from
 * @param noise noise levels
 * @param network network and what it predicts
 * @param estimator how the score of the noised target is estimated from the energy
 * @param loss weight of a row and how its noise level is drawn
 * @param optimiser Adam, learning rate, clipping, moving average
 * @param replay the buffer of past samples
 * @param refine chains that refine the points of the replay
 * @param refill the sampler that fills the replay
 * @param sampler the sampler that draws results
 * @param loop sizes and lengths
 * @param evaluation what is measured at the end
 */
public record TrainConfig(Method method, NoiseConfig noise, NetworkConfig network, EstimatorConfig estimator,
        LossConfig loss, OptimiserConfig optimiser, ReplayConfig replay, RefineConfig refine, SamplerConfig refill,
        SamplerConfig sampler,
        LoopConfig loop, EvaluationConfig evaluation) {

    /** Where training points come from. */
    public enum Method {
        /** Points of the replay, which the current sampler fills: iDEM, algorithm 1 of arXiv 2402.06121. */
        IDEM,
        /** Points of the prior: pDEM. */
        PDEM
    }

    /**
     * Checks what one part alone cannot know.
     *
     * @throws IllegalArgumentException naming the keys that contradict each other
     */
    public TrainConfig {
        if (estimator.copiesVary() && loss.levels() != LossConfig.Levels.STRATIFIED) {
            throw new IllegalArgumentException("estimator.minCopies (" + estimator.minCopies()
                    + ") may differ from estimator.copies (" + estimator.copies() + "), and estimator.bandCopies ("
                    + estimator.bandCopies()
                    + ") from 0, only with loss.levels = stratified, which fixes the noise level of each row");
        }
        if (network.predicts() == NetworkConfig.Predicts.DENOISER && noise.startsAtZero()) {
            throw new IllegalArgumentException("network.predicts = denoiser needs noise levels above zero: "
                    + "set noise.schedule = log-uniform, not " + Names.of(noise.schedule()));
        }
        if (replay.startPoints() > replay.capacity() || replay.refillPoints() > replay.capacity()) {
            throw new IllegalArgumentException("replay.startPoints (" + replay.startPoints()
                    + ") and replay.refillPoints (" + replay.refillPoints() + ") must not exceed replay.capacity ("
                    + replay.capacity() + ")");
        }
        if (refine.oldPoints() > replay.startPoints()) {
            throw new IllegalArgumentException("refine.oldPoints (" + refine.oldPoints()
                    + ") must not exceed replay.startPoints (" + replay.startPoints() + ")");
        }
        if (evaluation.langevinSteps() % refine.trajectory() != 0) {
            throw new IllegalArgumentException("evaluation.langevinSteps (" + evaluation.langevinSteps()
                    + ") must be a multiple of refine.trajectory (" + refine.trajectory() + ")");
        }
        if (replay.start() == ReplayConfig.Start.VIRIAL && refine.relaxSteps() == 0) {
            throw new IllegalArgumentException(
                    "replay.start = virial is a descent of at most refine.relaxSteps steps: set "
                            + "that above 0");
        }
        if (method == Method.PDEM && estimator.usesPairs()) {
            throw new IllegalArgumentException("method = pdem trains on points of the prior, which have no force: "
                    + "set estimator.source = monte-carlo, not " + Names.of(estimator.source()));
        }
    }

    /** Returns whether the replay keeps energies and forces beside its points. */
    public boolean keepsForces() {
        return estimator.usesPairs() || refine.steps() > 0 || replay.startsByDescent();
    }
}
