package dev.idem.cpu;

import dev.idem.program.EnergyOp;
import dev.idem.program.MoveRule;
import java.util.Arrays;

/**
 * {@link EnergyOp.Move} by trajectories: a block of rows goes along its trajectories together, one call of the energy a step, then row by
 * row the decision.
 *
 * <p>Points, velocities and drifts are kept in float; steps are computed and the change of the energy is summed in double precision, in the order
 * of the coordinates. The noise of step i has the number of the counter's step plus i.
 */
final class TrajectoryRows implements Kernel {

    private final MovingRows rows;
    private final int dimension;
    private final int steps;
    private final double kept; // e^{−1/L}
    private final double renewed; // √(1 − e^{−2/L})

    TrajectoryRows(EnergyOp.Move op, Operands operands) {
        rows = new MovingRows(op, operands);
        dimension = rows.dimension();
        MoveRule rule = op.rule();
        steps = rule.steps();
        kept = rule.velocityKept();
        renewed = Math.sqrt(1 - kept * kept);
    }

    @Override
    public void run(Worker worker, int from, int to) {
        MoveScratch s = worker.scratch().move(dimension);
        for (int first = from; first < to; first += MoveRows.BLOCK) {
            int count = Math.min(MoveRows.BLOCK, to - first);
            rows.normals(worker, first, count, 0, s.velocity);
            for (int k = 0; k < count; k++) {
                start(worker, first + k, k, s);
            }
            for (int step = 0; step < steps; step++) {
                if (step > 0) {
                    rows.normals(worker, first, count, step, s.noise);
                }
                for (int k = 0; k < count; k++) {
                    if (s.going[k]) {
                        depart(worker, first + k, k, step > 0, s);
                    }
                }
                rows.evaluate(worker, count, s);
                for (int k = 0; k < count; k++) {
                    if (s.going[k]) {
                        arrive(worker, first + k, k, s);
                    }
                }
            }
            for (int k = 0; k < count; k++) {
                if (s.movable[k]) {
                    decide(worker, first + k, k, s);
                }
            }
        }
    }

    /** A row that cannot move has some finite point evaluated, which is not looked at. */
    private void start(Worker worker, int row, int k, MoveScratch s) {
        int at = k * dimension;
        s.movable[k] = rows.forceIsFinite(worker, row) && Float.isFinite(rows.energy(worker, row));
        s.going[k] = s.movable[k];
        s.change[k] = 0;
        if (s.movable[k]) {
            rows.copyPoint(worker, row, s.proposal, at);
            rows.drift(worker, row, s.drift, at);
            rows.centre(s.velocity, at);
        } else {
            Arrays.fill(s.proposal, at, at + dimension, 0f);
        }
    }

    /** Renews some of the velocity, then half a kick and the way to the next point. */
    private void depart(Worker worker, int row, int k, boolean renew, MoveScratch s) {
        int at = k * dimension;
        double time = Math.sqrt(2 * rows.stepSize(worker, row));
        if (renew) {
            rows.centre(s.noise, at);
        }
        double kinetic = 0;
        for (int c = at; c < at + dimension; c++) {
            float velocity = renew ? (float) (kept * s.velocity[c] + renewed * s.noise[c]) : s.velocity[c];
            kinetic += (double) velocity * velocity;
            s.velocity[c] = (float) (velocity + 0.5 * time * s.drift[c]);
            s.proposal[c] = (float) (s.proposal[c] + time * s.velocity[c]);
        }
        s.change[k] -= 0.5 * kinetic;
        if (!rows.isFinite(s.proposal, at)) {
            giveUp(k, s);
        }
    }

    /** The other half of the kick. */
    private void arrive(Worker worker, int row, int k, MoveScratch s) {
        int at = k * dimension;
        if (!Float.isFinite(s.energy[k]) || !rows.isFinite(s.force, at)) {
            giveUp(k, s);
            return;
        }
        rows.drift(s.force, at, rows.beta(worker, row), s.drift, at);
        double time = Math.sqrt(2 * rows.stepSize(worker, row));
        double kinetic = 0;
        for (int c = at; c < at + dimension; c++) {
            s.velocity[c] = (float) (s.velocity[c] + 0.5 * time * s.drift[c]);
            kinetic += (double) s.velocity[c] * s.velocity[c];
        }
        s.change[k] += 0.5 * kinetic;
    }

    private void giveUp(int k, MoveScratch s) {
        s.going[k] = false;
        Arrays.fill(s.proposal, k * dimension, (k + 1) * dimension, 0f);
    }

    private void decide(Worker worker, int row, int k, MoveScratch s) {
        double probability = 0;
        if (s.going[k]) {
            double change = s.change[k]
                    + rows.beta(worker, row) * ((double) s.energy[k] - rows.energy(worker, row));
            probability = change <= 0 ? 1 : change > 0 ? StrictMath.exp(-change) : 0; // not a number: refused
        }
        boolean moved = s.going[k] && rows.uniform(worker, row) <= probability;
        rows.settle(worker, row, k, moved, probability, s);
    }
}
