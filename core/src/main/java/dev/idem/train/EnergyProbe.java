package dev.idem.train;

import dev.idem.energy.GaussianMixture;
import dev.idem.eval.ExactSamples;
import dev.idem.eval.Wasserstein;
import dev.idem.task.Task;
import java.util.Optional;

/** Compares the energies of the newest points with those of as many exact samples; counts its own energy calls. */
final class EnergyProbe {

    private final Optional<GaussianMixture> mixture;
    private final double unit;
    private final double[] exactEnergies;
    private long calls;

    EnergyProbe(Task task, long seed, int points) {
        mixture = task.exactMixture();
        unit = task.unit();
        exactEnergies = mixture.map(m -> energies(m, ExactSamples.of(m, ~seed, 0, points), 1)).orElse(new double[0]);
    }

    private double[] energies(GaussianMixture target, float[] points, double factor) {
        int dimension = target.dimension();
        double[] energies = new double[points.length / dimension];
        double[] x = new double[dimension];
        for (int row = 0; row < energies.length; row++) {
            for (int axis = 0; axis < dimension; axis++) {
                x[axis] = factor * points[row * dimension + axis];
            }
            energies[row] = -target.logDensity(x, 0);
        }
        calls += energies.length;
        return energies;
    }

    /** Returns the Wasserstein-2 distance (rooted) between energies, or NaN where no exact samples exist. */
    double energyW2(float[] points) {
        return mixture.map(m -> Wasserstein.scalarW2(energies(m, points, unit), exactEnergies)).orElse(Double.NaN);
    }

    /** Returns the number of energies computed so far, for evaluation. */
    long calls() {
        return calls;
    }
}
