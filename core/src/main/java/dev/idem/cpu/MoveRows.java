package dev.idem.cpu;

import dev.idem.program.EnergyOp;
import dev.idem.program.MoveRule;
import java.util.Arrays;

/**
 * {@link EnergyOp.Move} by single steps: proposals of a block of rows, their energies in one call, then row by row the decision.
 *
 * <p>The drift is kept in float; positions are computed and the acceptance ratio is summed in double precision, in the order of the
 * coordinates. Energies are float: an energy of 300 is known to about 3e-5, and so is the ratio.
 */
final class MoveRows implements Kernel {

    /** Rows whose proposals are evaluated together, a multiple of 16. */
    static final int BLOCK = 64;

    private final MoveRule rule;
    private final MovingRows rows;
    private final int dimension;

    MoveRows(EnergyOp.Move op, Operands operands) {
        rule = op.rule();
        rows = new MovingRows(op, operands);
        dimension = rows.dimension();
    }

    @Override
    public void run(Worker worker, int from, int to) {
        MoveScratch s = worker.scratch().move(dimension);
        for (int first = from; first < to; first += BLOCK) {
            int count = Math.min(BLOCK, to - first);
            if (rule.kind() != MoveRule.Kind.DESCENT) {
                rows.normals(worker, first, count, 0, s.noise);
            }
            for (int k = 0; k < count; k++) {
                propose(worker, first + k, k, s);
            }
            rows.evaluate(worker, count, s);
            for (int k = 0; k < count; k++) {
                if (s.movable[k]) {
                    decide(worker, first + k, k, s);
                }
            }
        }
    }

    /** Writes a row's proposal; a row that cannot move proposes some finite point, which is not looked at. */
    private void propose(Worker worker, int row, int k, MoveScratch s) {
        int to = k * dimension;
        float value = rows.energy(worker, row);
        boolean descent = rule.kind() == MoveRule.Kind.DESCENT;
        boolean known = rows.forceIsFinite(worker, row)
                && (descent ? value > rule.above() || value == Float.POSITIVE_INFINITY : Float.isFinite(value));
        if (known) {
            rows.drift(worker, row, s.drift, to);
            if (!descent) {
                rows.centre(s.noise, to);
            }
            rows.copyPoint(worker, row, s.proposal, to);
            double size = rows.stepSize(worker, row);
            double deviation = descent ? 0 : Math.sqrt(2 * size);
            for (int c = to; c < to + dimension; c++) {
                s.proposal[c] = (float) (s.proposal[c] + size * s.drift[c] + deviation * s.noise[c]);
            }
        }
        s.movable[k] = known && rows.isFinite(s.proposal, to);
        if (!s.movable[k]) {
            Arrays.fill(s.proposal, to, to + dimension, 0f);
        }
    }

    private void decide(Worker worker, int row, int k, MoveScratch s) {
        double probability = 0;
        boolean moved = false;
        if (Float.isFinite(s.energy[k]) && rows.isFinite(s.force, k * dimension)) {
            switch (rule.kind()) {
                case METROPOLIS -> {
                    probability = acceptance(worker, row, k, s);
                    moved = rows.uniform(worker, row) <= probability;
                }
                case UNADJUSTED -> {
                    probability = rule.adaptation() > 0 ? acceptance(worker, row, k, s) : 1;
                    moved = true;
                }
                case DESCENT -> {
                    moved = s.energy[k] <= rows.energy(worker, row);
                    probability = moved ? 1 : 0;
                }
            }
        }
        rows.settle(worker, row, k, moved, probability, s);
    }

    /** Returns min(1, e^r), see {@link MoveRule}. */
    private double acceptance(Worker worker, int row, int k, MoveScratch s) {
        double beta = rows.beta(worker, row);
        rows.drift(s.force, k * dimension, beta, s.back, 0);
        double size = rows.stepSize(worker, row);
        double along = 0;
        double square = 0;
        for (int c = 0; c < dimension; c++) {
            double both = (double) s.drift[k * dimension + c] + s.back[c];
            along += s.noise[k * dimension + c] * both;
            square += both * both;
        }
        double change = (double) s.energy[k] - rows.energy(worker, row);
        double ratio = -beta * change - Math.sqrt(0.5 * size) * along - 0.25 * size * square;
        return ratio >= 0 ? 1 : StrictMath.exp(ratio);
    }
}
