package dev.idem.program;

import static dev.idem.program.OperandChecks.alike;
import static dev.idem.program.OperandChecks.column;
import static dev.idem.program.OperandChecks.counter;
import static dev.idem.program.OperandChecks.floats;
import static dev.idem.program.OperandChecks.optionallyAlike;
import static dev.idem.program.ProgramVerifier.require;

import dev.idem.energy.Energy;

/** The shapes that ops which evaluate energies demand of their operands. */
final class EnergyChecks {

    private EnergyChecks() {}

    static void check(EnergyOp op) {
        switch (op) {
            case EnergyOp.OfRows of -> {
                energyOf(of.x(), of.energy(), of.target());
                optionallyAlike(of.force(), of.x());
                require(!of.x().equals(of.force()), of.x() + " must not be both read and written");
            }
            case EnergyOp.Move move -> {
                counter(move.counter());
                energyOf(move.x(), move.energy(), move.target());
                alike(move.x(), move.force());
                column(move.step());
                column(move.moves());
                if (move.inverseTemperature() != null) {
                    column(move.inverseTemperature());
                }
            }
        }
    }

    private static void energyOf(Buffer x, Buffer energy, Energy target) {
        column(energy);
        floats(x);
        require(x.rows() == energy.rows(), x + " and " + energy + " must have equally many rows");
        require(target.dimension() == x.columns(), x + " must have the energy's " + target.dimension() + " columns");
    }
}
