package dev.idem.energy;

/** Where the second derivatives of one pair of particles go in a Hessian. */
final class PairHessian {

    private PairHessian() {}

    /**
     * Adds B = isotropic · I + directional · d dᵀ, d = x_i − x_j, to the diagonal blocks of i and j, and −B to the two
     * others.
     *
     * <p>Read: x [particle][axis] from offset. Modified: hessian [coordinate][coordinate] from its start.
     *
     * @param i first coordinate of the first particle
     * @param j first coordinate of the second particle
     */
    static void add(double[] x, int offset, int i, int j, int axes, int dimension, double isotropic,
            double directional, double[] hessian) {
        for (int a = 0; a < axes; a++) {
            double scaled = directional * (x[offset + i + a] - x[offset + j + a]);
            int first = (i + a) * dimension;
            int second = (j + a) * dimension;
            for (int b = 0; b < axes; b++) {
                double entry = scaled * (x[offset + i + b] - x[offset + j + b]) + (a == b ? isotropic : 0);
                hessian[first + i + b] += entry;
                hessian[second + j + b] += entry;
                hessian[first + j + b] -= entry;
                hessian[second + i + b] -= entry;
            }
        }
    }
}
