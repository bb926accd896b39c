package dev.idem.eval;

import java.util.Arrays;

/**
 * The rotation or reflection that brings one set of points nearest to another: max over orthogonal R of tr(Rᵀ H), H =
 * Σ_i x_i y_iᵀ, which is the sum of H's singular values, at R = U Vᵀ of H = U Σ Vᵀ.
 *
 * <p>Reflections are allowed, so no sign of a determinant enters (the algorithm of Kabsch without its last step).
 *
 * <p>Numerics: one-sided Jacobi rotations make the columns of H V orthogonal; their lengths are the singular values, to
 * about 1e−15 of the greatest. Directions that H does not determine (points on a line or a plane) are filled up to an
 * orthogonal matrix. Holds scratch: for one thread, no allocation after construction.
 *
 * <p>Source: Kabsch, Acta Crystallographica A 32 (1976) 922; Hestenes, J. SIAM 6 (1958) 51.
 */
final class OrthogonalFit {

    private static final int MOST_SWEEPS = 30;
    private static final double ORTHOGONAL = 1e-15;
    private static final double SINGULAR = 1e-13;

    private final int axes;
    private final double[] u; // [axis][column]: H V, then its columns divided by their lengths
    private final double[] v; // [axis][column]
    private final double[] lengths; // [column]: the singular values
    private final boolean[] determined; // [column]: whether H gives the direction, or another has been chosen

    /**
     * Makes scratch.
     *
     * @param axes number of axes, at least 1
     */
    OrthogonalFit(int axes) {
        this.axes = axes;
        this.u = new double[axes * axes];
        this.v = new double[axes * axes];
        this.lengths = new double[axes];
        this.determined = new boolean[axes];
    }

    /**
     * Finds the best orthogonal matrix.
     *
     * @param h H, [axis of x][axis of y], finite, not modified
     * @param rotation [axis of x][axis of y], modified: R, so that R y_i is near x_i
     * @return tr(Rᵀ H)
     */
    double fit(double[] h, double[] rotation) {
        System.arraycopy(h, 0, u, 0, axes * axes);
        Arrays.fill(v, 0);
        for (int axis = 0; axis < axes; axis++) {
            v[axis * axes + axis] = 1;
        }
        orthogonalise();
        double sum = normalise();
        for (int row = 0; row < axes; row++) {
            for (int column = 0; column < axes; column++) {
                double product = 0;
                for (int k = 0; k < axes; k++) {
                    product += u[row * axes + k] * v[column * axes + k];
                }
                rotation[row * axes + column] = product;
            }
        }
        return sum;
    }

    /**
     * Finds the eigenvectors of a symmetric matrix that is not negative, as V of its singular value decomposition.
     *
     * @param h [axis][axis], finite, not modified
     * @param frame [axis][eigenvector], modified: greatest eigenvalue first; signs are not determined
     */
    void principalAxes(double[] h, double[] frame) {
        fit(h, frame);
        for (int place = 0; place < axes; place++) {
            int longest = -1;
            for (int column = 0; column < axes; column++) {
                if (lengths[column] >= 0 && (longest < 0 || lengths[column] > lengths[longest])) {
                    longest = column;
                }
            }
            for (int row = 0; row < axes; row++) {
                frame[row * axes + place] = v[row * axes + longest];
            }
            lengths[longest] = -1;
        }
    }

    private void orthogonalise() {
        boolean rotated = true;
        for (int sweep = 0; rotated && sweep < MOST_SWEEPS; sweep++) {
            rotated = false;
            for (int p = 0; p < axes; p++) {
                for (int q = p + 1; q < axes; q++) {
                    rotated |= rotate(p, q);
                }
            }
        }
    }

    /** Makes two columns orthogonal; returns whether they were not yet. */
    private boolean rotate(int p, int q) {
        double pp = 0;
        double qq = 0;
        double pq = 0;
        for (int row = 0; row < axes; row++) {
            double a = u[row * axes + p];
            double b = u[row * axes + q];
            pp += a * a;
            qq += b * b;
            pq += a * b;
        }
        if (!(Math.abs(pq) > ORTHOGONAL * Math.sqrt(pp * qq))) {
            return false;
        }
        double ratio = (qq - pp) / (2 * pq);
        double tangent = Math.copySign(1 / (Math.abs(ratio) + Math.sqrt(1 + ratio * ratio)), ratio);
        double cosine = 1 / Math.sqrt(1 + tangent * tangent);
        turn(u, p, q, cosine, cosine * tangent);
        turn(v, p, q, cosine, cosine * tangent);
        return true;
    }

    private void turn(double[] matrix, int p, int q, double cosine, double sine) {
        for (int row = 0; row < axes; row++) {
            double a = matrix[row * axes + p];
            double b = matrix[row * axes + q];
            matrix[row * axes + p] = cosine * a - sine * b;
            matrix[row * axes + q] = sine * a + cosine * b;
        }
    }

    /** Divides the columns of U by their lengths, completes those of length zero, and returns the sum of lengths. */
    private double normalise() {
        double sum = 0;
        double greatest = 0;
        for (int column = 0; column < axes; column++) {
            lengths[column] = length(column);
            sum += lengths[column];
            greatest = Math.max(greatest, lengths[column]);
        }
        for (int column = 0; column < axes; column++) {
            determined[column] = lengths[column] > SINGULAR * greatest;
            if (determined[column]) {
                for (int row = 0; row < axes; row++) {
                    u[row * axes + column] /= lengths[column];
                }
            }
        }
        for (int column = 0; column < axes; column++) {
            if (!determined[column]) {
                complete(column);
                determined[column] = true;
            }
        }
        return sum;
    }

    private double length(int column) {
        double square = 0;
        for (int row = 0; row < axes; row++) {
            square += u[row * axes + column] * u[row * axes + column];
        }
        return Math.sqrt(square);
    }

    /** Sets a column to the unit vector nearest to an axis among those orthogonal to all determined columns. */
    private void complete(int column) {
        double longest = -1;
        int best = 0;
        for (int axis = 0; axis < axes; axis++) {
            double left = 1;
            for (int k = 0; k < axes; k++) {
                left -= determined[k] ? u[axis * axes + k] * u[axis * axes + k] : 0;
            }
            if (left > longest) {
                longest = left;
                best = axis;
            }
        }
        for (int row = 0; row < axes; row++) {
            double value = row == best ? 1 : 0;
            for (int k = 0; k < axes; k++) {
                value -= determined[k] ? u[best * axes + k] * u[row * axes + k] : 0;
            }
            u[row * axes + column] = value;
        }
        double length = length(column);
        for (int row = 0; row < axes; row++) {
            u[row * axes + column] /= length;
        }
    }
}
