package dev.idem.config;

import dev.idem.program.MoveRule;

/**
 * Markov chains that refine the replay. Points of too high an energy are first relaxed by gradient descent; then all make
 * Metropolis-adjusted Langevin steps whose size adapts chain by chain, alone or in trajectories that keep a velocity. What is still exploded is left out.
 *
 * @param steps Langevin steps of the points of a refill; 0 for none
 * @param startSteps those of the first points
 * @param relaxSteps steps of descent at most: of the first points, and of those of a refill if Langevin steps follow
 * @param oldPoints points of the replay that are moved again at each refill
 * @param stepSize size of a step to begin with, in squared model coordinates: x' = x + s · force + √(2 s) ε
 * @param largestForce bound of a particle's force in a proposal
 * @param trajectory Langevin steps between two Metropolis tests, through which a velocity is kept; 1 for the plain chain
 */
public record RefineConfig(int steps, int startSteps, int relaxSteps, int oldPoints, double stepSize,
        double largestForce, int trajectory) {

    /** No chains at all. */
    public static final RefineConfig NONE = new RefineConfig(0, 0, 0, 0, 5e-4, 300, 1);

    private static final int LARGEST = 10_000_000;
    private static final int LONGEST = MoveRule.MOST_STEPS;

    /** @throws IllegalArgumentException if a value is out of range */
    public RefineConfig {
        steps(steps, "refine.steps");
        steps(startSteps, "refine.startSteps");
        steps(relaxSteps, "refine.relaxSteps");
        steps(oldPoints, "refine.oldPoints");
        Names.require(Names.positive(stepSize), "refine.stepSize", stepSize, "positive and finite");
        Names.require(Names.positive(largestForce), "refine.largestForce", largestForce, "positive and finite");
        Names.require(trajectory >= 1 && trajectory <= LONGEST, "refine.trajectory", trajectory,
                "in [1, " + LONGEST + "]");
        whole(steps, trajectory, "refine.steps");
        whole(startSteps, trajectory, "refine.startSteps");
    }

    private static void whole(int count, int trajectory, String key) {
        Names.require(count % trajectory == 0, key, count, "a multiple of refine.trajectory (" + trajectory + ")");
    }

    private static void steps(int count, String key) {
        Names.require(count >= 0 && count <= LARGEST, key, count, "in [0, " + LARGEST + "]");
    }
}
