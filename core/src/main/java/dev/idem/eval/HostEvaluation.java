package dev.idem.eval;

import dev.idem.energy.HostEnergy;
import dev.idem.energy.InvalidEnergyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What can be said of samples of a user's own energy without knowing the truth. */
final class HostEvaluation {

    private static final int BATCH = 256;

    private HostEvaluation() {}

    /**
     * Returns the mean energy and ⟨x·∇E⟩/dimension, which is one for exact samples of a density that vanishes at infinity
     * (the virial theorem).
     */
    static List<Metric> metrics(HostEnergy energy, double unit, float[] samples) {
        int dimension = energy.dimension();
        int rows = samples.length / dimension;
        double[] energies = new double[rows];
        double[] virials = new double[rows];
        double[] value = new double[BATCH];
        float[] gradient = new float[BATCH * dimension];
        for (int done = 0; done < rows; done += BATCH) {
            int batch = Math.min(BATCH, rows - done);
            float[] x = Arrays.copyOfRange(samples, done * dimension, (done + batch) * dimension);
            for (int i = 0; i < x.length; i++) {
                x[i] /= (float) unit;
            }
            energy.evaluate(x, batch, value, gradient);
            for (int row = 0; row < batch; row++) {
                requireValid(value[row], done + row);
                energies[done + row] = value[row];
                for (int axis = 0; axis < dimension; axis++) {
                    virials[done + row] += (double) x[row * dimension + axis] * gradient[row * dimension + axis]
                            / dimension;
                }
            }
        }
        return finiteMetrics(energies, virials);
    }

    private static void requireValid(double value, int row) {
        if (Double.isNaN(value) || value == Double.NEGATIVE_INFINITY) {
            throw new InvalidEnergyException("the energy of sample " + row + " is " + value
                    + "; it must be a number or +Infinity");
        }
    }

    private static List<Metric> finiteMetrics(double[] energies, double[] virials) {
        int[] finite = IntStream.range(0, energies.length)
                .filter(row -> Double.isFinite(energies[row]) && Double.isFinite(virials[row])).toArray();
        List<Metric> metrics = new ArrayList<>();
        metrics.add(new Metric("infiniteShare", "share of samples with an energy that is not finite",
                1 - (double) finite.length / energies.length, null, 0.0, null));
        if (finite.length > 0) {
            Estimate energy = Estimate.ofMean(Arrays.stream(finite).mapToDouble(row -> energies[row]).toArray());
            Estimate virial = Estimate.ofMean(Arrays.stream(finite).mapToDouble(row -> virials[row]).toArray());
            metrics.add(new Metric("meanEnergy", "mean energy of the finite ones", energy.value(),
                    Metric.finite(energy.standardError()), null, null));
            metrics.add(new Metric("virial", "mean of x·grad E / dimension; 1 if exact", virial.value(),
                    Metric.finite(virial.standardError()), 1.0, null));
        }
        return metrics;
    }
}
