package dev.idem.cli;

import dev.idem.eval.Metric;
import dev.idem.train.ExcessLoss;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code idem evaluate --json} writes.
 *
 * @param source run or file
 * @param task its task
 * @param seed seed of the samples, and of the exact ones they are compared with
 * @param samples number of samples
 * @param dimension coordinates
 * @param energyCalls energies computed to judge
 * @param metrics figures by name, as in a run's summary.json
 * @param compared with --controls, the bare sampler's samples, those after Langevin steps, and the controls; else none
 * @param excessLoss with --excess-loss, how far the network is from the true score, level by level; else null
 */
record EvaluationJson(String source, String task, long seed, int samples, int dimension, long energyCalls,
        Map<String, Metric> metrics, Map<String, Compared> compared, @Nullable ExcessLoss excessLoss) {

    /**
     * Samples as many as those judged.
     *
     * @param description how they were drawn
     * @param energyCalls energies that this took, training included
     * @param metrics figures by name
     */
    record Compared(String description, long energyCalls, Map<String, Metric> metrics) {}
}
