package dev.idem.eval;

import java.util.List;

/**
 * The judgement of samples of a system of particles.
 *
 * @param metrics figures, each beside its floor where there is one
 * @param histograms of energies and of pair distances; none if hardly a sample has not exploded and there is no reference
 * @param energyCalls energies computed
 */
public record ParticleEvaluation(List<Metric> metrics, List<ParticleHistogram> histograms, long energyCalls) {

    /** Copies the lists. */
    public ParticleEvaluation {
        metrics = List.copyOf(metrics);
        histograms = List.copyOf(histograms);
    }
}
