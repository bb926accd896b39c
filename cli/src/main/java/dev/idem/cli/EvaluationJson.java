package dev.idem.cli;

import dev.idem.eval.Metric;
import java.util.Map;

/**
 * What {@code idem evaluate --json} writes.
 *
 * @param source run or file
 * @param task its task
 * @param seed seed of the samples, and of the exact ones they are compared with
 * @param samples number of samples
 * @param dimension coordinates
 * @param energyCalls energies computed
 * @param metrics figures by name, as in a run's summary.json
 */
record EvaluationJson(String source, String task, long seed, int samples, int dimension, long energyCalls,
        Map<String, Metric> metrics) {}
