package dev.idem.train;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known after an epoch; one line of {@code metrics.jsonl}.
 *
 * @param epoch epochs done, from 1
 * @param epochs epochs of the whole run
 * @param step training steps done
 * @param loss mean loss of the epoch's steps
 * @param gradientNorm mean global norm of the gradient before clipping
 * @param learningRate at the epoch's last step
 * @param effectiveSamples mean effective sample size of the Monte-Carlo weights
 * @param effectiveSamplesByNoise the same per noise bin, from the smallest noise up; NaN for a bin without rows
 * @param mixing coefficient c of the target score per noise bin; empty if the estimator does not learn it
 * @param mixingRowsLeftOut rows beyond the bound, left out of the mixing's sums in this epoch
 * @param energyW2 Wasserstein-2 distance between the energies of the newest replay points and of exact samples, in units
 *            of k_B T; NaN where no exact samples exist or the epoch ended without a refill
 * @param energyCalls energy calls of training so far
 * @param refinementCalls those of them that chains took
 * @param refill what chains made of the points of the refill; null if the replay keeps no energies or the epoch ended without a refill
 * @param stepsPerSecond training steps per second within the epoch, refill not counted
 * @param seconds wall time since training began, resumed parts added up
 * @param secondsLeft estimated wall time left
 */
public record EpochMetrics(int epoch, int epochs, long step, double loss, double gradientNorm, double learningRate,
        double effectiveSamples, List<Double> effectiveSamplesByNoise, List<Double> mixing, long mixingRowsLeftOut,
        double energyW2, long energyCalls, long refinementCalls, @Nullable RefillMetrics refill, double stepsPerSecond,
        double seconds, double secondsLeft) {}
