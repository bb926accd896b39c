package dev.idem.cpu.kernel;

import dev.idem.energy.HostEnergy;
import org.jspecify.annotations.Nullable;

/** Rows of a user's energy, in batches of at most 256; energies are rounded to float. */
final class HostRows implements RowEnergy {

    private static final int BATCH = 256;

    private final HostEnergy host;
    private final float[] points; // [row][axis]
    private final double[] energies = new double[BATCH];
    private final float[] gradient; // [row][axis]

    HostRows(HostEnergy host) {
        this.host = host;
        points = new float[BATCH * host.dimension()];
        gradient = new float[BATCH * host.dimension()];
    }

    @Override
    public void evaluate(float[] x, int offset, int rows, float[] energy, int energyOffset, float @Nullable [] force,
            int forceOffset) {
        int dimension = host.dimension();
        for (int first = 0; first < rows; first += BATCH) {
            int count = Math.min(BATCH, rows - first);
            System.arraycopy(x, offset + first * dimension, points, 0, count * dimension);
            HostEnergyCalls.evaluate(host, points, count, dimension, energies, gradient);
            for (int row = 0; row < count; row++) {
                energy[energyOffset + first + row] = (float) energies[row];
                if (force != null && energies[row] < Double.POSITIVE_INFINITY) {
                    int to = forceOffset + (first + row) * dimension;
                    for (int c = 0; c < dimension; c++) {
                        float slope = gradient[row * dimension + c];
                        if (Float.isNaN(slope)) {
                            throw HostEnergyCalls.invalidGradient(points, row, c, dimension, energies[row]);
                        }
                        force[to + c] = -slope;
                    }
                }
            }
        }
    }
}
