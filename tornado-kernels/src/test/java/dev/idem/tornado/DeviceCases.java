package dev.idem.tornado;

import dev.idem.cpu.OpCases;
import dev.idem.energy.AnalyticEnergy;
import dev.idem.program.EnergyOp;
import dev.idem.program.Op;
import dev.idem.program.TargetOp;
import java.util.List;

/** The cases of core's parity test that a device can run: all but energies that are Java code. */
final class DeviceCases {

    private DeviceCases() {}

    static List<Op> of(int rows, int columns) {
        return new OpCases(rows, columns).all().stream().filter(DeviceCases::runs).toList();
    }

    private static boolean runs(Op op) {
        return switch (op) {
            case EnergyOp.OfRows of -> of.target() instanceof AnalyticEnergy;
            case EnergyOp.Move move -> move.target() instanceof AnalyticEnergy;
            case TargetOp.DrawCopies draw -> draw.target() instanceof AnalyticEnergy;
            case TargetOp.MonteCarloScore score -> score.energy() instanceof AnalyticEnergy;
            default -> true;
        };
    }
}
