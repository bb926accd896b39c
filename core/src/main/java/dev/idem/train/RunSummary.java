package dev.idem.train;

import dev.idem.eval.Metric;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Figures of a run; what {@code summary.json} holds.
 *
 * @param wallSeconds from the start of the call to the end of the evaluation, resumed parts added
 * @param trainSeconds time of training, resumed parts added
 * @param sampleSeconds time to draw the samples judged
 * @param energyCalls energy calls of training: one is one energy, or energy and gradient, of one configuration
 * @param targetEnergyCalls those of the targets
 * @param refinementEnergyCalls those of the chains that refine the replay
 * @param evaluationEnergyCalls energy calls of all evaluation, during training and after
 * @param peakHeapBytes sum of the peaks of the Java heap's pools: an upper bound of the peak heap
 * @param steps training steps
 * @param complete whether all epochs were made
 * @param seed the run's seed
 * @param task its task
 * @param preset its preset
 * @param device its device
 * @param threads worker threads of the CPU backend
 * @param version version of idem
 * @param samples samples judged
 * @param metrics figures by name
 * @param afterLangevin figures of the same samples after Langevin steps; null if those were not asked for
 */
public record RunSummary(double wallSeconds, double trainSeconds, double sampleSeconds, long energyCalls,
        long targetEnergyCalls, long refinementEnergyCalls, long evaluationEnergyCalls, long peakHeapBytes, long steps,
        boolean complete, long seed, String task,
        String preset, String device, int threads, String version, int samples, Map<String, Metric> metrics,
        @Nullable AfterLangevin afterLangevin) {

    /**
     * Judgement of samples that have made Metropolis-adjusted Langevin steps of fixed size.
     *
     * @param steps how many
     * @param stepSize their size, in squared model coordinates
     * @param trajectory steps between two tests
     * @param acceptance share of proposals accepted
     * @param energyCalls energy calls of the steps, not among those of training or evaluation
     * @param metrics figures by name
     */
    public record AfterLangevin(int steps, double stepSize, int trajectory, double acceptance, long energyCalls,
            Map<String, Metric> metrics) {}

    /** What the training knows before its samples are judged. */
    record Run(double secondsBefore, long begin, double trainSeconds, long steps, EnergyCalls energyCalls,
            long evaluationCalls, boolean complete, String device, int threads) {}
}
