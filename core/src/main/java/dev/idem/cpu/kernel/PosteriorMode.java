package dev.idem.cpu.kernel;

import dev.idem.energy.ParticleEnergy;

/**
 * The search for the mode of a posterior exp(−U(y)), U(y) = E(y) + |y − x|²/2h, of particles on the mean-free subspace: a
 * given number of damped Newton steps.
 *
 * <p>At the current point the shift is the smallest of 0, 1/4h, 1/2h, 1/h … that makes A = ∇²U + shift · I positive
 * definite. One step evaluates U with its derivatives at y − t A⁻¹ ∇U; the point is taken if U is no higher there, t
 * becoming 1 again, else t becomes a quarter. So a search of n steps evaluates n + 1 points, each with its Hessian, and
 * ends with the A of its last point at hand.
 *
 * <p>The subspace: E is invariant under translation, so A takes mean-free vectors to mean-free vectors and translations
 * to 1/h + shift times themselves. Steps from mean-free points towards a mean-free x stay mean-free.
 *
 * <p>Numerics: double precision, scalar, in a fixed order. Holds working memory, so each worker has its own.
 */
final class PosteriorMode {

    private static final double SHORTENING = 0.25;
    /** Beyond it, a shift that makes the matrix positive definite might not be finite. */
    private static final double LARGEST = 1e100;

    private static final double FIRST_SHIFT = 0.25;

    private final ParticleEnergy energy;
    private final int dimension;

    /** The centred x. */
    final double[] x;

    /** A = Uᵀ U at the point found, the upper triangle. */
    final double[] factor; // [row][column]

    private double[] point;
    private double[] gradient; // of U
    private double[] hessian; // of E
    private double[] trial;
    private double[] trialGradient;
    private double[] trialHessian;
    private final double[] step;
    private double precision; // 1/h
    private double shift;

    PosteriorMode(ParticleEnergy energy) {
        this.energy = energy;
        dimension = energy.dimension();
        x = new double[dimension];
        factor = new double[dimension * dimension];
        point = new double[dimension];
        gradient = new double[dimension];
        hessian = new double[dimension * dimension];
        trial = new double[dimension];
        trialGradient = new double[dimension];
        trialHessian = new double[dimension * dimension];
        step = new double[dimension];
    }

    /** Returns the point found, until the next search. */
    double[] point() {
        return point;
    }

    /** Returns what A multiplies translations with, 1/h + shift. */
    double translationPrecision() {
        return precision + shift;
    }

    /**
     * Searches from a point; both points are centred first.
     *
     * <p>Read: clean [axis], noised [axis], from their offsets. Modified: what this object gives access to.
     *
     * @param variance h, positive
     * @return whether U and its derivatives are below 1e100 in size at the start; if not, nothing is found
     */
    boolean find(float[] clean, int cleanAt, float[] noised, int noisedAt, double variance, int steps) {
        precision = 1 / variance;
        centre(clean, cleanAt, point);
        centre(noised, noisedAt, x);
        double potential = evaluate(point, gradient, hessian);
        if (potential == Double.POSITIVE_INFINITY) {
            return false;
        }
        factorise();
        double length = 1;
        for (int n = 0; n < steps; n++) {
            for (int i = 0; i < dimension; i++) {
                trial[i] = point[i] - length * step[i];
            }
            double value = evaluate(trial, trialGradient, trialHessian);
            if (value < Double.POSITIVE_INFINITY && value <= potential) {
                potential = value;
                takeTrial();
                factorise();
                length = 1;
            } else {
                length *= SHORTENING;
            }
        }
        return true;
    }

    private void takeTrial() {
        double[] freePoint = point;
        double[] freeGradient = gradient;
        double[] freeHessian = hessian;
        point = trial;
        gradient = trialGradient;
        hessian = trialHessian;
        trial = freePoint;
        trialGradient = freeGradient;
        trialHessian = freeHessian;
    }

    private void centre(float[] from, int at, double[] to) {
        int axes = energy.axes();
        for (int axis = 0; axis < axes; axis++) {
            double sum = 0;
            for (int i = axis; i < dimension; i += axes) {
                sum += from[at + i];
            }
            double mean = sum / energy.particles();
            for (int i = axis; i < dimension; i += axes) {
                to[i] = from[at + i] - mean;
            }
        }
    }

    /** Returns U(y) and writes its derivatives; +∞ if they are too large to go on. */
    private double evaluate(double[] y, double[] slope, double[] curvature) {
        double potential = energy.energyAndForce(y, 0, slope, 0);
        energy.hessian(y, 0, curvature);
        double size = 0;
        for (int i = 0; i < dimension; i++) {
            double difference = y[i] - x[i];
            potential += 0.5 * precision * difference * difference;
            slope[i] = precision * difference - slope[i];
            size += Math.abs(slope[i]);
        }
        for (int i = 0; i < dimension * dimension; i++) {
            size += Math.abs(curvature[i]);
        }
        return Math.abs(potential) + size <= LARGEST ? potential : Double.POSITIVE_INFINITY;
    }

    /** Factors A at the point and solves for the step. */
    private void factorise() {
        shift = 0;
        while (!tryFactor()) {
            shift = Math.max(2 * shift, FIRST_SHIFT * precision);
        }
        System.arraycopy(gradient, 0, step, 0, dimension);
        CholeskyKernel.solve(factor, dimension, step);
    }

    private boolean tryFactor() {
        System.arraycopy(hessian, 0, factor, 0, hessian.length);
        for (int i = 0; i < factor.length; i += dimension + 1) {
            factor[i] += precision + shift;
        }
        return CholeskyKernel.factor(factor, dimension);
    }
}
