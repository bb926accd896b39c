package dev.idem.energy;

import java.util.Arrays;

/**
 * A Lennard-Jones cluster held together by a harmonic trap about its centre: E(x) = ε Σ_{i≠j} [(r_m/r_ij)^12 − 2
 * (r_m/r_ij)^6] + (k/2) Σ_i |x_i − x̄|², r_ij² = |x_i − x_j|² + softening.
 *
 * <p>The sum runs over <em>ordered</em> pairs: each pair counts twice, and its well is 2 ε deep. This is what the
 * published data satisfy, ⟨x·∇E⟩ = (particles − 1) · axes, against the printed formula of the paper.
 *
 * <p>Source: the public code of iDEM (arXiv 2402.06121) and of Klein, Krämer and Noé, "Equivariant flow matching" (arXiv
 * 2306.15030); {@link #cluster} has their constants.
 *
 * @param axes coordinates of a particle, one to three
 * @param depth ε, positive
 * @param distance r_m, positive: where a pair's energy is lowest
 * @param oscillator k, not negative; with zero the cluster evaporates and exp(−E) cannot be normalised
 * @param softening added to squared distances, positive
 */
public record LennardJones(int particles, int axes, double depth, double distance, double oscillator, double softening)
        implements
            ParticleEnergy {

    /**
     * Checks the constants.
     *
     * @throws IllegalArgumentException if a constant is not as its parameter says
     */
    public LennardJones {
        EnergyConstants.requireParticles(particles, axes);
        EnergyConstants.requirePositive("depth", depth);
        EnergyConstants.requirePositive("distance", distance);
        if (!(oscillator >= 0) || Double.isInfinite(oscillator)) {
            throw new IllegalArgumentException("oscillator must be finite and >= 0, got " + oscillator);
        }
        EnergyConstants.requirePositive("softening", softening);
    }

    /**
     * Returns the cluster of {@code particles} particles in space with ε = r_m = k = 1 and softening 1e-6: LJ-13, LJ-55.
     *
     * @throws IllegalArgumentException if there are fewer than two particles
     */
    public static LennardJones cluster(int particles) {
        return new LennardJones(particles, 3, 1, 1, 1, 1e-6);
    }

    @Override
    public double energy(double[] x, int offset) {
        double pairs = 0;
        for (int i = 0; i < particles; i++) {
            for (int j = i + 1; j < particles; j++) {
                double sixth = sixthPower(squareRatio(x, offset + i * axes, offset + j * axes));
                pairs += sixth * (sixth - 2); // never ∞ − ∞
            }
        }
        double trap = 0;
        for (int axis = 0; axis < axes; axis++) {
            double centre = centre(x, offset + axis);
            for (int i = 0; i < particles; i++) {
                double difference = x[offset + i * axes + axis] - centre;
                trap += difference * difference;
            }
        }
        return 2 * depth * pairs + 0.5 * oscillator * trap;
    }

    @Override
    public double energyAndForce(double[] x, int offset, double[] force, int forceOffset) {
        Arrays.fill(force, forceOffset, forceOffset + dimension(), 0);
        double pairs = axes == 3 ? pairsInSpace(x, offset, force, forceOffset) : pairs(x, offset, force, forceOffset);
        double trap = 0;
        for (int axis = 0; axis < axes; axis++) {
            double centre = centre(x, offset + axis);
            for (int i = 0; i < particles; i++) {
                double difference = x[offset + i * axes + axis] - centre;
                trap += difference * difference;
                force[forceOffset + i * axes + axis] -= oscillator * difference;
            }
        }
        return 2 * depth * pairs + 0.5 * oscillator * trap;
    }

    private double pairs(double[] x, int offset, double[] force, int forceOffset) {
        double pairs = 0;
        for (int i = 0; i < particles; i++) {
            for (int j = i + 1; j < particles; j++) {
                double ratio = squareRatio(x, offset + i * axes, offset + j * axes);
                double sixth = sixthPower(ratio);
                pairs += sixth * (sixth - 2);
                double push = 24 * depth / (distance * distance) * sixth * (sixth - 1) * ratio;
                for (int axis = 0; axis < axes; axis++) {
                    double part = push * (x[offset + i * axes + axis] - x[offset + j * axes + axis]);
                    force[forceOffset + i * axes + axis] += part;
                    force[forceOffset + j * axes + axis] -= part;
                }
            }
        }
        return pairs;
    }

    /** The same with the axes written out, three times as fast: samplers on the host spend their time here. */
    private double pairsInSpace(double[] x, int offset, double[] force, int forceOffset) {
        double square = distance * distance;
        double strength = 24 * depth / square;
        double pairs = 0;
        int end = 3 * particles;
        for (int i = 0; i < end; i += 3) {
            double x0 = x[offset + i];
            double x1 = x[offset + i + 1];
            double x2 = x[offset + i + 2];
            double force0 = 0;
            double force1 = 0;
            double force2 = 0;
            for (int j = i + 3; j < end; j += 3) {
                double d0 = x0 - x[offset + j];
                double d1 = x1 - x[offset + j + 1];
                double d2 = x2 - x[offset + j + 2];
                double ratio = square / (softening + d0 * d0 + d1 * d1 + d2 * d2);
                double sixth = sixthPower(ratio);
                pairs += sixth * (sixth - 2);
                double push = strength * sixth * (sixth - 1) * ratio;
                double part0 = push * d0;
                double part1 = push * d1;
                double part2 = push * d2;
                force0 += part0;
                force1 += part1;
                force2 += part2;
                force[forceOffset + j] -= part0;
                force[forceOffset + j + 1] -= part1;
                force[forceOffset + j + 2] -= part2;
            }
            force[forceOffset + i] += force0;
            force[forceOffset + i + 1] += force1;
            force[forceOffset + i + 2] += force2;
        }
        return pairs;
    }

    /**
     * {@inheritDoc}
     *
     * <p>With s = r_m²/r², ∂E/∂r² of a pair is −(12 ε/r_m²) s⁴ (s³ − 1), and its derivative (12 ε/r_m⁴) s⁵ (7 s³ − 4).
     */
    @Override
    public void hessian(double[] x, int offset, double[] hessian) {
        int dimension = dimension();
        Arrays.fill(hessian, 0, dimension * dimension, 0);
        double square = distance * distance;
        for (int i = 0; i < dimension; i += axes) {
            for (int j = i + axes; j < dimension; j += axes) {
                double ratio = squareRatio(x, offset + i, offset + j);
                double sixth = sixthPower(ratio);
                double slope = -24 * depth / square * sixth * (sixth - 1) * ratio;
                double bend = 48 * depth / (square * square) * sixth * (7 * sixth - 4) * (ratio * ratio);
                // Σ_i |x_i − x̄|² is 1/N times the sum of all squared distances.
                PairHessian.add(x, offset, i, j, axes, dimension, slope + oscillator / particles, bend, hessian);
            }
        }
    }

    /** Returns (r_m/r)² of a pair. */
    private double squareRatio(double[] x, int first, int second) {
        double square = softening;
        for (int axis = 0; axis < axes; axis++) {
            double difference = x[first + axis] - x[second + axis];
            square += difference * difference;
        }
        return distance * distance / square;
    }

    private static double sixthPower(double squareRatio) {
        return squareRatio * squareRatio * squareRatio;
    }

    private double centre(double[] x, int from) {
        double sum = 0;
        for (int i = 0; i < particles; i++) {
            sum += x[from + i * axes];
        }
        return sum / particles;
    }
}
