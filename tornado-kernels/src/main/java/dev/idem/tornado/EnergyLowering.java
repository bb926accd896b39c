package dev.idem.tornado;

import dev.idem.energy.AnalyticEnergy;
import dev.idem.energy.Energy;
import dev.idem.energy.Funnel;
import dev.idem.energy.GaussianMixture;
import dev.idem.energy.HostEnergy;
import dev.idem.energy.LennardJones;
import dev.idem.energy.ManyWell;
import dev.idem.energy.PairDoubleWell;
import dev.idem.energy.ParticleEnergy;
import dev.idem.program.Buffer;
import dev.idem.program.EnergyOp;
import dev.idem.program.MoveRule;
import dev.idem.tornado.kernel.Energies;
import dev.idem.tornado.kernel.EnergyKernels;
import dev.idem.tornado.kernel.MoveKernels;
import dev.idem.tornado.kernel.NoiseKernels;
import dev.idem.tornado.kernel.PairKernels;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Lowers energies of rows and moves by them. */
final class EnergyLowering {

    private EnergyLowering() {}

    static void lower(EnergyOp op, TaskList tasks) {
        switch (op) {
            case EnergyOp.OfRows of -> {
                Buffer force = of.force();
                FloatArray forces = force == null
                        ? tasks.arrays().temporaryFloats(of.x().shape().size())
                        : tasks.floats(force);
                evaluate(of.target(), tasks.floats(of.x()), tasks.floats(of.energy()), forces, of.rows(), 1, tasks);
            }
            case EnergyOp.Move move when move.rule().steps() > 1 -> TrajectoryLowering.lower(move, tasks);
            case EnergyOp.Move move when move.rule().kind() == MoveRule.Kind.DESCENT -> descent(move, tasks);
            case EnergyOp.Move move -> move(move, tasks);
        }
    }

    /**
     * Returns the energy if it is one by formula.
     *
     * @throws IllegalArgumentException if it is a user's
     */
    static AnalyticEnergy analytic(Energy energy) {
        return switch (energy) {
            case AnalyticEnergy analytic -> analytic;
            case HostEnergy host -> throw new IllegalArgumentException("the energy " + host.getClass().getName()
                    + " is Java code, which runs on the CPU only; use --device cpu");
        };
    }

    /** Returns the constants of an energy as its kernels want them. */
    static List<Double> constants(AnalyticEnergy energy) {
        return switch (energy) {
            case GaussianMixture mixture -> mixture(mixture);
            case PairDoubleWell well -> List.of(well.quartic(), well.quadratic(), well.constant(), well.distance());
            case LennardJones cluster -> List.of(cluster.depth(), cluster.distance() * cluster.distance(),
                    cluster.oscillator(), cluster.softening());
            case Funnel funnel -> List.of(funnel.constant());
            case ManyWell _ -> List.of();
        };
    }

    private static List<Double> mixture(GaussianMixture mixture) {
        int dimension = mixture.dimension();
        List<Double> constants = new ArrayList<>();
        for (int mode = 0; mode < mixture.modes(); mode++) {
            double deviation = mixture.standardDeviations()[mode];
            constants.add(StrictMath.log(mixture.weights()[mode])
                    - dimension * (0.5 * StrictMath.log(2 * Math.PI) + StrictMath.log(deviation)));
            constants.add(1 / (deviation * deviation));
            for (int axis = 0; axis < dimension; axis++) {
                constants.add(mixture.means()[mode * dimension + axis]);
            }
        }
        return constants;
    }

    /** Returns an estimate of the operations of one energy and force. */
    static double operations(AnalyticEnergy energy) {
        return switch (energy) {
            case GaussianMixture mixture -> mixture.modes() * (8.0 * mixture.dimension() + 12);
            case ParticleEnergy particles -> 0.5 * particles.particles() * (particles.particles() - 1)
                    * (9.0 * particles.axes() + 12);
            case ManyWell well -> 8.0 * well.dimension();
            case Funnel funnel -> 6.0 * funnel.dimension();
        };
    }

    /** Appends energies and forces of rows. */
    static void evaluate(Energy target, FloatArray x, FloatArray energy, FloatArray force, int rows, int width,
            TaskList tasks) {
        AnalyticEnergy analytic = analytic(target);
        FloatArray constants = tasks.arrays().floatTable(constants(analytic));
        tasks.operations(rows * operations(analytic));
        tasks.add(EnergyKernels::evaluate, x, constants, energy, force, rows, width, kind(analytic), parts(analytic),
                analytic.dimension());
    }

    /** Returns the code of an energy in its kernels. */
    static int kind(AnalyticEnergy energy) {
        return switch (energy) {
            case GaussianMixture _ -> Energies.MIXTURE;
            case PairDoubleWell _ -> Energies.PAIR_DOUBLE_WELL;
            case LennardJones _ -> Energies.LENNARD_JONES;
            case ManyWell _ -> Energies.MANY_WELL;
            case Funnel _ -> Energies.FUNNEL;
        };
    }

    /** Returns what its sums run over: modes or particles. */
    static int parts(AnalyticEnergy energy) {
        return switch (energy) {
            case GaussianMixture mixture -> mixture.modes();
            case ParticleEnergy particles -> particles.particles();
            case ManyWell _,Funnel _ -> 1;
        };
    }

    private static void move(EnergyOp.Move op, TaskList tasks) {
        int rows = op.rows();
        int columns = op.x().columns();
        int size = rows * columns;
        int kind = op.rule().kind() == MoveRule.Kind.METROPOLIS ? MoveKernels.METROPOLIS : MoveKernels.UNADJUSTED;
        FloatArray x = tasks.floats(op.x());
        FloatArray force = tasks.floats(op.force());
        FloatArray energy = tasks.floats(op.energy());
        FloatArray step = tasks.floats(op.step());
        InverseTemperature beta = InverseTemperature.of(op, tasks);
        FloatArray noise = tasks.arrays().temporaryFloats(size);
        noise(op, 0, noise, tasks);
        FloatArray drift = tasks.arrays().temporaryFloats(size);
        drift(op, force, beta, drift, tasks);
        FloatArray proposal = tasks.arrays().temporaryFloats(size);
        tasks.add(MoveKernels::propose, x, drift, noise, step, proposal, rows, columns);
        FloatArray proposed = tasks.arrays().temporaryFloats(rows);
        FloatArray newForce = tasks.arrays().temporaryFloats(size);
        evaluate(op.target(), proposal, proposed, newForce, rows, 1, tasks);
        FloatArray back = tasks.arrays().temporaryFloats(size);
        drift(op, newForce, beta, back, tasks);
        FloatArray decision = tasks.arrays().temporaryFloats(2 * rows);
        tasks.add(MoveKernels::decide, tasks.ints(op.counter()), noise, drift, back, energy, proposed, step,
                beta.values, decision, rows, columns, kind, beta.stride, op.stream());
        take(op, decision, proposal, newForce, proposed, tasks);
    }

    private static void descent(EnergyOp.Move op, TaskList tasks) {
        int rows = op.rows();
        int columns = op.x().columns();
        int size = rows * columns;
        FloatArray drift = tasks.arrays().temporaryFloats(size);
        drift(op, tasks.floats(op.force()), InverseTemperature.of(op, tasks), drift, tasks);
        FloatArray proposal = tasks.arrays().temporaryFloats(size);
        tasks.add(MoveKernels::descend, tasks.floats(op.x()), drift, tasks.floats(op.step()), proposal, rows, columns);
        FloatArray proposed = tasks.arrays().temporaryFloats(rows);
        FloatArray newForce = tasks.arrays().temporaryFloats(size);
        evaluate(op.target(), proposal, proposed, newForce, rows, 1, tasks);
        FloatArray decision = tasks.arrays().temporaryFloats(2 * rows);
        tasks.add(MoveKernels::decideDescent, drift, newForce, tasks.floats(op.energy()), proposed, decision, rows,
                columns, above(op.rule()));
        take(op, decision, proposal, newForce, proposed, tasks);
    }

    /** Appends the taking of what was decided: points with their forces and energies. */
    static void take(EnergyOp.Move op, FloatArray decision, FloatArray place, FloatArray placeForce,
            FloatArray placeEnergy, TaskList tasks) {
        tasks.add(MoveKernels::take, decision, place, placeForce, placeEnergy, tasks.floats(op.x()),
                tasks.floats(op.force()), tasks.floats(op.energy()), tasks.floats(op.moves()), tasks.floats(op.step()),
                op.rows(), op.x().columns(), (float) op.rule().adaptation(), (float) op.rule().acceptance());
    }

    /** Returns the largest finite float that is no larger: an energy is above it if it is above the bound. */
    private static float above(MoveRule rule) {
        double bound = Math.clamp(rule.above(), -Float.MAX_VALUE, Float.MAX_VALUE);
        float nearest = (float) bound;
        return nearest > bound ? Math.nextDown(nearest) : nearest;
    }

    /** β of a move's rows: [row] at a stride, which is 0 where one stands for all. */
    record InverseTemperature(FloatArray values, int stride) {

        static InverseTemperature of(EnergyOp.Move op, TaskList tasks) {
            Buffer inverse = op.inverseTemperature();
            return inverse == null
                    ? new InverseTemperature(tasks.arrays().floatTable(List.of(1.0)), 0)
                    : new InverseTemperature(tasks.floats(inverse), TaskList.stride(inverse));
        }
    }

    /** Draws normal numbers, of a step after the counter's, without their mean over the particles if there are any. */
    static void noise(EnergyOp.Move op, int later, FloatArray noise, TaskList tasks) {
        int columns = op.x().columns();
        tasks.add(NoiseKernels::gaussian, tasks.ints(op.counter()), noise, op.rows(), columns,
                Lowering.blocks(columns), 1f, op.stream(), later);
        if (op.target() instanceof ParticleEnergy particles) {
            tasks.add(PairKernels::centre, noise, op.rows(), particles.particles(), particles.axes());
        }
    }

    static void drift(EnergyOp.Move op, FloatArray force, InverseTemperature beta, FloatArray drift, TaskList tasks) {
        int columns = op.x().columns();
        int parts = op.target() instanceof ParticleEnergy particles ? particles.particles() : 1;
        tasks.add(MoveKernels::drift, force, beta.values, drift, op.rows(), parts, columns / parts,
                (float) Math.min(op.rule().largestForce(), 1e30), beta.stride,
                op.target() instanceof ParticleEnergy ? 1 : 0);
    }
}
