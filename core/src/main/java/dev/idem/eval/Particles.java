package dev.idem.eval;

/** Geometry of configurations of equal particles, rows of [particle][axis]. */
public final class Particles {

    private Particles() {}

    /**
     * Returns the configurations with their centre of mass moved to the origin.
     *
     * @param sample [row][particle][axis], not modified
     * @param particles at least 1
     * @param axes axes of space, at least 1
     * @return [row][particle][axis] in double precision
     * @throws IllegalArgumentException if the sample is not whole rows
     */
    public static double[] meanFree(float[] sample, int particles, int axes) {
        int dimension = particles * axes;
        int rows = Points.rows("sample", sample.length, dimension);
        double[] free = Points.widen(sample);
        for (int row = 0; row < rows; row++) {
            centre(free, row * dimension, particles, axes);
        }
        return free;
    }

    /**
     * Moves the centre of mass of one configuration, or of its velocities, to the origin.
     *
     * @param x [particle][axis] from {@code offset} on, modified
     */
    public static void centre(double[] x, int offset, int particles, int axes) {
        for (int axis = 0; axis < axes; axis++) {
            int first = offset + axis;
            int end = offset + particles * axes;
            double sum = 0;
            for (int k = first; k < end; k += axes) {
                sum += x[k];
            }
            double mean = sum / particles;
            for (int k = first; k < end; k += axes) {
                x[k] -= mean;
            }
        }
    }

    /**
     * Returns the distances between all pairs of particles of each configuration, pooled.
     *
     * @param sample [row][particle][axis], not modified
     * @param particles at least 2
     * @param axes axes of space, at least 1
     * @return [row][pair], pairs (0, 1), (0, 2), … (1, 2), …; NaN or infinite where a coordinate is
     * @throws IllegalArgumentException if the sample is not whole rows or there is no pair
     */
    public static double[] pairDistances(float[] sample, int particles, int axes) {
        if (particles < 2) {
            throw new IllegalArgumentException("particles is " + particles + ", must be at least 2");
        }
        int dimension = particles * axes;
        int rows = Points.rows("sample", sample.length, dimension);
        double[] distances = new double[Math.multiplyExact(rows, particles * (particles - 1) / 2)];
        int at = 0;
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < particles; i++) {
                for (int j = i + 1; j < particles; j++) {
                    double square = 0;
                    for (int axis = 0; axis < axes; axis++) {
                        double difference = (double) sample[row * dimension + i * axes + axis]
                                - sample[row * dimension + j * axes + axis];
                        square += difference * difference;
                    }
                    distances[at++] = Math.sqrt(square);
                }
            }
        }
        return distances;
    }

    /**
     * Returns the radial distribution of a cluster: the mean number of other particles per volume (area, length) at a
     * distance r from a particle, n(r) = (N − 1) p(r) / S(r), with p the density of pair distances and S(r) the surface
     * of the sphere of radius r (2π r in the plane, 2 on a line).
     *
     * <p>A cluster in free space has no bulk density to divide by, so n(r) keeps its unit and falls to 0 at large r.
     *
     * @param distances histogram of pair distances
     * @param particles number of particles N, at least 2
     * @param axes axes of space, in 1 … 3
     * @return [bin], each shell taken whole: (N − 1) · share of the distances / volume of the shell
     * @throws IllegalArgumentException if axes is out of range
     */
    public static double[] radialDistribution(LineHistogram distances, int particles, int axes) {
        double[] values = distances.densities();
        double width = (distances.high() - distances.low()) / values.length;
        for (int bin = 0; bin < values.length; bin++) {
            double inner = distances.low() + bin * width;
            double volume = ballVolume(inner + width, axes) - ballVolume(inner, axes);
            values[bin] *= (particles - 1) * width / volume;
        }
        return values;
    }

    private static double ballVolume(double radius, int axes) {
        return switch (axes) {
            case 1 -> 2 * radius;
            case 2 -> Math.PI * radius * radius;
            case 3 -> 4 * Math.PI / 3 * radius * radius * radius;
            default -> throw new IllegalArgumentException("axes is " + axes + ", must be in 1 … 3");
        };
    }
}
