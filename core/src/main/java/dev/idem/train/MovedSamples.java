package dev.idem.train;

import dev.idem.backend.Backend;
import dev.idem.backend.Session;
import dev.idem.config.TrainConfig;
import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.Role;
import dev.idem.task.Task;

/**
 * Samples after Langevin steps of fixed size.
 *
 * @param samples [row][axis] in the task's own coordinates
 * @param acceptance share of proposals that were accepted
 * @param energyCalls energy calls of the steps
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record MovedSamples(float[] samples, double acceptance, long energyCalls) {

    /**
     * Moves samples.
     *
     * @param samples [row][axis] in the task's own coordinates, not modified
     * @throws IllegalArgumentException if they are not whole rows, at least one
     */
    static MovedSamples of(Task task, TrainConfig config, Backend backend, TrainedSampler.Langevin steps,
            float[] samples, long seed) {
        int dimension = task.dimension();
        if (samples.length == 0 || samples.length % dimension != 0) {
            throw new IllegalArgumentException("samples has " + samples.length
                    + " values, must be a positive multiple of the dimension " + dimension);
        }
        int rows = samples.length / dimension;
        int batch = Math.ceilDiv(rows, Math.ceilDiv(rows, TrainedSampler.BATCH));
        Buffer points = Buffer.floats("langevinPoints", batch, dimension, Role.STATE);
        Chains chains = Chains.langevin("langevin", points, task.energy(), steps, config.refine().largestForce(),
                TrainedSampler.LANGEVIN_STREAMS);
        float[] moved = new float[samples.length];
        float[] part = new float[batch * dimension];
        float unit = (float) task.unit();
        long calls = 0;
        double moves = 0;
        try (Session session = backend.compile(chains.all())) {
            chains.writeConstants(session, steps.stepSize());
            for (int done = 0; done < rows; done += batch) {
                int taken = Math.min(batch, rows - done);
                for (int i = 0; i < taken * dimension; i++) {
                    part[i] = samples[done * dimension + i] / unit;
                }
                session.write(points, part);
                session.write(chains.counter(), Counter.start(seed, done));
                calls += chains.run(session, steps.steps());
                session.read(points, part);
                for (int i = 0; i < taken * dimension; i++) {
                    moved[done * dimension + i] = part[i] * unit;
                }
                float[] movesOfRows = session.readFloats(chains.moves());
                for (int row = 0; row < taken; row++) {
                    moves += (double) movesOfRows[row] * steps.trajectory();
                }
            }
        }
        return new MovedSamples(moved, moves / ((double) rows * steps.steps()), calls);
    }
}
