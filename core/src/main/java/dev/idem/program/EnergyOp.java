package dev.idem.program;

import dev.idem.energy.Energy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ops that evaluate an energy at every row, and that move rows by it. None is differentiable. One configuration evaluated
 * is one energy call, whether its force is wanted or not.
 */
public sealed interface EnergyOp extends Op {

    /**
     * energy[row] = E(x[row]), force[row] = −∇E(x[row]).
     *
     * @param x [row][dimension], not modified
     * @param energy [row][1], modified
     * @param force [row][dimension], modified; may be absent
     */
    record OfRows(Buffer x, Buffer energy, @Nullable Buffer force, Energy target) implements EnergyOp {
        @Override
        public List<Buffer> reads() {
            return List.of(x);
        }

        @Override
        public List<Buffer> writes() {
            return force == null ? List.of(energy) : List.of(energy, force);
        }
    }

    /**
     * One step of a Markov chain, or one trajectory of several, in every row, for the density exp(−β E); or one step of descent. {@link MoveRule} has the
     * formulas. A row moves or stays; energy and force are always those of its x.
     *
     * <p>A row whose energy or force is not finite stays, but in a descent; a proposal without finite energy and force is
     * refused. A trajectory of L steps takes the random numbers of L steps of the counter.
     *
     * @param counter [1][4], not modified
     * @param x [row][dimension], modified
     * @param energy [row][1], modified
     * @param force [row][dimension], modified
     * @param step [row][1], modified if the rule adapts it; step size, positive
     * @param inverseTemperature [row][1], not modified: β, positive; absent for one
     * @param moves [row][1], modified: one is added where the row moves
     */
    record Move(Buffer counter, Buffer x, Buffer energy, Buffer force, Buffer step, @Nullable Buffer inverseTemperature,
            Buffer moves, Energy target, MoveRule rule, int stream) implements EnergyOp {
        @Override
        public List<Buffer> reads() {
            List<Buffer> reads = new ArrayList<>(List.of(counter, x, energy, force, step));
            if (inverseTemperature != null) {
                reads.add(inverseTemperature);
            }
            reads.add(moves);
            return reads;
        }

        @Override
        public List<Buffer> writes() {
            return rule.adaptation() > 0 ? List.of(x, energy, force, moves, step) : List.of(x, energy, force, moves);
        }

        @Override
        public List<Buffer> wholeReads() {
            return List.of(counter);
        }
    }
}
