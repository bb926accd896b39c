package dev.idem.train;

import dev.idem.backend.Session;
import dev.idem.energy.Energy;
import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.CounterOp;
import dev.idem.program.EnergyOp;
import dev.idem.program.MetricOp;
import dev.idem.program.MoveRule;
import dev.idem.program.Op;
import dev.idem.program.Program;
import dev.idem.program.ProgramBuilder;
import dev.idem.program.ReplayRows;
import dev.idem.program.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Chains that move configurations by their energy, as programs: {@code begin} once, {@code move} as often as there are trajectories, of one step or several, {@code
 * advance} at the end.
 *
 * <p>All state but the counter and the configurations is written by {@code begin} before it is read.
 *
 * @param begin starts the chains
 * @param move one trajectory of all
 * @param advance moves the counter on: the next chains draw other numbers
 * @param configurations with their energies and forces
 * @param counter random counter
 * @param moves [row][1]: trajectories of each chain that moved it
 * @param step [row][1]: size of each chain's next step
 * @param firstStep [row][1], constant: size of the first step
 * @param trajectory steps that {@code move} makes, between two tests
 */
record Chains(Program begin, Program move, Program advance, ReplayRows configurations, Buffer counter, Buffer moves,
        Buffer step, Buffer firstStep, int trajectory) {

    /** How chains come by their configurations. */
    @FunctionalInterface
    interface Origin {

        /**
         * Returns the op that writes configurations, energies and forces.
         *
         * @param stream a random stream of the op's own
         */
        Op of(Buffer counter, ReplayRows configurations, int stream);
    }

    /**
     * Builds the programs.
     *
     * @param name prefixes the names of programs and buffers
     * @param origin run by {@code begin}; absent if energies and forces are there already
     * @param firstStream number of the first random stream; they are two
     */
    static Chains of(String name, ReplayRows configurations, Energy energy, MoveRule rule, Optional<Origin> origin,
            int firstStream) {
        int rows = configurations.rows();
        Buffer counter = Counter.buffer(name + "Counter");
        Buffer firstStep = Buffer.floats(name + "FirstStep", rows, 1, Role.CONSTANT);
        Buffer step = Buffer.floats(name + "Step", rows, 1, Role.STATE);
        Buffer moves = Buffer.floats(name + "Moves", rows, 1, Role.STATE);

        ProgramBuilder begin = new ProgramBuilder(name + "Begin", firstStream);
        begin.add(new CounterOp.Assign(counter, Counter.STEP, 0));
        origin.ifPresent(from -> begin.add(from.of(counter, configurations, begin.stream())));
        begin.add(new MetricOp.Reset(step)).add(new MetricOp.Accumulate(firstStep, step));
        begin.add(new MetricOp.Reset(moves));
        ProgramBuilder move = new ProgramBuilder(name + "Move", firstStream + 1);
        move.add(new EnergyOp.Move(counter, configurations.points(), configurations.energies(),
                configurations.forces(), step, null, moves, energy, rule, move.stream()));
        move.add(new CounterOp.Advance(counter, Counter.STEP, rule.steps()));
        ProgramBuilder advance = new ProgramBuilder(name + "Advance", firstStream);
        advance.add(new CounterOp.Advance(counter, Counter.FIRST_ROW, rows));
        return new Chains(begin.build(), move.build(), advance.build(), configurations, counter, moves, step,
                firstStep, rule.steps());
    }

    /**
     * Builds Langevin chains of fixed step size, for samples that are reported, on points that are there already.
     *
     * @param name prefixes the names of programs and buffers
     * @param largestForce bound of a particle's force in a proposal
     * @param firstStream number of the first random stream; they are two
     */
    static Chains langevin(String name, Buffer points, Energy energy, TrainedSampler.Langevin steps,
            double largestForce, int firstStream) {
        MoveRule rule = steps.adjusted()
                ? MoveRule.exact(largestForce).trajectories(steps.trajectory())
                : MoveRule.unadjusted(largestForce);
        return of(name, ReplayRows.of(name, points), energy, rule, Optional.of(evaluated(energy)), firstStream);
    }

    /** Returns the origin that evaluates points which are there already. */
    static Origin evaluated(Energy energy) {
        return (_, rows, _) -> new EnergyOp.OfRows(rows.points(), rows.energies(), rows.forces(), energy);
    }

    List<Program> all() {
        return List.of(begin, move, advance);
    }

    /** Returns the number of chains. */
    int rows() {
        return configurations.rows();
    }

    void writeConstants(Session session, double stepSize) {
        float[] steps = new float[rows()];
        Arrays.fill(steps, (float) stepSize);
        session.write(firstStep, steps);
    }

    /** Starts the chains and returns the energy calls that this took. */
    long begin(Session session) {
        session.run(begin, 1);
        return rows() * begin.ops().stream().filter(EnergyOp.OfRows.class::isInstance).count();
    }

    /**
     * Makes some steps and returns the energy calls that they took.
     *
     * @throws IllegalArgumentException if they are not whole trajectories
     */
    long move(Session session, int steps) {
        if (steps % trajectory != 0) {
            throw new IllegalArgumentException(steps + " steps are not whole trajectories of " + trajectory);
        }
        session.run(move, steps / trajectory);
        return (long) rows() * steps;
    }

    /** Starts the chains, makes some steps and returns the energy calls of both. */
    long run(Session session, int steps) {
        return begin(session) + move(session, steps);
    }

    /** Returns the steps of trajectories that were accepted, summed over the chains. */
    double moved(Session session) {
        double sum = 0;
        for (float count : session.readFloats(moves)) {
            sum += count;
        }
        return sum * trajectory;
    }
}
