package dev.idem.reference;

import dev.idem.program.Buffer;
import dev.idem.program.TargetOp;
import java.util.Arrays;

/** The definition of the score target whose rows share their copies. */
final class ReferencePools {

    private ReferencePools() {}

    static void draw(TargetOp.DrawCopies op, ReferenceSession session) {
        int dimension = op.x().columns();
        int[] first = session.ints(op.firstCopy());
        double[] point = new double[dimension];
        double[] force = new double[dimension];
        for (int row = 0; row < op.x().rows(); row++) {
            for (int copy = first[row]; copy < first[row + 1]; copy++) {
                for (int axis = 0; axis < dimension; axis++) {
                    point[axis] = session.get(op.x(), row, axis) + Math.sqrt(session.get(op.variance(), row, 0))
                            * ReferenceOps.normal(session, op.counter(), op.stream(), copy, axis);
                    session.set(op.points(), copy, axis, point[axis]);
                }
                session.set(op.energy(), copy, 0, -ReferenceTargets.logDensity(op.target(), point, force));
                session.set(op.energy(), copy, 1, 0);
                for (int axis = 0; axis < dimension; axis++) {
                    session.set(op.force(), copy, axis, force[axis]);
                }
            }
        }
    }

    static void balance(TargetOp.BalanceCopies op, ReferenceSession session) {
        int[] first = session.ints(op.firstCopy());
        int rows = op.x().rows();
        double[] terms = new double[rows];
        for (int copy = 0; copy < op.rows(); copy++) {
            for (int row = 0; row < rows; row++) {
                double h = session.get(op.variance(), row, 0);
                terms[row] = Math.log(first[row + 1] - first[row]) - 0.5 * op.x().columns() * Math.log(h)
                        - square(session, op.x(), row, op.points(), copy) / (2 * h);
            }
            double max = Arrays.stream(terms).max().orElseThrow();
            double logDensity = max + Math.log(Arrays.stream(terms).map(t -> Math.exp(t - max)).sum());
            double logWeight = -sum(session, op.energy(), copy) - logDensity;
            session.set(op.logWeight(), copy, 0, logWeight / Math.log(2));
            session.set(op.logWeight(), copy, 1, 0);
        }
    }

    static void score(TargetOp.PooledScore op, ReferenceSession session) {
        int dimension = op.x().columns();
        int copies = op.points().rows();
        double[] logWeight = new double[copies];
        double[][] target = new double[copies][dimension];
        double[][] denoising = new double[copies][dimension];
        for (int row = 0; row < op.rows(); row++) {
            double h = session.get(op.variance(), row, 0);
            for (int copy = 0; copy < copies; copy++) {
                logWeight[copy] = Math.log(2) * sum(session, op.logWeight(), copy)
                        - square(session, op.x(), row, op.points(), copy) / (2 * h);
                for (int axis = 0; axis < dimension; axis++) {
                    target[copy][axis] = session.get(op.force(), copy, axis);
                    denoising[copy][axis] = (session.get(op.points(), copy, axis) - session.get(op.x(), row, axis))
                            / h;
                }
            }
            double[] estimate = ReferenceTargets.estimate(op.biasCorrection(), logWeight, target, denoising);
            for (int axis = 0; axis < dimension; axis++) {
                session.set(op.targetScore(), row, axis, estimate[axis]);
                session.set(op.denoisingScore(), row, axis, estimate[dimension + axis]);
            }
            session.set(op.effectiveSamples(), row, 0, ReferenceTargets.effective(logWeight));
        }
    }

    private static double sum(ReferenceSession session, Buffer twoFloats, int row) {
        return session.get(twoFloats, row, 0) + session.get(twoFloats, row, 1);
    }

    private static double square(ReferenceSession session, Buffer a, int rowOfA, Buffer b, int rowOfB) {
        double square = 0;
        for (int axis = 0; axis < a.columns(); axis++) {
            double difference = session.get(a, rowOfA, axis) - session.get(b, rowOfB, axis);
            square += difference * difference;
        }
        return square;
    }
}
