package dev.idem.reference;

import dev.idem.program.Buffer;
import dev.idem.program.ReplayOp;
import dev.idem.program.ReplayRows;
import dev.idem.random.Uniforms;

/** The ops of a replay that keeps energies and forces, by their definitions. */
final class ReferenceReplay {

    private ReferenceReplay() {}

    static void run(ReplayOp op, ReferenceSession session) {
        int[] cursor;
        switch (op) {
            case ReplayOp.AppendRows append -> {
                cursor = session.ints(append.cursor());
                for (int row = 0; row < append.chains().rows(); row++) {
                    double energy = session.get(append.chains().energies(), row, 0);
                    if (energy <= session.get(append.largestEnergy(), 0, 0)
                            && isFinite(append.chains(), row, session)) {
                        copy(append.chains(), row, append.replay(), cursor[0], session);
                        cursor[0] = (cursor[0] + 1) % append.replay().rows();
                        cursor[1] = Math.min(cursor[1] + 1, append.replay().rows());
                    } else {
                        session.add(append.leftOut(), 0, 0, 1);
                    }
                }
            }
            case ReplayOp.TakeRun take -> {
                cursor = session.ints(take.cursor());
                int start = Uniforms.index(ReferenceOps.uniform(session, take.counter(), take.stream(), 0), cursor[1]);
                for (int row = 0; row < take.chains().rows(); row++) {
                    copy(take.replay(), (start + row) % cursor[1], take.chains(), row, session);
                }
            }
            case ReplayOp.PutRun put -> {
                cursor = session.ints(put.cursor());
                int start = Uniforms.index(ReferenceOps.uniform(session, put.counter(), put.stream(), 0), cursor[1]);
                for (int row = 0; row < put.chains().rows(); row++) {
                    copy(put.chains(), row, put.replay(), (start + row) % cursor[1], session);
                }
            }
        }
    }

    private static boolean isFinite(ReplayRows rows, int row, ReferenceSession session) {
        double sum = session.get(rows.energies(), row, 0);
        for (Buffer buffer : new Buffer[] {rows.points(), rows.forces()}) {
            for (int axis = 0; axis < buffer.columns(); axis++) {
                sum += session.get(buffer, row, axis);
            }
        }
        return Double.isFinite(sum);
    }

    private static void copy(ReplayRows from, int row, ReplayRows to, int slot, ReferenceSession session) {
        for (int axis = 0; axis < from.points().columns(); axis++) {
            session.set(to.points(), slot, axis, session.get(from.points(), row, axis));
            session.set(to.forces(), slot, axis, session.get(from.forces(), row, axis));
        }
        session.set(to.energies(), slot, 0, session.get(from.energies(), row, 0));
    }
}
