package dev.idem.cpu.kernel;

/**
 * A = Uᵀ U of a symmetric positive definite matrix, U upper triangular, in double precision, and what is solved with it.
 *
 * <p>Numerics: every element is worked out in the same order whatever the machine; inner loops run along rows of U, so
 * that the compiler may use vectors without changing a bit.
 */
final class CholeskyKernel {

    private CholeskyKernel() {}

    /**
     * Factors a matrix in place.
     *
     * <p>Modified: a [row][column], size² elements: the upper triangle is read and becomes U, the rest is neither.
     *
     * @return whether the matrix is positive definite; if not, the upper triangle means nothing
     */
    static boolean factor(double[] a, int size) {
        for (int k = 0; k < size; k++) {
            int row = k * size;
            double pivot = a[row + k];
            if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
                return false;
            }
            double inverse = 1 / Math.sqrt(pivot);
            for (int j = k; j < size; j++) {
                a[row + j] *= inverse;
            }
            for (int i = k + 1; i < size; i++) {
                subtract(a[row + i], a, row, i * size, i, size);
            }
        }
        return true;
    }

    /** Subtracts a multiple of one row from another, columns {@code first} to {@code end}. */
    private static void subtract(double factor, double[] a, int row, int other, int first, int end) {
        for (int j = first; j < end; j++) {
            a[other + j] -= factor * a[row + j];
        }
    }

    /**
     * Solves Uᵀ U y = b.
     *
     * <p>Read: u, as {@link #factor} leaves it. Modified: b [size], becomes y.
     */
    static void solve(double[] u, int size, double[] b) {
        for (int i = 0; i < size; i++) {
            b[i] /= u[i * size + i];
            for (int j = i + 1; j < size; j++) {
                b[j] -= b[i] * u[i * size + j];
            }
        }
        for (int i = size - 1; i >= 0; i--) {
            double rest = b[i];
            for (int j = i + 1; j < size; j++) {
                rest -= u[i * size + j] * b[j];
            }
            b[i] = rest / u[i * size + i];
        }
    }
}
