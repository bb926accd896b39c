package dev.idem.reference;

import dev.idem.energy.Energy;
import dev.idem.energy.ParticleEnergy;
import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.EnergyOp;
import dev.idem.program.MoveRule;
import dev.idem.random.Uniforms;

/** The definition of energies of rows and of moves by them. */
public final class ReferenceEnergies {

    private ReferenceEnergies() {}

    static void run(EnergyOp op, ReferenceSession session) {
        switch (op) {
            case EnergyOp.OfRows of -> {
                double[] force = new double[of.x().columns()];
                for (int row = 0; row < of.rows(); row++) {
                    double[] x = row(of.x(), row, session);
                    session.set(of.energy(), row, 0, evaluate(of.target(), x, force));
                    if (of.force() != null) {
                        setRow(of.force(), row, force, session);
                    }
                }
            }
            case EnergyOp.Move move -> {
                for (int row = 0; row < move.rows(); row++) {
                    if (move.rule().steps() > 1) {
                        moveAlongTrajectory(move, row, session);
                    } else {
                        move(move, row, session);
                    }
                }
            }
        }
    }

    /** Returns the energy at x and writes the force. */
    public static double evaluate(Energy energy, double[] x, double[] force) {
        return -ReferenceTargets.logDensity(energy, x, force);
    }

    private static double[] row(Buffer buffer, int row, ReferenceSession session) {
        double[] values = new double[buffer.columns()];
        for (int c = 0; c < values.length; c++) {
            values[c] = session.get(buffer, row, c);
        }
        return values;
    }

    private static void setRow(Buffer buffer, int row, double[] values, ReferenceSession session) {
        for (int c = 0; c < values.length; c++) {
            session.set(buffer, row, c, values[c]);
        }
    }

    private static double[] drift(EnergyOp.Move op, double[] force, double beta) {
        int parts = op.target() instanceof ParticleEnergy particles ? particles.particles() : 1;
        int length = force.length / parts;
        double[] drift = new double[force.length];
        for (int first = 0; first < force.length; first += length) {
            double square = 0;
            for (int c = first; c < first + length; c++) {
                square += beta * beta * force[c] * force[c];
            }
            for (int c = first; c < first + length; c++) {
                drift[c] = beta * force[c] * Math.min(1, op.rule().largestForce() / (Math.sqrt(square) + 1e-6));
            }
        }
        centre(op, drift);
        return drift;
    }

    private static void centre(EnergyOp.Move op, double[] values) {
        if (op.target() instanceof ParticleEnergy particles) {
            int axes = particles.axes();
            for (int axis = 0; axis < axes; axis++) {
                double sum = 0;
                for (int c = axis; c < values.length; c += axes) {
                    sum += values[c];
                }
                for (int c = axis; c < values.length; c += axes) {
                    values[c] -= sum / particles.particles();
                }
            }
        }
    }

    /** The acceptance ratio is computed from the densities of both proposals, not from its simplified form. */
    private static void move(EnergyOp.Move op, int row, ReferenceSession session) {
        int dimension = op.x().columns();
        MoveRule rule = op.rule();
        double beta = op.inverseTemperature() == null ? 1 : session.get(op.inverseTemperature(), row, 0);
        double size = session.get(op.step(), row, 0);
        double energy = session.get(op.energy(), row, 0);
        if (!(energy > rule.above() || energy == Double.POSITIVE_INFINITY)) {
            return;
        }
        double[] x = row(op.x(), row, session);
        double[] drift = drift(op, row(op.force(), row, session), beta);
        double[] noise = noise(op, row, 0, session);
        double[] y = new double[dimension];
        for (int c = 0; c < dimension; c++) {
            double kick = rule.kind() == MoveRule.Kind.DESCENT ? 0 : Math.sqrt(2 * size) * noise[c];
            y[c] = x[c] + size * drift[c] + kick;
        }
        double[] force = new double[dimension];
        double proposed = evaluate(op.target(), y, force);
        double[] back = drift(op, force, beta);
        double forth = 0;
        double reverse = 0;
        for (int c = 0; c < dimension; c++) {
            forth -= Math.pow(y[c] - x[c] - size * drift[c], 2) / (4 * size);
            reverse -= Math.pow(x[c] - y[c] - size * back[c], 2) / (4 * size);
        }
        double probability = Math.min(1, Math.exp(-beta * (proposed - energy) + reverse - forth));
        boolean moved = switch (rule.kind()) {
            case METROPOLIS -> uniform(op, row, session) <= probability;
            case UNADJUSTED -> Double.isFinite(proposed);
            case DESCENT -> proposed <= energy;
        };
        if (rule.kind() == MoveRule.Kind.DESCENT) {
            probability = moved ? 1 : 0;
        }
        settle(op, row, new Proposal(y, force, proposed, probability), moved, session);
    }

    /** A leapfrog step is the map (x, v) → (x', v') of the position form here; energies are compared at its ends. */
    private static void moveAlongTrajectory(EnergyOp.Move op, int row, ReferenceSession session) {
        MoveRule rule = op.rule();
        double beta = op.inverseTemperature() == null ? 1 : session.get(op.inverseTemperature(), row, 0);
        double time = Math.sqrt(2 * session.get(op.step(), row, 0));
        double kept = Math.exp(-1.0 / rule.steps());
        double[] x = row(op.x(), row, session);
        double[] force = row(op.force(), row, session);
        double[] velocity = noise(op, row, 0, session);
        double energy = session.get(op.energy(), row, 0);
        double error = 0;
        for (int step = 0; step < rule.steps(); step++) {
            double[] fresh = noise(op, row, step, session);
            double[] before = drift(op, force, beta);
            double[] y = new double[x.length];
            for (int c = 0; c < x.length && step > 0; c++) {
                velocity[c] = kept * velocity[c] + Math.sqrt(1 - kept * kept) * fresh[c];
            }
            for (int c = 0; c < x.length; c++) {
                y[c] = x[c] + time * velocity[c] + time * time / 2 * before[c];
            }
            double[] there = new double[x.length];
            double value = evaluate(op.target(), y, there);
            double[] after = drift(op, there, beta);
            error += beta * (value - energy);
            for (int c = 0; c < x.length; c++) {
                double next = velocity[c] + time / 2 * (before[c] + after[c]);
                error += (next * next - velocity[c] * velocity[c]) / 2;
                velocity[c] = next;
            }
            x = y;
            force = there;
            energy = value;
        }
        double probability = error <= 0 ? 1 : error > 0 ? Math.exp(-error) : 0; // not a number where it has left all bounds
        settle(op, row, new Proposal(x, force, energy, probability), uniform(op, row, session) <= probability, session);
    }

    private static double[] noise(EnergyOp.Move op, int row, int later, ReferenceSession session) {
        double[] noise = new double[op.x().columns()];
        for (int c = 0; c < noise.length; c++) {
            noise[c] = ReferenceOps.normalLater(session, op.counter(), later, op.stream(), row, c);
        }
        centre(op, noise);
        return noise;
    }

    private static float uniform(EnergyOp.Move op, int row, ReferenceSession session) {
        int[] words = session.ints(op.counter());
        return Uniforms.uniform(words[Counter.SEED_LOW], words[Counter.SEED_HIGH], op.stream(), words[Counter.STEP],
                words[Counter.FIRST_ROW] + row, (op.x().columns() + 3) / 4 * 4);
    }

    /** Where a row may go. */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    private record Proposal(double[] x, double[] force, double energy, double probability) {}

    private static void settle(EnergyOp.Move op, int row, Proposal proposal, boolean moved, ReferenceSession session) {
        MoveRule rule = op.rule();
        if (moved) {
            setRow(op.x(), row, proposal.x, session);
            setRow(op.force(), row, proposal.force, session);
            session.set(op.energy(), row, 0, proposal.energy);
            session.add(op.moves(), row, 0, 1);
        }
        if (rule.adaptation() > 0) {
            double change = rule.adaptation() * (proposal.probability - rule.acceptance());
            session.set(op.step(), row, 0, session.get(op.step(), row, 0) * Math.exp(change));
        }
    }
}
