package dev.idem.cpu;

import dev.idem.cpu.kernel.NormalKernel;
import dev.idem.cpu.kernel.ParticleKernel;
import dev.idem.energy.ParticleEnergy;
import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.EnergyOp;
import dev.idem.random.Philox;
import dev.idem.random.Uniforms;
import org.jspecify.annotations.Nullable;

/**
 * What every {@link EnergyOp.Move} does with its rows: drift, noise, and the decision's consequences.
 *
 * <p>Noise: the row's normal numbers; the uniform number of the test is the first of the block behind them.
 */
final class MovingRows {

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

    MovingRows(EnergyOp.Move op, Operands operands) {
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

    int dimension() {
        return dimension;
    }

    double beta(Worker worker, int row) {
        return inverseTemperature == null ? 1 : inverseTemperature.array(worker)[inverseTemperature.at(worker, row)];
    }

    double stepSize(Worker worker, int row) {
        return step.array(worker)[step.at(worker, row)];
    }

    float energy(Worker worker, int row) {
        return energy.array(worker)[energy.at(worker, row)];
    }

    /** Copies a row's point. */
    void copyPoint(Worker worker, int row, float[] out, int to) {
        System.arraycopy(x.array(worker), x.at(worker, row), out, to, dimension);
    }

    boolean forceIsFinite(Worker worker, int row) {
        return isFinite(force.array(worker), force.at(worker, row));
    }

    boolean isFinite(float[] values, int at) {
        boolean finite = true;
        for (int c = 0; c < dimension; c++) {
            finite &= Float.isFinite(values[at + c]);
        }
        return finite;
    }

    /** Draws the normal numbers of a block of rows, {@code later} steps after the counter's. */
    void normals(Worker worker, int first, int rows, int later, float[] out) {
        NormalKernel.normals(counter[Counter.SEED_LOW], counter[Counter.SEED_HIGH], op.stream(),
                counter[Counter.STEP] + later, counter[Counter.FIRST_ROW] + first, rows, dimension, out, 0,
                worker.scratch().noise());
    }

    /** Writes g = β · force at a row's point, clipped and centred. */
    void drift(Worker worker, int row, float[] out, int to) {
        drift(force.array(worker), force.at(worker, row), beta(worker, row), out, to);
    }

    /** Writes g = β · force, clipped and centred. */
    void drift(float[] forces, int at, double beta, float[] out, int to) {
        for (int c = 0; c < dimension; c++) {
            out[to + c] = (float) (beta * forces[at + c]);
        }
        ParticleKernel.clip(out, to, parts, dimension / parts, op.rule().largestForce(), out, to);
        centre(out, to);
    }

    /** Projects a vector to mean zero if the energy is of particles. */
    void centre(float[] values, int at) {
        if (meanFree) {
            ParticleKernel.removeMean(values, at, parts, dimension / parts);
        }
    }

    /** Evaluates proposals, their energies and forces. */
    void evaluate(Worker worker, int rows, MoveScratch s) {
        worker.scratch().rows(op.target()).evaluate(s.proposal, 0, rows, s.energy, 0, s.force, 0);
    }

    /** Returns the uniform number of a row's test. */
    float uniform(Worker worker, int row) {
        int[] words = worker.scratch().words();
        Philox.words(Math.ceilDiv(dimension, Philox.WORDS), counter[Counter.FIRST_ROW] + row, counter[Counter.STEP],
                op.stream(), counter[Counter.SEED_LOW], counter[Counter.SEED_HIGH], words, 0);
        return Uniforms.ofBits(words[0]);
    }

    /** Makes a proposal the row's point, where it moved, and adapts the row's step. */
    void settle(Worker worker, int row, int k, boolean moved, double probability, MoveScratch s) {
        if (moved) {
            System.arraycopy(s.proposal, k * dimension, x.array(worker), x.at(worker, row), dimension);
            System.arraycopy(s.force, k * dimension, force.array(worker), force.at(worker, row), dimension);
            energy.array(worker)[energy.at(worker, row)] = s.energy[k];
            moves.array(worker)[moves.at(worker, row)] += 1f;
        }
        if (op.rule().adaptation() > 0) {
            double factor = StrictMath.exp(op.rule().adaptation() * (probability - op.rule().acceptance()));
            step.array(worker)[step.at(worker, row)] *= (float) factor;
        }
    }
}
