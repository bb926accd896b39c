package dev.idem.program;

/**
 * How {@link EnergyOp.Move} moves a row: x' = x + s g(x) + √(2 s) ε, with step size s, ε ~ N(0, I) and drift g = β · force,
 * clipped to {@code largestForce}; or by a trajectory of several such steps that keeps its velocity.
 *
 * <p>Particles: each particle's drift is clipped; then drift and ε are projected to mean zero, so that a mean-free row
 * stays so. Other energies: the whole row is clipped. The clipped drift is still a function of x alone, so the Metropolis
 * test makes the chain exact whatever the bound.
 *
 * <p>The test accepts with probability min(1, e^r), r = −β (E' − E) − √(s/2) ε·(g + g') − (s/4) |g + g'|², which is the
 * usual ratio of densities and proposals without its cancelling terms.
 *
 * <p>With {@code steps} L > 1 the proposal is a Langevin trajectory: a velocity v ~ N(0, I), then L times the leapfrog step
 * v ← v + τ g/2, x ← x + τ v, v ← v + τ g/2 with τ = √(2 s), and between two of them v ← e^{−1/L} v + √(1 − e^{−2/L}) ε: the friction is one
 * over the trajectory's time. The test accepts with probability min(1, e^−Δ), Δ the sum over the leapfrog steps of the
 * change of β E + |v|²/2. One step (L = 1) is the proposal above. Where energies are stiff in some directions and soft in
 * others, a trajectory goes L times as far along the soft ones as as many single steps do √L times.
 *
 * <p>With {@code adaptation} η > 0 the step follows s ← s exp(η (a − {@code acceptance})), a the acceptance probability (in
 * a descent one or zero). <em>A chain that adapts is not exact</em>: adapt while refining, then fix the step.
 *
 * <p>Source: Roberts and Tweedie, "Exponential convergence of Langevin distributions", Bernoulli 2 (1996); truncated
 * drift: the same, section 1.4.2; the best acceptance in high dimension, 0.574: Roberts and Rosenthal, JRSS B 60 (1998);
 * trajectories: Riou-Durand and Vogrinc, "Metropolis adjusted Langevin trajectories" (arXiv 2202.13230).
 *
 * @param largestForce bound of the drift's norm, positive; infinite for none
 * @param adaptation η, not negative; zero keeps the step
 * @param acceptance what an adapting step aims at, between zero and one
 * @param above rows of at most this energy stay; −∞ but for a descent
 * @param steps L, Langevin steps between two tests, each one evaluation of the energy; one but for the Metropolis test
 */
public record MoveRule(Kind kind, double largestForce, double adaptation, double acceptance, double above, int steps) {

    /** What decides whether a row moves. */
    public enum Kind {
        /** Langevin with the Metropolis test: exact. */
        METROPOLIS,
        /** Langevin without the test: every finite proposal is taken, with an error of order s. */
        UNADJUSTED,
        /** Gradient descent: no noise, taken unless the energy rises; for relaxing exploded starts. */
        DESCENT
    }

    /** Acceptance probability at which Metropolis-adjusted Langevin moves fastest in high dimension. */
    public static final double BEST_ACCEPTANCE = 0.574;

    /** Most steps of a trajectory. */
    public static final int MOST_STEPS = 1000;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a number is not as its parameter says
     */
    public MoveRule {
        if (!(largestForce > 0)) {
            throw new IllegalArgumentException("largestForce must be positive, got " + largestForce);
        }
        if (!(adaptation >= 0) || Double.isInfinite(adaptation)) {
            throw new IllegalArgumentException("adaptation must be finite and >= 0, got " + adaptation);
        }
        if (!(acceptance > 0 && acceptance < 1)) {
            throw new IllegalArgumentException("acceptance must lie between 0 and 1, got " + acceptance);
        }
        if (Double.isNaN(above) || (kind != Kind.DESCENT && above != Double.NEGATIVE_INFINITY)) {
            throw new IllegalArgumentException("above must be a number, and -infinity but for a descent, got " + above);
        }
        if (steps < 1 || steps > MOST_STEPS || (kind != Kind.METROPOLIS && steps != 1)) {
            throw new IllegalArgumentException("steps must lie in [1, " + MOST_STEPS
                    + "], and be 1 without the Metropolis test, got " + steps);
        }
    }

    /** Returns a rule whose proposals are single steps. */
    public MoveRule(Kind kind, double largestForce, double adaptation, double acceptance, double above) {
        this(kind, largestForce, adaptation, acceptance, above, 1);
    }

    /** Returns the exact chain of fixed step size, for samples that are reported. */
    public static MoveRule exact(double largestForce) {
        return new MoveRule(Kind.METROPOLIS, largestForce, 0, BEST_ACCEPTANCE, Double.NEGATIVE_INFINITY);
    }

    /** Returns the chain whose step size adapts at rate {@code adaptation} to the best acceptance. */
    public static MoveRule adapting(double largestForce, double adaptation) {
        return new MoveRule(Kind.METROPOLIS, largestForce, adaptation, BEST_ACCEPTANCE, Double.NEGATIVE_INFINITY);
    }

    /** Returns this rule with proposals of several steps. */
    public MoveRule trajectories(int steps) {
        return new MoveRule(kind, largestForce, adaptation, acceptance, above, steps);
    }

    /** Returns e^{−1/L}, the share of its velocity that a trajectory keeps from step to step. */
    public double velocityKept() {
        return StrictMath.exp(-1.0 / steps);
    }

    /** Returns the Langevin chain of fixed step size without the test. */
    public static MoveRule unadjusted(double largestForce) {
        return new MoveRule(Kind.UNADJUSTED, largestForce, 0, BEST_ACCEPTANCE, Double.NEGATIVE_INFINITY);
    }

    /** Returns the descent whose step grows while it succeeds and shrinks when the energy would rise. */
    public static MoveRule descent(double largestForce, double adaptation) {
        return descentAbove(Double.NEGATIVE_INFINITY, largestForce, adaptation);
    }

    /** Returns that descent for rows of more than some energy, or of an infinite one; the others stay. */
    public static MoveRule descentAbove(double energy, double largestForce, double adaptation) {
        return new MoveRule(Kind.DESCENT, largestForce, adaptation, 0.75, energy);
    }
}
