package dev.idem.tempering;

/**
 * Temperatures from 1 upwards with the step size of each, the same for all ensembles.
 *
 * @param temperatures [level], rising from 1
 * @param steps [level] leapfrog step sizes
 */
@SuppressWarnings("ArrayRecordComponent") // handed over within the package, never compared
record Ladder(double[] temperatures, double[] steps) {

    /** Levels of the first ladder, before anything is known. */
    private static final int FIRST_LEVELS = 8;

    private static final int MOST_LEVELS = 128;
    private static final double FIRST_STEP = 0.1;

    /** Least share of a barrier between two levels, so that levels do not fall together where nothing is rejected. */
    private static final double LEAST_REJECTION = 1e-3;

    /** Returns the geometric ladder up to the hottest temperature, with steps that grow as its root. */
    static Ladder geometric(double hottest, double spread) {
        double top = Math.max(hottest, 1.01);
        double[] temperatures = new double[FIRST_LEVELS];
        double[] steps = new double[FIRST_LEVELS];
        for (int level = 0; level < FIRST_LEVELS; level++) {
            temperatures[level] = StrictMath.exp(StrictMath.log(top) * level / (FIRST_LEVELS - 1));
            steps[level] = FIRST_STEP * spread * Math.sqrt(temperatures[level]);
        }
        temperatures[0] = 1;
        temperatures[FIRST_LEVELS - 1] = top;
        return new Ladder(temperatures, steps);
    }

    /** Returns temperature 1 alone. */
    static Ladder single(double spread) {
        return new Ladder(new double[] {1}, new double[] {FIRST_STEP * spread});
    }

    /** Returns the number of levels. */
    int levels() {
        return temperatures.length;
    }

    /** Returns the same temperatures with other steps. */
    Ladder withSteps(double[] other) {
        return new Ladder(temperatures, other);
    }

    /**
     * Returns the ladder on which every exchange is refused equally often, with as few levels as keep the acceptance at
     * {@code swapRate}.
     *
     * <p>The refusals r_k of neighbours add up to the communication barrier Λ(T) between 1 and T, which does not depend on
     * the ladder as long as it is fine enough; ⌈Λ/(1 − swapRate)⌉ equal parts of it give the levels, by interpolation of Λ
     * in ln T. Steps are interpolated likewise.
     *
     * <p>Source: Syed, Bouchard-Côté, Deligiannidis, Doucet: "Non-reversible parallel tempering", J. R. Statist. Soc. B 84
     * (2022) 321, algorithm 2.
     *
     * @param refusals [level] mean refusal of the exchange with the next level; one less than levels
     */
    Ladder tuned(double[] refusals, double swapRate) {
        int old = levels();
        double[] barrier = new double[old];
        double[] logs = new double[old];
        for (int level = 1; level < old; level++) {
            barrier[level] = barrier[level - 1] + Math.max(LEAST_REJECTION, refusals[level - 1]);
            logs[level] = StrictMath.log(temperatures[level]);
        }
        int parts = (int) Math.ceil(barrier[old - 1] / (1 - swapRate));
        int levels = Math.max(1, Math.min(MOST_LEVELS - 1, parts)) + 1;
        double[] newTemperatures = new double[levels];
        double[] newSteps = new double[levels];
        int below = 0;
        for (int level = 0; level < levels; level++) {
            double wanted = barrier[old - 1] * level / (levels - 1);
            while (below < old - 2 && barrier[below + 1] < wanted) {
                below++;
            }
            double share = Math.min(1, (wanted - barrier[below]) / (barrier[below + 1] - barrier[below]));
            newTemperatures[level] = StrictMath.exp(logs[below] + share * (logs[below + 1] - logs[below]));
            newSteps[level] = steps[below] + share * (steps[below + 1] - steps[below]);
        }
        newTemperatures[0] = 1;
        newTemperatures[levels - 1] = temperatures[old - 1];
        return new Ladder(newTemperatures, newSteps);
    }

    /** Returns the level of this ladder whose temperature is nearest in its logarithm. */
    int nearest(double temperature) {
        int best = 0;
        for (int level = 1; level < levels(); level++) {
            if (Math.abs(StrictMath.log(temperatures[level] / temperature)) < Math
                    .abs(StrictMath.log(temperatures[best] / temperature))) {
                best = level;
            }
        }
        return best;
    }
}
