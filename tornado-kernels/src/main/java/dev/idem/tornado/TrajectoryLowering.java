package dev.idem.tornado;

import dev.idem.program.EnergyOp;
import dev.idem.tornado.kernel.TrajectoryKernels;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Lowers moves by trajectories: six launches a step. */
final class TrajectoryLowering {

    private TrajectoryLowering() {}

    static void lower(EnergyOp.Move op, TaskList tasks) {
        int rows = op.rows();
        int columns = op.x().columns();
        int size = rows * columns;
        double kept = op.rule().velocityKept();
        FloatArray force = tasks.floats(op.force());
        FloatArray energy = tasks.floats(op.energy());
        FloatArray step = tasks.floats(op.step());
        EnergyLowering.InverseTemperature beta = EnergyLowering.InverseTemperature.of(op, tasks);
        FloatArray noise = tasks.arrays().temporaryFloats(size);
        FloatArray velocity = tasks.arrays().temporaryFloats(size);
        FloatArray drift = tasks.arrays().temporaryFloats(size);
        FloatArray place = tasks.arrays().temporaryFloats(size);
        FloatArray placeForce = tasks.arrays().temporaryFloats(size);
        FloatArray placeEnergy = tasks.arrays().temporaryFloats(rows);
        FloatArray state = tasks.arrays().temporaryFloats(TrajectoryKernels.STATE * rows);
        FloatArray decision = tasks.arrays().temporaryFloats(2 * rows);

        EnergyLowering.drift(op, force, beta, drift, tasks);
        tasks.add(TrajectoryKernels::begin, tasks.floats(op.x()), drift, energy, place, state, rows, columns);
        for (int i = 0; i < op.rule().steps(); i++) {
            EnergyLowering.noise(op, i, noise, tasks);
            tasks.add(TrajectoryKernels::depart, noise, drift, step, velocity, place, state, rows, columns,
                    i == 0 ? 0f : (float) kept, i == 0 ? 1f : (float) Math.sqrt(1 - kept * kept));
            EnergyLowering.evaluate(op.target(), place, placeEnergy, placeForce, rows, 1, tasks);
            EnergyLowering.drift(op, placeForce, beta, drift, tasks);
            tasks.add(TrajectoryKernels::arrive, drift, step, placeEnergy, velocity, state, rows, columns);
        }
        tasks.add(TrajectoryKernels::decide, tasks.ints(op.counter()), energy, placeEnergy, beta.values(), state,
                decision, rows, columns, beta.stride(), op.stream());
        EnergyLowering.take(op, decision, place, placeForce, placeEnergy, tasks);
    }
}
