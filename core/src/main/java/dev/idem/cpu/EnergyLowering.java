package dev.idem.cpu;

import dev.idem.program.Buffer;
import dev.idem.program.EnergyOp;

/** Lowers the evaluation of energies, and moves by them. */
final class EnergyLowering {

    private EnergyLowering() {}

    static Kernel lower(EnergyOp op, Operands operands) {
        return switch (op) {
            case EnergyOp.OfRows of -> ofRows(of, operands);
            case EnergyOp.Move move when move.rule().steps() > 1 -> new TrajectoryRows(move, operands);
            case EnergyOp.Move move -> new MoveRows(move, operands);
        };
    }

    private static Kernel ofRows(EnergyOp.OfRows op, Operands operands) {
        Operand x = operands.rows(op.x());
        Operand energy = operands.rows(op.energy());
        Buffer forceBuffer = op.force();
        if (forceBuffer == null) {
            return (worker, from, to) -> worker.scratch().rows(op.target()).evaluate(x.array(worker),
                    x.at(worker, from), to - from, energy.array(worker), energy.at(worker, from), null, 0);
        }
        Operand force = operands.rows(forceBuffer);
        return (worker, from, to) -> worker.scratch().rows(op.target()).evaluate(x.array(worker), x.at(worker, from),
                to - from, energy.array(worker), energy.at(worker, from), force.array(worker), force.at(worker, from));
    }
}
