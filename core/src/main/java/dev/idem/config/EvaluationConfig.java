package dev.idem.config;

/**
 * What is measured at the end of a run.
 *
 * @param samples samples drawn for {@code samples.npy} and for mode weights and mean log density
 * @param setSize samples in each of the two sets of a Wasserstein distance
 * @param pairs pairs of sets of which the Wasserstein distance is the mean; 0 for none
 * @param langevinSteps Metropolis-adjusted Langevin steps of the fixed size {@code refine.stepSize}, after which samples are judged a
 *            second time; 0 for none
 */
public record EvaluationConfig(int samples, int setSize, int pairs, int langevinSteps) {

    private static final int MOST_STEPS = 10_000_000;

    /** Returns what judges samples only as they were drawn. */
    public EvaluationConfig(int samples, int setSize, int pairs) {
        this(samples, setSize, pairs, 0);
    }

    /** @throws IllegalArgumentException if a value is out of range */
    public EvaluationConfig {
        Names.require(samples >= 1 && samples <= 100_000_000, "evaluation.samples", samples, "in [1, 1e8]");
        Names.require(setSize >= 1 && setSize <= 5000, "evaluation.setSize", setSize, "in [1, 5000]");
        Names.require(pairs >= 0 && pairs <= 100_000, "evaluation.pairs", pairs, "in [0, 100000]");
        Names.require(pairs == 0 || setSize <= samples, "evaluation.setSize", setSize,
                "at most evaluation.samples (" + samples + ")");
        Names.require(langevinSteps >= 0 && langevinSteps <= MOST_STEPS, "evaluation.langevinSteps", langevinSteps,
                "in [0, " + MOST_STEPS + "]");
    }
}
