package dev.idem.cpu;

import dev.idem.program.ReplayOp;
import dev.idem.program.ReplayRows;
import dev.idem.random.Uniforms;

/** Lowers what moves configurations with their energies and forces between chains and a replay. */
final class ReplayLowering {

    private ReplayLowering() {}

    static Kernel lower(ReplayOp op, Operands operands) {
        return switch (op) {
            case ReplayOp.AppendRows append -> append(append, operands);
            case ReplayOp.TakeRun take -> take(take, operands);
            case ReplayOp.PutRun put -> put(put, operands);
        };
    }

    /** The arrays of some rows. */
    private static final class Rows {

        final float[] points;
        final float[] forces;
        final float[] energies;
        final int count;
        final int dimension;

        Rows(ReplayRows rows, Operands operands) {
            points = operands.floats(rows.points());
            forces = operands.floats(rows.forces());
            energies = operands.floats(rows.energies());
            count = rows.rows();
            dimension = rows.points().columns();
        }

        void copyTo(Rows other, int from, int to) {
            System.arraycopy(points, from * dimension, other.points, to * dimension, dimension);
            System.arraycopy(forces, from * dimension, other.forces, to * dimension, dimension);
            other.energies[to] = energies[from];
        }

        boolean isFinite(int row) {
            boolean finite = Float.isFinite(energies[row]);
            for (int c = row * dimension; c < (row + 1) * dimension; c++) {
                finite &= Float.isFinite(points[c]) && Float.isFinite(forces[c]);
            }
            return finite;
        }
    }

    private static Kernel append(ReplayOp.AppendRows op, Operands operands) {
        Rows rows = new Rows(op.chains(), operands);
        Rows replay = new Rows(op.replay(), operands);
        int[] cursor = operands.ints(op.cursor());
        float[] largest = operands.floats(op.largestEnergy());
        float[] leftOut = operands.floats(op.leftOut());
        return (_, _, _) -> {
            for (int row = 0; row < rows.count; row++) {
                if (rows.energies[row] <= largest[0] && rows.isFinite(row)) {
                    rows.copyTo(replay, row, cursor[0]);
                    cursor[0] = (cursor[0] + 1) % replay.count;
                    cursor[1] = Math.min(cursor[1] + 1, replay.count);
                } else {
                    leftOut[0] += 1;
                }
            }
        };
    }

    private static Kernel take(ReplayOp.TakeRun op, Operands operands) {
        Rows rows = new Rows(op.chains(), operands);
        Rows replay = new Rows(op.replay(), operands);
        int[] counter = operands.ints(op.counter());
        int[] cursor = operands.ints(op.cursor());
        return (worker, from, to) -> {
            int start = start(worker, counter, op.stream(), cursor[1]);
            for (int row = from; row < to; row++) {
                replay.copyTo(rows, (start + row) % cursor[1], row);
            }
        };
    }

    private static Kernel put(ReplayOp.PutRun op, Operands operands) {
        Rows rows = new Rows(op.chains(), operands);
        Rows replay = new Rows(op.replay(), operands);
        int[] counter = operands.ints(op.counter());
        int[] cursor = operands.ints(op.cursor());
        return (worker, _, _) -> {
            int slot = start(worker, counter, op.stream(), cursor[1]);
            for (int row = 0; row < rows.count; row++) {
                rows.copyTo(replay, row, slot);
                slot = (slot + 1) % cursor[1];
            }
        };
    }

    private static int start(Worker worker, int[] counter, int stream, int filled) {
        int[] words = NoiseLowering.words(worker, counter, 0, stream);
        return Uniforms.index(Uniforms.ofBits(words[0]), filled);
    }
}
