package dev.idem.tornado;

import dev.idem.program.ReplayOp;
import dev.idem.program.ReplayRows;
import dev.idem.tornado.kernel.ReplayKernels;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Lowers what moves configurations with their energies and forces between chains and a replay. */
final class ReplayLowering {

    private ReplayLowering() {}

    /** The arrays of some rows. */
    private record Rows(FloatArray points, FloatArray forces, FloatArray energies, int count, int columns) {

        static Rows of(ReplayRows rows, TaskList tasks) {
            return new Rows(tasks.floats(rows.points()), tasks.floats(rows.forces()), tasks.floats(rows.energies()),
                    rows.rows(), rows.points().columns());
        }
    }

    static void lower(ReplayOp op, TaskList tasks) {
        switch (op) {
            case ReplayOp.AppendRows append -> append(append, tasks);
            case ReplayOp.TakeRun take -> {
                Rows replay = Rows.of(take.replay(), tasks);
                Rows rows = Rows.of(take.chains(), tasks);
                tasks.add(ReplayKernels::take, tasks.ints(take.counter()), tasks.ints(take.cursor()), replay.points,
                        replay.forces, replay.energies, rows.points, rows.forces, rows.energies, rows.count,
                        rows.columns, take.stream());
            }
            case ReplayOp.PutRun put -> {
                Rows replay = Rows.of(put.replay(), tasks);
                Rows rows = Rows.of(put.chains(), tasks);
                tasks.add(ReplayKernels::put, tasks.ints(put.counter()), tasks.ints(put.cursor()), rows.points,
                        rows.forces, rows.energies, replay.points, replay.forces, replay.energies, rows.count,
                        rows.columns, put.stream());
            }
        }
    }

    private static void append(ReplayOp.AppendRows op, TaskList tasks) {
        Rows rows = Rows.of(op.chains(), tasks);
        Rows replay = Rows.of(op.replay(), tasks);
        IntArray cursor = tasks.ints(op.cursor());
        IntArray places = tasks.arrays().temporaryInts(rows.count + 1);
        tasks.add(ReplayKernels::usable, rows.points, rows.forces, rows.energies, tasks.floats(op.largestEnergy()),
                places, rows.count, rows.columns);
        tasks.add(ReplayKernels::count, places, rows.count);
        tasks.add(ReplayKernels::append, rows.points, rows.forces, rows.energies, places, replay.points, replay.forces,
                replay.energies, cursor, rows.count, rows.columns, replay.count);
        tasks.add(ReplayKernels::moveCursor, places, cursor, tasks.floats(op.leftOut()), rows.count, replay.count);
    }
}
