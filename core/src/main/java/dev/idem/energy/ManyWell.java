package dev.idem.energy;

/**
 * Many independent double wells: E(x) = Σ over pairs of coordinates (u, v) of u⁴ − 6 u² − u/2 + v²/2, coordinates 2i and
 * 2i + 1 being a pair. With 32 coordinates it has 2^16 modes.
 *
 * <p>The truth is known: pairs are independent, v is standard normal, u has density exp(−u⁴ + 6 u² + u/2)/Z₁.
 *
 * <p>Source: Midgley et al., "Flow annealed importance sampling bootstrap" (arXiv 2208.01893), after Noé et al.,
 * "Boltzmann generators" (arXiv 1812.01729); log Z of 32 coordinates is given there as 164.696.
 *
 * @param dimension number of coordinates, even, at least two
 */
public record ManyWell(int dimension) implements AnalyticEnergy {

    private static final double QUADRATIC = 6;
    private static final double LINEAR = 0.5;
    private static final double END = 5; // the density of u is below 1e-200 of its largest value beyond
    private static final int INTERVALS = 2000;

    /**
     * Checks the dimension.
     *
     * @throws IllegalArgumentException if dimension is odd or not positive
     */
    public ManyWell {
        if (dimension < 2 || dimension % 2 != 0) {
            throw new IllegalArgumentException("dimension must be even and at least 2, got " + dimension);
        }
    }

    @Override
    public double energy(double[] x, int offset) {
        double sum = 0;
        for (int i = 0; i < dimension; i += 2) {
            double v = x[offset + i + 1];
            sum += well(x[offset + i]) + 0.5 * v * v;
        }
        return sum;
    }

    @Override
    public double energyAndForce(double[] x, int offset, double[] force, int forceOffset) {
        for (int i = 0; i < dimension; i += 2) {
            double u = x[offset + i];
            force[forceOffset + i] = LINEAR - u * (4 * u * u - 2 * QUADRATIC);
            force[forceOffset + i + 1] = -x[offset + i + 1];
        }
        return energy(x, offset);
    }

    /** Returns u⁴ − 6 u² − u/2, factored so that a huge u gives +∞. */
    private static double well(double u) {
        return u * (u * (u * u - QUADRATIC) - LINEAR);
    }

    /** Returns ln ∫ exp(−E(x)) dx, to 1e-12 of its value. */
    public double logNormaliser() {
        return 0.5 * dimension * (StrictMath.log(wellNormaliser()) + 0.5 * StrictMath.log(2 * Math.PI));
    }

    /** Returns the density at u of the first coordinate of every pair. */
    public double wellDensity(double u) {
        return StrictMath.exp(-well(u)) / wellNormaliser();
    }

    /** The trapezoidal rule, which converges faster than any power for a function that vanishes at both ends. */
    private static double wellNormaliser() {
        double width = 2 * END / INTERVALS;
        double sum = 0;
        for (int i = 0; i <= INTERVALS; i++) {
            sum += StrictMath.exp(-well(-END + i * width));
        }
        return sum * width;
    }
}
