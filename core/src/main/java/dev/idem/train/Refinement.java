package dev.idem.train;

import dev.idem.backend.Session;
import dev.idem.config.RefineConfig;
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

/**
 * Markov chains that refine configurations, as programs: {@code begin} once, {@code relax} and {@code move} as often as there are steps,
 * {@code advance} at the end.
 *
 * <p>All state but the counter is written by {@code begin} before it is read.
 *
 * @param begin gets the configurations with their energies and forces, and starts the chains
 * @param relax one step of descent of those whose energy is too high
 * @param move one Langevin step of all, with the Metropolis test, whose size adapts
 * @param advance moves the counter on: the next chains draw other numbers
 * @param chains the configurations
 * @param counter random counter
 * @param moves [row][1]: Langevin steps that each chain has accepted
 * @param firstStep [row][1], constant: size of the first step
 */
record Refinement(Program begin, Program relax, Program move, Program advance, ReplayRows chains, Buffer counter,
        Buffer moves, Buffer firstStep) {

    /** Step sizes change by at most this share in a step. */
    private static final double ADAPTATION = 0.05;
    private static final double DESCENT_ADAPTATION = 0.3;

    /** How the chains come by their configurations. */
    @FunctionalInterface
    interface Origin {

        /**
         * Returns the op that writes configurations, energies and forces.
         *
         * @param stream a random stream of the op's own
         */
        Op of(Buffer counter, ReplayRows chains, int stream);
    }

    /**
     * Builds the programs.
     *
     * @param name prefixes the names of programs and buffers
     * @param largestEnergy above it a configuration is relaxed
     * @param firstStream number of the first random stream; they are three
     */
    static Refinement of(String name, ReplayRows chains, Energy energy, RefineConfig config, double largestEnergy,
            int firstStream, Origin origin) {
        Buffer counter = Counter.buffer(name + "Counter");
        Buffer firstStep = Buffer.floats(name + "FirstStep", chains.rows(), 1, Role.CONSTANT);
        Buffer step = Buffer.floats(name + "Step", chains.rows(), 1, Role.STATE);
        Buffer descentStep = Buffer.floats(name + "DescentStep", chains.rows(), 1, Role.STATE);
        Buffer moves = Buffer.floats(name + "Moves", chains.rows(), 1, Role.STATE);
        Buffer descents = Buffer.floats(name + "Descents", chains.rows(), 1, Role.STATE);

        ProgramBuilder begin = new ProgramBuilder(name + "Begin", firstStream);
        begin.add(new CounterOp.Assign(counter, Counter.STEP, 0));
        begin.add(origin.of(counter, chains, begin.stream()));
        for (Buffer buffer : List.of(step, descentStep, moves, descents)) {
            begin.add(new MetricOp.Reset(buffer));
        }
        begin.add(new MetricOp.Accumulate(firstStep, step)).add(new MetricOp.Accumulate(firstStep, descentStep));
        MoveRule descent = MoveRule.descentAbove(largestEnergy, config.largestForce(), DESCENT_ADAPTATION);
        MoveRule langevin = MoveRule.adapting(config.largestForce(), ADAPTATION);
        return new Refinement(begin.build(),
                step(name + "Relax", firstStream + 1, counter, chains, descentStep, descents, energy, descent),
                step(name + "Move", firstStream + 2, counter, chains, step, moves, energy, langevin),
                new ProgramBuilder(name + "Advance", 0)
                        .add(new CounterOp.Advance(counter, Counter.FIRST_ROW, chains.rows())).build(),
                chains, counter, moves, firstStep);
    }

    private static Program step(String name, int stream, Buffer counter, ReplayRows chains, Buffer step, Buffer moves,
            Energy energy, MoveRule rule) {
        ProgramBuilder builder = new ProgramBuilder(name, stream);
        builder.add(new EnergyOp.Move(counter, chains.points(), chains.energies(), chains.forces(), step, null, moves,
                energy, rule, builder.stream()));
        return builder.add(new CounterOp.Advance(counter, Counter.STEP, 1)).build();
    }

    List<Program> all() {
        return List.of(begin, relax, move, advance);
    }

    /** Returns the number of chains. */
    int rows() {
        return chains.rows();
    }

    void writeConstants(Session session, RefineConfig config) {
        float[] steps = new float[rows()];
        Arrays.fill(steps, (float) config.stepSize());
        session.write(firstStep, steps);
    }
}
