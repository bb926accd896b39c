package dev.idem.cpu.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The logarithm of a sum of isotropic Gaussians at many points: log2 Σ_m 2^(peak_m − curvature_m |y − centre_m|²), and the
 * pull of its components, Σ_m share_m curvature_m (centre_m − y), share_m the m-th term's share in the sum.
 *
 * <p>A lane is a point. Two passes over the components: the first writes the exponents and finds each point's largest,
 * the second adds up the terms relative to it, so that neither overflow nor a vanishing sum can occur.
 *
 * <p>Numerics: float throughout; terms are added in the order of the components; distances are taken from differences of
 * coordinates, so an exponent's error is some 1e-7 of its size. A component that is not finite counts nothing; a point
 * that no component reaches gets −∞.
 */
final class GaussianSumKernel {

    static final float LOG2_E = (float) (1 / StrictMath.log(2));

    /** A term below 2^−45, the largest being 1/2, counts nothing. */
    private static final float NEGLIGIBLE = -45;

    private GaussianSumKernel() {}

    /**
     * Computes the sums of the points that the scratch has loaded.
     *
     * <p>Read: centres [component][axis] from offset; in scratch, points, peaks, curvatures. Modified, in scratch: logSum
     * [point], pull [axis][point] if wanted, terms, total.
     */
    static void run(float[] centres, int offset, int components, int points, boolean wantsPull, GaussianSumScratch s) {
        int dimension = s.dimension;
        for (int point = 0; point < points; point += Lanes.COUNT) {
            if (dimension == 2) {
                planarExponents(centres, offset, components, s.peaks, s.curvatures, s.points, point, s.terms, s.logSum);
            } else {
                squares(centres, offset, dimension, components, s.points, point, s.terms);
                for (int axis = 1; axis < dimension; axis++) {
                    addSquares(centres, offset + axis, dimension, components, s.points,
                            axis * GaussianSumScratch.TILE + point, s.terms);
                }
                exponents(components, s.peaks, s.curvatures, s.terms, s.logSum, point);
            }
            shares(components, s.terms, s.logSum, s.total, point);
            if (wantsPull) {
                for (int axis = 0; axis < dimension; axis++) {
                    pull(centres, offset + axis, dimension, components, s.curvatures, s.terms, s.points, s.total, point,
                            axis * GaussianSumScratch.TILE + point, s.pull);
                }
            }
            logarithm(s.total, s.logSum, point);
        }
    }

    private static void squares(float[] centres, int at, int stride, int components, float[] points, int point,
            float[] terms) {
        FloatVector y = FloatVector.fromArray(Lanes.FLOAT, points, point);
        for (int m = 0; m < components; m++) {
            FloatVector difference = y.sub(centres[at + m * stride]);
            difference.mul(difference).intoArray(terms, m * Lanes.COUNT);
        }
    }

    private static void addSquares(float[] centres, int at, int stride, int components, float[] points, int point,
            float[] terms) {
        FloatVector y = FloatVector.fromArray(Lanes.FLOAT, points, point);
        for (int m = 0; m < components; m++) {
            FloatVector difference = y.sub(centres[at + m * stride]);
            difference.fma(difference, FloatVector.fromArray(Lanes.FLOAT, terms, m * Lanes.COUNT)).intoArray(terms,
                    m * Lanes.COUNT);
        }
    }

    /** Turns squared distances into exponents, and writes one more than the largest of each point. */
    private static void exponents(int components, float[] peaks, float[] curvatures, float[] terms, float[] largest,
            int at) {
        FloatVector most = FloatVector.broadcast(Lanes.FLOAT, Float.NEGATIVE_INFINITY);
        for (int m = 0; m < components; m++) {
            FloatVector exponent = FloatVector.fromArray(Lanes.FLOAT, terms, m * Lanes.COUNT)
                    .fma(FloatVector.broadcast(Lanes.FLOAT, -curvatures[m]),
                            FloatVector.broadcast(Lanes.FLOAT, peaks[m]));
            exponent.intoArray(terms, m * Lanes.COUNT);
            most = most.blend(exponent, exponent.compare(VectorOperators.GT, most));
        }
        most.add(1f).intoArray(largest, at);
    }

    /** Does the three things above, to the bit, in one pass over centres of two coordinates. */
    private static void planarExponents(float[] centres, int at, int components, float[] peaks, float[] curvatures,
            float[] points, int point, float[] terms, float[] largest) {
        FloatVector y0 = FloatVector.fromArray(Lanes.FLOAT, points, point);
        FloatVector y1 = FloatVector.fromArray(Lanes.FLOAT, points, GaussianSumScratch.TILE + point);
        FloatVector most = FloatVector.broadcast(Lanes.FLOAT, Float.NEGATIVE_INFINITY);
        for (int m = 0; m < components; m++) {
            FloatVector d0 = y0.sub(centres[at + 2 * m]);
            FloatVector d1 = y1.sub(centres[at + 2 * m + 1]);
            FloatVector exponent = d1.fma(d1, d0.mul(d0)).fma(FloatVector.broadcast(Lanes.FLOAT, -curvatures[m]),
                    FloatVector.broadcast(Lanes.FLOAT, peaks[m]));
            exponent.intoArray(terms, m * Lanes.COUNT);
            most = most.blend(exponent, exponent.compare(VectorOperators.GT, most));
        }
        most.add(1f).intoArray(largest, point);
    }

    /**
     * Turns exponents into terms relative to the shift, and adds them up. Negligible terms become zero, whether or not a
     * neighbour's is not: the bits do not depend on the width.
     */
    private static void shares(int components, float[] terms, float[] shifts, float[] totals, int at) {
        FloatVector shift = FloatVector.fromArray(Lanes.FLOAT, shifts, at);
        FloatVector zero = FloatVector.zero(Lanes.FLOAT);
        FloatVector total = FloatVector.zero(Lanes.FLOAT);
        for (int m = 0; m < components; m++) {
            FloatVector exponent = FloatVector.fromArray(Lanes.FLOAT, terms, m * Lanes.COUNT).sub(shift);
            VectorMask<Float> counts = exponent.compare(VectorOperators.GT, NEGLIGIBLE);
            if (counts.anyTrue()) {
                FloatVector share = zero.blend(VectorMath.exp2Negative(exponent), counts);
                share.intoArray(terms, m * Lanes.COUNT);
                total = total.add(share);
            } else {
                zero.intoArray(terms, m * Lanes.COUNT);
            }
        }
        total.intoArray(totals, at);
    }

    private static void pull(float[] centres, int at, int stride, int components, float[] curvatures, float[] terms,
            float[] points, float[] totals, int point, int axisPoint, float[] pull) {
        FloatVector y = FloatVector.fromArray(Lanes.FLOAT, points, axisPoint);
        FloatVector sum = FloatVector.zero(Lanes.FLOAT);
        for (int m = 0; m < components; m++) {
            FloatVector weight = FloatVector.fromArray(Lanes.FLOAT, terms, m * Lanes.COUNT).mul(curvatures[m]);
            sum = weight.fma(FloatVector.broadcast(Lanes.FLOAT, centres[at + m * stride]).sub(y), sum);
        }
        sum.div(FloatVector.fromArray(Lanes.FLOAT, totals, point)).intoArray(pull, axisPoint);
    }

    private static void logarithm(float[] totals, float[] logSum, int at) {
        VectorMath.log(FloatVector.fromArray(Lanes.FLOAT, totals, at))
                .fma(FloatVector.broadcast(Lanes.FLOAT, LOG2_E), FloatVector.fromArray(Lanes.FLOAT, logSum, at))
                .intoArray(logSum, at);
    }
}
