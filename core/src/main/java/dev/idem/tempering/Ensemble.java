package dev.idem.tempering;

import java.util.Arrays;

/**
 * One chain at each temperature of a ladder. A sweep moves every chain by Hamiltonian dynamics and then offers exchanges
 * to neighbours, to the even and the odd pairs in turn, which carries configurations through the ladder without turning
 * back (non-reversible exchanges).
 *
 * <p>A move at temperature T draws velocities p ~ N(0, I) (mean-free for particles), follows L leapfrog steps of H = E/T +
 * ½ |p|² and is accepted with probability min(1, exp(H before − H after)). L is uniform on 1 … 2 leapfrogs − 1 so that no
 * period of the system is hit. An exchange of levels i and j is accepted with min(1, exp((1/T_i − 1/T_j)(E_i − E_j))).
 *
 * <p>Everything is a function of the seed and of the number of the ensemble. Not for use by several threads; nothing is
 * allocated within a sweep.
 *
 * <p>Sources: Neal, "MCMC using Hamiltonian dynamics" (2011); Okabe, Kawata, Okamoto, Mikami, Chem. Phys. Lett. 335
 * (2001) 435 for alternating pairs; Syed et al. as {@link Ladder}.
 */
final class Ensemble {

    private static final int START_STREAM = -6;
    private static final int EXCHANGE_STREAM = -7;
    private static final int FIRST_MOVE_STREAM = -8; // and below, one a level

    private static final int RELAXATIONS = 300;
    private static final double RELAXATION_STEP = 0.02;
    private static final double LARGEST_RELAXATION = 0.05; // of the spread

    /** Above this change of H a move is lost. */
    private static final double DIVERGED = 1000;

    private final TemperingTarget target;
    private final TemperingSettings settings;
    private final long seed;
    private final int number;
    private final RandomSequence exchanges;
    private final double[] velocity;
    private double[] trial;
    private double[] trialForce;

    private double[] inverse = {}; // [level] 1/T
    private double[] step = {};
    private double[][] x = {}; // [level][axis]
    private double[][] force = {}; // [level][axis]
    private double[] energy = {};
    private int[] heading = {}; // [level]: 1 last at the bottom, −1 last at the top, 0 neither yet
    private RandomSequence[] moves = {};

    private double[] accepted = {}; // [level] sum of acceptance probabilities
    private double[] exchanged = {}; // [level] the same of exchanges with the next level
    private int[] offered = {}; // [level] their number
    private long sweeps;
    private int swept; // since the statistics were cleared
    private long roundTrips;
    private long energyCalls;

    private Ensemble(TemperingTarget target, TemperingSettings settings, Ladder ladder, long seed, int number) {
        this.target = target;
        this.settings = settings;
        this.seed = seed;
        this.number = number;
        this.exchanges = new RandomSequence(seed, number, EXCHANGE_STREAM);
        this.velocity = new double[target.dimension()];
        this.trial = new double[target.dimension()];
        this.trialForce = new double[target.dimension()];
        resize(ladder);
    }

    /** Draws chains at the temperatures of a ladder and relaxes them, so that none starts with particles on each other. */
    static Ensemble drawn(TemperingTarget target, TemperingSettings settings, Ladder ladder, long seed, int number) {
        Ensemble chains = new Ensemble(target, settings, ladder, seed, number);
        RandomSequence start = new RandomSequence(seed, number, START_STREAM);
        for (int level = 0; level < ladder.levels(); level++) {
            double[] x = chains.x[level];
            start.normals(x);
            for (int k = 0; k < x.length; k++) {
                x[k] *= target.spread();
            }
            chains.relax(level);
        }
        return chains;
    }

    /**
     * Returns a single chain at temperature 1.
     *
     * @param start its first configuration, not modified
     */
    static Ensemble single(TemperingTarget target, TemperingSettings settings, double[] start, long seed, int number) {
        Ensemble chain = new Ensemble(target, settings, Ladder.single(target.spread()), seed, number);
        System.arraycopy(start, 0, chain.x[0], 0, start.length);
        target.free(chain.x[0]);
        chain.energy[0] = chain.evaluate(chain.x[0], chain.force[0]);
        return chain;
    }

    private void resize(Ladder ladder) {
        int levels = ladder.levels();
        int dimension = target.dimension();
        inverse = new double[levels];
        for (int level = 0; level < levels; level++) {
            inverse[level] = 1 / ladder.temperatures()[level];
        }
        step = ladder.steps().clone();
        x = new double[levels][dimension];
        force = new double[levels][dimension];
        energy = new double[levels];
        heading = new int[levels];
        RandomSequence[] known = moves;
        moves = new RandomSequence[Math.max(levels, known.length)];
        for (int level = 0; level < moves.length; level++) {
            moves[level] = level < known.length
                    ? known[level]
                    : new RandomSequence(seed, number, FIRST_MOVE_STREAM - level);
        }
        accepted = new double[levels];
        exchanged = new double[levels - 1];
        offered = new int[levels - 1];
        clearStatistics();
    }

    private void relax(int level) {
        target.free(x[level]);
        energy[level] = evaluate(x[level], force[level]);
        double most = LARGEST_RELAXATION * target.spread();
        for (int round = 0; round < RELAXATIONS; round++) {
            for (int k = 0; k < trial.length; k++) {
                x[level][k] += Math.clamp(RELAXATION_STEP * force[level][k], -most, most);
            }
            energy[level] = evaluate(x[level], force[level]);
        }
        target.free(x[level]);
    }

    private double evaluate(double[] position, double[] forceThere) {
        energyCalls++;
        return target.energy().at(position, 0, forceThere, 0);
    }

    /** Goes over to another ladder; each level continues from the configuration of the nearest temperature. */
    void climb(Ladder before, Ladder after) {
        double[][] oldX = x;
        double[][] oldForce = force;
        double[] oldEnergy = energy;
        resize(after);
        for (int level = 0; level < after.levels(); level++) {
            int from = before.nearest(after.temperatures()[level]);
            System.arraycopy(oldX[from], 0, x[level], 0, x[level].length);
            System.arraycopy(oldForce[from], 0, force[level], 0, x[level].length);
            energy[level] = oldEnergy[from];
        }
    }

    /** Does one sweep; when {@code tune}, step sizes move towards the wanted acceptance, less and less. */
    void sweep(boolean tune) {
        double gain = 1 / Math.sqrt(4.0 + swept);
        for (int level = 0; level < inverse.length; level++) {
            double probability = move(level);
            accepted[level] += probability;
            if (tune) {
                step[level] *= StrictMath.exp(gain * (probability - settings.acceptance()));
            }
        }
        exchange((int) (sweeps % 2));
        sweeps++;
        swept++;
    }

    /** Moves the chain of one level; returns the probability with which the move was to be accepted. */
    private double move(int level) {
        RandomSequence random = moves[level];
        double[] position = x[level];
        double beta = inverse[level];
        random.normals(velocity);
        target.free(velocity);
        int leapfrogs = 1 + (int) (random.uniform() * (2 * settings.leapfrogs() - 1));
        double before = beta * energy[level] + kinetic();
        System.arraycopy(position, 0, trial, 0, trial.length);
        double length = step[level];
        kick(0.5 * length * beta, force[level]);
        double after = 0;
        for (int leapfrog = 1; leapfrog <= leapfrogs; leapfrog++) {
            for (int k = 0; k < trial.length; k++) {
                trial[k] += length * velocity[k];
            }
            after = evaluate(trial, trialForce);
            // Not a number too: whatever comes of such a move is refused.
            if (!(beta * after - before < DIVERGED)) {
                random.uniform();
                return 0;
            }
            kick((leapfrog < leapfrogs ? 1 : 0.5) * length * beta, trialForce);
        }
        double change = before - beta * after - kinetic();
        double probability = change >= 0 ? 1 : StrictMath.exp(change);
        if (random.uniform() < probability) {
            double[] oldForce = force[level];
            x[level] = trial;
            force[level] = trialForce;
            energy[level] = after;
            trial = position;
            trialForce = oldForce;
            return probability;
        }
        return probability > 0 ? probability : 0; // a NaN is a refusal
    }

    private void kick(double factor, double[] push) {
        for (int k = 0; k < velocity.length; k++) {
            velocity[k] += factor * push[k];
        }
    }

    private double kinetic() {
        double sum = 0;
        for (double v : velocity) {
            sum += v * v;
        }
        return 0.5 * sum;
    }

    private void exchange(int first) {
        int levels = inverse.length;
        for (int level = first; level + 1 < levels; level += 2) {
            double exponent = (inverse[level] - inverse[level + 1]) * (energy[level] - energy[level + 1]);
            double probability = exponent >= 0 ? 1 : StrictMath.exp(exponent);
            exchanged[level] += probability;
            offered[level]++;
            if (exchanges.uniform() < probability) {
                swap(level, level + 1);
            }
        }
        roundTrips += heading[0] == -1 ? 1 : 0;
        heading[0] = 1;
        heading[levels - 1] = heading[levels - 1] == 1 || heading[levels - 1] == -1 ? -1 : 0;
    }

    private void swap(int a, int b) {
        double[] position = x[a];
        x[a] = x[b];
        x[b] = position;
        double[] push = force[a];
        force[a] = force[b];
        force[b] = push;
        double value = energy[a];
        energy[a] = energy[b];
        energy[b] = value;
        int direction = heading[a];
        heading[a] = heading[b];
        heading[b] = direction;
    }

    /** Removes the rounding that the centre of mass of every chain has gathered. */
    void recentre() {
        for (double[] position : x) {
            target.free(position);
        }
    }

    /** Forgets acceptances, offers and round trips; the gain of tuning begins anew. */
    void clearStatistics() {
        Arrays.fill(accepted, 0);
        Arrays.fill(exchanged, 0);
        Arrays.fill(offered, 0);
        swept = 0;
        roundTrips = 0;
    }

    void setSteps(double[] steps) {
        step = steps.clone();
    }

    double step(int level) {
        return step[level];
    }

    /** Returns the mean acceptance of a level's moves since the statistics were cleared. */
    double acceptance(int level) {
        return accepted[level] / swept;
    }

    /** Returns the mean acceptance of exchanges of a level with the next one; 0 if none was offered. */
    double exchangeRate(int level) {
        return offered[level] == 0 ? 0 : exchanged[level] / offered[level];
    }

    /** Returns how often a configuration has gone from level 0 to the last one and back. */
    long roundTrips() {
        return roundTrips;
    }

    long energyCalls() {
        return energyCalls;
    }

    /** Returns the configuration at temperature 1; valid until the next sweep, not to be modified. */
    double[] position() {
        return x[0];
    }

    /** Returns its force; likewise. */
    double[] force() {
        return force[0];
    }

    /** Returns its energy. */
    double energy() {
        return energy[0];
    }
}
