package dev.idem.energy;

import java.util.Arrays;

/**
 * Particles whose pairs each have a double well in their distance: E(x) = Σ_{i&lt;j} a q⁴ + b q² + c, q = |x_i − x_j| −
 * d0; each pair counts once.
 *
 * <p>The force at distance zero is taken as zero.
 *
 * <p>Source: Köhler, Klein and Noé, "Equivariant flows" (arXiv 2006.02425); {@link #dw4} has the constants of the public
 * iDEM code (arXiv 2402.06121).
 *
 * @param axes coordinates of a particle, one to three
 * @param quartic a, positive
 * @param quadratic b; negative for two wells
 * @param constant c
 * @param distance d0, not negative
 */
public record PairDoubleWell(int particles, int axes, double quartic, double quadratic, double constant,
        double distance) implements ParticleEnergy {

    /**
     * Checks the constants.
     *
     * @throws IllegalArgumentException if a constant is not as its parameter says
     */
    public PairDoubleWell {
        EnergyConstants.requireParticles(particles, axes);
        EnergyConstants.requirePositive("quartic", quartic);
        EnergyConstants.requireFinite("quadratic", quadratic);
        EnergyConstants.requireFinite("constant", constant);
        if (!(distance >= 0) || Double.isInfinite(distance)) {
            throw new IllegalArgumentException("distance must be finite and >= 0, got " + distance);
        }
    }

    /** Returns DW-4: four particles in the plane. */
    public static PairDoubleWell dw4() {
        return new PairDoubleWell(4, 2, 0.9, -4, 0, 4);
    }

    @Override
    public double energy(double[] x, int offset) {
        double sum = 0;
        for (int i = 0; i < particles; i++) {
            for (int j = i + 1; j < particles; j++) {
                sum += ofPair(separation(x, offset + i * axes, offset + j * axes) - distance);
            }
        }
        return sum;
    }

    @Override
    public double energyAndForce(double[] x, int offset, double[] force, int forceOffset) {
        Arrays.fill(force, forceOffset, forceOffset + dimension(), 0);
        double sum = 0;
        for (int i = 0; i < particles; i++) {
            for (int j = i + 1; j < particles; j++) {
                double separation = separation(x, offset + i * axes, offset + j * axes);
                double q = separation - distance;
                sum += ofPair(q);
                double slope = q * (4 * quartic * q * q + 2 * quadratic);
                for (int axis = 0; separation > 0 && axis < axes; axis++) {
                    double pull = slope * ((x[offset + i * axes + axis] - x[offset + j * axes + axis]) / separation);
                    force[forceOffset + i * axes + axis] -= pull;
                    force[forceOffset + j * axes + axis] += pull;
                }
            }
        }
        return sum;
    }

    /** {@inheritDoc} A pair at distance zero counts nothing. */
    @Override
    public void hessian(double[] x, int offset, double[] hessian) {
        int dimension = dimension();
        Arrays.fill(hessian, 0, dimension * dimension, 0);
        for (int i = 0; i < dimension; i += axes) {
            for (int j = i + axes; j < dimension; j += axes) {
                double separation = separation(x, offset + i, offset + j);
                if (separation > 0) {
                    double q = separation - distance;
                    double slope = q * (4 * quartic * q * q + 2 * quadratic) / separation;
                    double bend = 12 * quartic * q * q + 2 * quadratic;
                    PairHessian.add(x, offset, i, j, axes, dimension, slope,
                            (bend - slope) / (separation * separation), hessian);
                }
            }
        }
    }

    /** Factored so that a huge q gives +∞, not ∞ − ∞. */
    private double ofPair(double q) {
        double square = q * q;
        return square * (quartic * square + quadratic) + constant;
    }

    private double separation(double[] x, int first, int second) {
        double square = 0;
        for (int axis = 0; axis < axes; axis++) {
            double difference = x[first + axis] - x[second + axis];
            square += difference * difference;
        }
        return Math.sqrt(square);
    }
}
