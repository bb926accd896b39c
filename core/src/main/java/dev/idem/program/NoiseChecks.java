package dev.idem.program;

import static dev.idem.program.OperandChecks.alike;
import static dev.idem.program.OperandChecks.apart;
import static dev.idem.program.OperandChecks.column;
import static dev.idem.program.OperandChecks.counter;
import static dev.idem.program.OperandChecks.cursor;
import static dev.idem.program.OperandChecks.floats;
import static dev.idem.program.ProgramVerifier.require;

/** The shapes that ops which make noise, or move points in and out of a replay, demand of their operands. */
final class NoiseChecks {

    private NoiseChecks() {}

    static void check(NoiseOp op) {
        switch (op) {
            case NoiseOp.Times times -> {
                counter(times.counter());
                column(times.time());
            }
            case NoiseOp.Variances variances -> {
                column(variances.time());
                column(variances.variance());
            }
            case NoiseOp.Gaussian gaussian -> {
                counter(gaussian.counter());
                floats(gaussian.x());
            }
            case NoiseOp.Perturb perturb -> {
                counter(perturb.counter());
                column(perturb.variance());
                alike(perturb.x(), perturb.noised());
                apart(perturb.x(), perturb.noised());
            }
            case NoiseOp.GatherReplay gather -> {
                counter(gather.counter());
                cursor(gather.cursor());
                alike(gather.replay(), gather.x());
            }
            case NoiseOp.AppendReplay append -> {
                cursor(append.cursor());
                alike(append.x(), append.replay());
            }
        }
    }

    static void check(ReplayOp op) {
        switch (op) {
            case ReplayOp.AppendRows append -> {
                cursor(append.cursor());
                both(append.chains(), append.replay());
                one(append.largestEnergy());
                one(append.leftOut());
            }
            case ReplayOp.TakeRun take -> {
                counter(take.counter());
                cursor(take.cursor());
                both(take.chains(), take.replay());
            }
            case ReplayOp.PutRun put -> {
                counter(put.counter());
                cursor(put.cursor());
                both(put.chains(), put.replay());
            }
        }
    }

    private static void both(ReplayRows rows, ReplayRows replay) {
        floats(rows.points());
        alike(rows.points(), rows.forces());
        column(rows.energies());
        require(rows.points().columns() == replay.points().columns(),
                rows.points() + " and " + replay.points() + " must have equally many columns");
        alike(replay.points(), replay.forces());
        column(replay.energies());
        require(replay.rows() == replay.energies().rows() && rows.rows() == rows.energies().rows(),
                rows.energies() + " and " + replay.energies() + " must have a row for each point");
    }

    private static void one(Buffer buffer) {
        column(buffer);
        require(buffer.rows() == 1, buffer + " must be [1][1]");
    }
}
