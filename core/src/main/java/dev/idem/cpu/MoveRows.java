package dev.idem.cpu;

import dev.idem.cpu.kernel.NormalKernel;
import dev.idem.cpu.kernel.ParticleKernel;
import dev.idem.energy.ParticleEnergy;
import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.EnergyOp;
import dev.idem.program.MoveRule;
import dev.idem.random.Philox;
import dev.idem.random.Uniforms;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@link EnergyOp.Move}: proposals of a block of rows, their energies in one call, then row by row the decision.
 *
 * <p>Noise: the row's normal numbers; the uniform number of the test is the first of the block behind them. The drift is
 * kept in float; positions are computed and the acceptance ratio is summed in double precision, in the order of the
 * coordinates. Energies are float: an energy of 300 is known to about 3e-5, and so is the ratio.
 */
final class MoveRows implements Kernel {

    /** Rows whose proposals are evaluated together, a multiple of 16. */
    static final int BLOCK = 64;

    private final EnergyOp.Move op;
    private final int[] counter;
    private final Operand x;
    private final Operand energy;
    private final Operand force;
    private final Operand step;
    private final @Nullable Operand inverseTemperature;
    private final Operand moves;
    private final int dimension;
    private final int parts; // that are clipped, each for itself
    private final boolean meanFree;

    MoveRows(EnergyOp.Move op, Operands operands) {
        this.op = op;
        counter = operands.ints(op.counter());
        x = operands.rows(op.x());
        energy = operands.rows(op.energy());
        force = operands.rows(op.force());
        step = operands.rows(op.step());
        Buffer beta = op.inverseTemperature();
        inverseTemperature = beta == null ? null : operands.rows(beta);
        moves = operands.rows(op.moves());
        dimension = op.x().columns();
        meanFree = op.target() instanceof ParticleEnergy;
        parts = op.target() instanceof ParticleEnergy particles ? particles.particles() : 1;
    }

    @Override
    public void run(Worker worker, int from, int to) {
        MoveScratch s = worker.scratch().move(dimension);
        for (int first = from; first < to; first += BLOCK) {
            int rows = Math.min(BLOCK, to - first);
            if (op.rule().kind() != MoveRule.Kind.DESCENT) {
                NormalKernel.normals(counter[Counter.SEED_LOW], counter[Counter.SEED_HIGH], op.stream(),
                        counter[Counter.STEP], counter[Counter.FIRST_ROW] + first, rows, dimension, s.noise, 0,
                        worker.scratch().noise());
            }
            for (int k = 0; k < rows; k++) {
                propose(worker, first + k, k, s);
            }
            worker.scratch().rows(op.target()).evaluate(s.proposal, 0, rows, s.energy, 0, s.force, 0);
            for (int k = 0; k < rows; k++) {
                if (s.movable[k]) {
                    decide(worker, first + k, k, s);
                }
            }
        }
    }

    private double beta(Worker worker, int row) {
        return inverseTemperature == null ? 1 : inverseTemperature.array(worker)[inverseTemperature.at(worker, row)];
    }

    /** Writes g = β · force, clipped and centred. */
    private void drift(float[] forces, int at, double beta, float[] out, int to) {
        for (int c = 0; c < dimension; c++) {
            out[to + c] = (float) (beta * forces[at + c]);
        }
        ParticleKernel.clip(out, to, parts, dimension / parts, op.rule().largestForce(), out, to);
        if (meanFree) {
            ParticleKernel.removeMean(out, to, parts, dimension / parts);
        }
    }

    /** Writes a row's proposal; a row that cannot move proposes some finite point, which is not looked at. */
    private void propose(Worker worker, int row, int k, MoveScratch s) {
        float[] points = x.array(worker);
        int at = x.at(worker, row);
        int to = k * dimension;
        float value = energy.array(worker)[energy.at(worker, row)];
        boolean descent = op.rule().kind() == MoveRule.Kind.DESCENT;
        boolean known = isFinite(force.array(worker), force.at(worker, row))
                && (descent
                        ? value > op.rule().above() || value == Float.POSITIVE_INFINITY
                        : Float.isFinite(value));
        if (known) {
            drift(force.array(worker), force.at(worker, row), beta(worker, row), s.drift, to);
            if (!descent && meanFree) {
                ParticleKernel.removeMean(s.noise, to, parts, dimension / parts);
            }
            double size = step.array(worker)[step.at(worker, row)];
            double deviation = descent ? 0 : Math.sqrt(2 * size);
            for (int c = 0; c < dimension; c++) {
                s.proposal[to + c] = (float) (points[at + c] + size * s.drift[to + c] + deviation * s.noise[to + c]);
            }
        }
        s.movable[k] = known && isFinite(s.proposal, to);
        if (!s.movable[k]) {
            Arrays.fill(s.proposal, to, to + dimension, 0f);
        }
    }

    private boolean isFinite(float[] values, int at) {
        boolean finite = true;
        for (int c = 0; c < dimension; c++) {
            finite &= Float.isFinite(values[at + c]);
        }
        return finite;
    }

    private void decide(Worker worker, int row, int k, MoveScratch s) {
        float[] energies = energy.array(worker);
        int at = energy.at(worker, row);
        double probability = 0;
        boolean moved = false;
        if (Float.isFinite(s.energy[k]) && isFinite(s.force, k * dimension)) {
            switch (op.rule().kind()) {
                case METROPOLIS -> {
                    probability = acceptance(worker, row, k, s);
                    moved = uniform(worker, row) <= probability;
                }
                case UNADJUSTED -> {
                    probability = op.rule().adaptation() > 0 ? acceptance(worker, row, k, s) : 1;
                    moved = true;
                }
                case DESCENT -> {
                    moved = s.energy[k] <= energies[at];
                    probability = moved ? 1 : 0;
                }
            }
        }
        if (moved) {
            System.arraycopy(s.proposal, k * dimension, x.array(worker), x.at(worker, row), dimension);
            System.arraycopy(s.force, k * dimension, force.array(worker), force.at(worker, row), dimension);
            energies[at] = s.energy[k];
            moves.array(worker)[moves.at(worker, row)] += 1f;
        }
        if (op.rule().adaptation() > 0) {
            double factor = StrictMath.exp(op.rule().adaptation() * (probability - op.rule().acceptance()));
            step.array(worker)[step.at(worker, row)] *= (float) factor;
        }
    }

    /** Returns min(1, e^r), see {@link MoveRule}. */
    private double acceptance(Worker worker, int row, int k, MoveScratch s) {
        double beta = beta(worker, row);
        drift(s.force, k * dimension, beta, s.back, 0);
        double size = step.array(worker)[step.at(worker, row)];
        double along = 0;
        double square = 0;
        for (int c = 0; c < dimension; c++) {
            double both = (double) s.drift[k * dimension + c] + s.back[c];
            along += s.noise[k * dimension + c] * both;
            square += both * both;
        }
        double change = (double) s.energy[k] - energy.array(worker)[energy.at(worker, row)];
        double ratio = -beta * change - Math.sqrt(0.5 * size) * along - 0.25 * size * square;
        return ratio >= 0 ? 1 : StrictMath.exp(ratio);
    }

    private float uniform(Worker worker, int row) {
        int[] words = worker.scratch().words();
        Philox.words(Math.ceilDiv(dimension, Philox.WORDS), counter[Counter.FIRST_ROW] + row, counter[Counter.STEP],
                op.stream(), counter[Counter.SEED_LOW], counter[Counter.SEED_HIGH], words, 0);
        return Uniforms.ofBits(words[0]);
    }
}
