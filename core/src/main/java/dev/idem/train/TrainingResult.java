package dev.idem.train;

import java.util.Optional;

/**
 * What a training leaves.
 *
 * @param sampler draws from what was trained; to be closed by the caller
 * @param complete whether all epochs were made; else it was cancelled or a limit was reached
 * @param summary figures of the run; absent if it was cancelled
 */
public record TrainingResult(TrainedSampler sampler, boolean complete, Optional<RunSummary> summary) {}
