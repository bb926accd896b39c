package dev.idem.train;

import dev.idem.backend.Session;
import dev.idem.config.RefineConfig;
import dev.idem.energy.Energy;
import dev.idem.program.MoveRule;
import dev.idem.program.Program;
import dev.idem.program.ReplayRows;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What refines configurations: descent of those whose energy is too high, then Langevin chains of all, whose step sizes adapt.
 *
 * @param descent its start gets the energies and forces
 * @param langevin on the same configurations
 */
record Refinement(Chains descent, Chains langevin) {

    /** A step size changes by at most this share in a step. */
    private static final double ADAPTATION = 0.05;
    private static final double DESCENT_ADAPTATION = 0.3;

    /**
     * Builds the programs for points that are there already.
     *
     * @param name prefixes the names of programs and buffers
     * @param largestEnergy above it a configuration descends
     * @param firstStream number of the first random stream; they are four
     */
    static Refinement of(String name, ReplayRows rows, Energy energy, RefineConfig config, double largestEnergy,
            int firstStream) {
        return new Refinement(descent(name, rows, energy, config.largestForce(), largestEnergy, firstStream),
                Chains.of(name, rows, energy, langevin(config), Optional.empty(), firstStream + 2));
    }

    /** Returns the descent alone; its random streams are two. */
    static Chains descent(String name, ReplayRows rows, Energy energy, double largestForce, double largestEnergy,
            int firstStream) {
        return Chains.of(name + "Descent", rows, energy,
                MoveRule.descentAbove(largestEnergy, largestForce, DESCENT_ADAPTATION),
                Optional.of(Chains.evaluated(energy)), firstStream);
    }

    /** Returns the rule of chains that refine. */
    static MoveRule langevin(RefineConfig config) {
        return MoveRule.adapting(config.largestForce(), ADAPTATION).trajectories(config.trajectory());
    }

    List<Program> all() {
        return Stream.concat(descent.all().stream(), langevin.all().stream()).toList();
    }

    /** Returns the number of chains. */
    int rows() {
        return langevin.rows();
    }

    void writeConstants(Session session, RefineConfig config) {
        descent.writeConstants(session, config.stepSize());
        langevin.writeConstants(session, config.stepSize());
    }
}
