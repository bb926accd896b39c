package dev.idem.cli;

import dev.idem.energy.GaussianMixture;
import dev.idem.energy.HostEnergy;
import dev.idem.task.Task;
import java.util.Optional;

/** The log density of a task, −E up to a constant, at points in the task's own coordinates; for pictures only. */
final class DensityGrid {

    /** A user's energy may be slow: a picture is not worth more than this. */
    private static final double MOST_SECONDS = 3;
    private static final double NANOS = 1e-9;
    private static final int TRIAL_ROWS = 64;

    private DensityGrid() {}

    /**
     * Returns the log density at points; nothing if that takes too long.
     *
     * @param points [row][axis], not modified
     */
    static Optional<double[]> at(Task task, float[] points) {
        Optional<GaussianMixture> mixture = task.exactMixture();
        if (mixture.isPresent()) {
            return Optional.of(ofMixture(mixture.get(), points));
        }
        return task.energy() instanceof HostEnergy energy ? ofHost(energy, task.unit(), points) : Optional.empty();
    }

    private static double[] ofMixture(GaussianMixture mixture, float[] points) {
        int dimension = mixture.dimension();
        double[] densities = new double[points.length / dimension];
        double[] x = new double[dimension];
        for (int row = 0; row < densities.length; row++) {
            for (int axis = 0; axis < dimension; axis++) {
                x[axis] = points[row * dimension + axis];
            }
            densities[row] = mixture.logDensity(x, 0);
        }
        return densities;
    }

    private static Optional<double[]> ofHost(HostEnergy energy, double unit, float[] points) {
        int dimension = energy.dimension();
        int rows = points.length / dimension;
        double[] densities = new double[rows];
        double[] energies = new double[TRIAL_ROWS];
        float[] gradients = new float[TRIAL_ROWS * dimension];
        float[] x = new float[TRIAL_ROWS * dimension];
        long begin = System.nanoTime();
        for (int done = 0; done < rows; done += TRIAL_ROWS) {
            int batch = Math.min(TRIAL_ROWS, rows - done);
            for (int i = 0; i < batch * dimension; i++) {
                x[i] = (float) (points[done * dimension + i] / unit);
            }
            energy.evaluate(x, batch, energies, gradients);
            for (int row = 0; row < batch; row++) {
                densities[done + row] = -energies[row];
            }
            double taken = (System.nanoTime() - begin) * NANOS;
            if (taken > MOST_SECONDS) {
                return Optional.empty();
            }
        }
        return Optional.of(densities);
    }
}
