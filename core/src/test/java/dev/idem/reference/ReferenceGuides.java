package dev.idem.reference;

import dev.idem.energy.ParticleEnergy;
import dev.idem.program.Counter;
import dev.idem.program.TargetOp;
import dev.idem.random.Normals;
import java.util.Arrays;

/** The definition of guided scores: a lower factor, column by column, and the proposal's density from its matrix. */
final class ReferenceGuides {

    private ReferenceGuides() {}

    /** What the search comes to: the point and A there. */
    private record Guide(double[] point, double[][] matrix, double[][] lower) {}

    static void score(TargetOp.GuidedScore op, int row, ReferenceSession session) {
        int dimension = op.x().columns();
        int copies = session.ints(op.copies())[row];
        double h = session.get(op.variance(), row, 0);
        int[] counter = session.ints(op.counter());
        double[] clean = new double[dimension];
        double[] x = new double[dimension];
        for (int axis = 0; axis < dimension; axis++) {
            clean[axis] = session.get(op.clean(), row, axis);
            x[axis] = session.get(op.x(), row, axis);
        }
        Guide guide = search(op.energy(), project(op.energy(), clean), project(op.energy(), x), h, op.newtonSteps());
        x = project(op.energy(), x);
        double[] logWeight = new double[copies];
        double[][] target = new double[copies][dimension];
        double[][] denoising = new double[copies][dimension];
        double[] noise = new double[dimension];
        for (int k = 0; k < copies; k++) {
            for (int axis = 0; axis < dimension; axis++) {
                noise[axis] = Normals.copyNormal(counter[Counter.SEED_LOW], counter[Counter.SEED_HIGH], op.stream(),
                        counter[Counter.STEP], counter[Counter.FIRST_ROW] + row, k, axis, dimension);
            }
            double[] d = project(op.energy(), solveTransposed(guide.lower, noise));
            double[] y = new double[dimension];
            double exponent = 0;
            for (int i = 0; i < dimension; i++) {
                y[i] = guide.point[i] + d[i];
                denoising[k][i] = (y[i] - x[i]) / h;
                exponent -= (y[i] - x[i]) * (y[i] - x[i]) / (2 * h);
                for (int j = 0; j < dimension; j++) {
                    exponent += 0.5 * d[i] * guide.matrix[i][j] * d[j];
                }
            }
            logWeight[k] = ReferenceTargets.logDensity(op.energy(), y, target[k]) + exponent;
        }
        double[] estimate = ReferenceTargets.estimate(false, logWeight, target, denoising);
        for (int axis = 0; axis < dimension; axis++) {
            session.set(op.targetScore(), row, axis, estimate[axis]);
            session.set(op.denoisingScore(), row, axis, estimate[dimension + axis]);
        }
        session.set(op.effectiveSamples(), row, 0, ReferenceTargets.effective(logWeight));
    }

    private static double[] project(ParticleEnergy energy, double[] x) {
        double[] centred = x.clone();
        for (int i = 0; i < x.length; i++) {
            for (int j = i % energy.axes(); j < x.length; j += energy.axes()) {
                centred[i] -= x[j] / energy.particles();
            }
        }
        return centred;
    }

    private static double potential(ParticleEnergy energy, double[] y, double[] x, double h) {
        double sum = energy.energy(y, 0);
        for (int i = 0; i < x.length; i++) {
            sum += (y[i] - x[i]) * (y[i] - x[i]) / (2 * h);
        }
        return sum;
    }

    private static Guide search(ParticleEnergy energy, double[] clean, double[] x, double h, int steps) {
        double[] point = clean;
        Guide guide = guide(energy, point, h);
        double length = 1;
        for (int n = 0; n < steps; n++) {
            double[] slope = new double[x.length];
            energy.energyAndForce(point, 0, slope, 0);
            for (int i = 0; i < x.length; i++) {
                slope[i] = (point[i] - x[i]) / h - slope[i];
            }
            double[] step = solveTransposed(guide.lower, solve(guide.lower, slope));
            double[] trial = point.clone();
            for (int i = 0; i < x.length; i++) {
                trial[i] -= length * step[i];
            }
            if (potential(energy, trial, x, h) <= potential(energy, point, x, h)) {
                point = trial;
                guide = guide(energy, point, h);
                length = 1;
            } else {
                length /= 4;
            }
        }
        return guide;
    }

    private static Guide guide(ParticleEnergy energy, double[] point, double h) {
        int dimension = point.length;
        double[] hessian = new double[dimension * dimension];
        energy.hessian(point, 0, hessian);
        double shift = 0;
        while (true) {
            double[][] matrix = new double[dimension][];
            for (int i = 0; i < dimension; i++) {
                matrix[i] = Arrays.copyOfRange(hessian, i * dimension, (i + 1) * dimension);
                matrix[i][i] += 1 / h + shift;
            }
            double[][] lower = lower(matrix);
            if (!Double.isNaN(lower[dimension - 1][dimension - 1])) {
                return new Guide(point, matrix, lower);
            }
            shift = shift == 0 ? 0.25 / h : 2 * shift;
        }
    }

    /** Returns L of L Lᵀ; NaN in the end if there is none. */
    private static double[][] lower(double[][] matrix) {
        int dimension = matrix.length;
        double[][] lower = new double[dimension][dimension];
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    rest -= lower[i][k] * lower[j][k];
                }
                lower[i][j] = i == j ? Math.sqrt(rest) : rest / lower[j][j];
            }
        }
        return lower;
    }

    private static double[] solve(double[][] lower, double[] b) {
        double[] y = b.clone();
        for (int i = 0; i < b.length; i++) {
            for (int j = 0; j < i; j++) {
                y[i] -= lower[i][j] * y[j];
            }
            y[i] /= lower[i][i];
        }
        return y;
    }

    private static double[] solveTransposed(double[][] lower, double[] b) {
        double[] y = b.clone();
        for (int i = b.length - 1; i >= 0; i--) {
            for (int j = i + 1; j < b.length; j++) {
                y[i] -= lower[j][i] * y[j];
            }
            y[i] /= lower[i][i];
        }
        return y;
    }
}
