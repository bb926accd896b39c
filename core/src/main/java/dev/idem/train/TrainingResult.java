package dev.idem.train;

import dev.idem.eval.ParticleHistogram;
import java.util.List;
import java.util.Optional;

/**
 * What a training leaves.
 *
 * @param sampler draws from what was trained; to be closed by the caller
 * @param complete whether all epochs were made; else it was cancelled or a limit was reached
 * @param summary figures of the run; absent if it was cancelled
 * @param histograms of energies and pair distances of the samples, if those are of particles
 */
public record TrainingResult(TrainedSampler sampler, boolean complete, Optional<RunSummary> summary,
        List<ParticleHistogram> histograms) {

    /** Copies the list. */
    public TrainingResult {
        histograms = List.copyOf(histograms);
    }
}
