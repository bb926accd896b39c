package dev.idem.energy;

/**
 * Neal's funnel, normalised: x_0 ~ N(0, 9), and given it x_i ~ N(0, exp(x_0)) for all others. E(x) = x_0²/18 + ½ Σ x_i²
 * exp(−x_0) + (dimension − 1) x_0/2 + ln 3 + (dimension/2) ln 2π.
 *
 * <p>Source: Neal, "Slice sampling", Annals of Statistics 31 (2003), section 8; with 10 coordinates the usual test of
 * samplers.
 *
 * @param dimension number of coordinates, at least two
 */
public record Funnel(int dimension) implements AnalyticEnergy {

    /** Standard deviation of x_0. */
    public static final double DEVIATION = 3;

    /**
     * Checks the dimension.
     *
     * @throws IllegalArgumentException if dimension is less than two
     */
    public Funnel {
        if (dimension < 2) {
            throw new IllegalArgumentException("dimension must be at least 2, got " + dimension);
        }
    }

    /** Returns ln 3 + (dimension/2) ln 2π, the part of the energy that does not depend on x. */
    public double constant() {
        return StrictMath.log(DEVIATION) + 0.5 * dimension * StrictMath.log(2 * Math.PI);
    }

    @Override
    public double energy(double[] x, int offset) {
        double first = x[offset];
        return 0.5 * first * first / (DEVIATION * DEVIATION) + 0.5 * (dimension - 1) * first + constant()
                + 0.5 * scaledSquare(x, offset);
    }

    @Override
    public double energyAndForce(double[] x, int offset, double[] force, int forceOffset) {
        double first = x[offset];
        double precision = StrictMath.exp(-first);
        force[forceOffset] = -first / (DEVIATION * DEVIATION) - 0.5 * (dimension - 1) + 0.5 * scaledSquare(x, offset);
        for (int i = 1; i < dimension; i++) {
            double value = x[offset + i];
            force[forceOffset + i] = value == 0 ? 0 : -value * precision;
        }
        return energy(x, offset);
    }

    /** Returns Σ_{i>0} x_i² exp(−x_0); zero and infinite factors do not meet. */
    private double scaledSquare(double[] x, int offset) {
        double scale = StrictMath.exp(-0.5 * x[offset]);
        double sum = 0;
        for (int i = 1; i < dimension; i++) {
            double scaled = x[offset + i] == 0 ? 0 : x[offset + i] * scale;
            sum += scaled * scaled;
        }
        return sum;
    }

    /**
     * Turns independent standard normal numbers into an exact sample.
     *
     * <p>Read: normals [axis] from offset. Modified: sample [axis] from sampleOffset; may be the same elements.
     */
    public void sample(double[] normals, int offset, double[] sample, int sampleOffset) {
        double first = DEVIATION * normals[offset];
        double deviation = StrictMath.exp(0.5 * first);
        sample[sampleOffset] = first;
        for (int i = 1; i < dimension; i++) {
            sample[sampleOffset + i] = deviation * normals[offset + i];
        }
    }
}
