package dev.idem.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The search for the modes of the rows' posteriors exp(−U(y)), U(y) = E(y) + |y − x|²/2h, by damped Newton steps in double precision.
 *
 * <p>A work item has one row and does all its steps. What it works on is [element][row], so that neighbouring work items touch neighbouring
 * elements: vectors [{@link #VECTORS}][coordinate][row], matrices [{@link #MATRICES}][coordinate][coordinate][row] of which the upper triangle
 * counts, control [{@link #CONTROLS}][row].
 *
 * <p>{@link dev.idem.program.TargetOp.GuidedScore} has the formulas.
 */
public final class GuideKernels {

    /** Number of vectors of a row. */
    public static final int VECTORS = 6;

    /** Number of matrices of a row. */
    public static final int MATRICES = 2;

    /** Number of other values of a row. */
    public static final int CONTROLS = 5;

    /** Whether the row has copies, and U and its derivatives are numbers at its start: 1 or 0. */
    static final int FOUND = 0;
    /** What is added to the diagonal besides 1/h. */
    static final int SHIFT = 1;
    private static final int TAKEN = 2;
    private static final int LENGTH = 3;
    private static final int POTENTIAL = 4;

    private static final int NOISED = 0;
    private static final int POINT = 1;
    private static final int GRADIENT = 2;
    private static final int TRIAL = 3;
    private static final int SLOPE = 4; // the gradient at the trial point
    private static final int STEP = 5;

    private static final int HESSIAN = 0;
    private static final int FACTOR = 1;

    private static final double SHORTENING = 0.25;
    private static final double FIRST_SHIFT = 0.25;
    /** Beyond it, a shift that makes the matrix positive definite might not be finite. */
    private static final double LARGEST = 1e100;

    private GuideKernels() {}

    private static int vector(int which, int k, int size, int rows, int row) {
        return (which * size + k) * rows + row;
    }

    private static int matrix(int which, int i, int j, int size, int rows, int row) {
        return ((which * size + i) * size + j) * rows + row;
    }

    /**
     * Sets trial and noised points, without their means, and control. Read: clean, noised [row][coordinate], copies [row]. Modified: vectors,
     * control.
     */
    public static void begin(FloatArray clean, FloatArray noised, IntArray copies, DoubleArray vectors,
            DoubleArray control, int rows, int particles, int axes) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            int size = particles * axes;
            for (int axis = 0; axis < axes; axis++) {
                double cleanMean = 0;
                double noisedMean = 0;
                for (int k = axis; k < size; k += axes) {
                    cleanMean += clean.get(row * size + k);
                    noisedMean += noised.get(row * size + k);
                }
                cleanMean = cleanMean / particles;
                noisedMean = noisedMean / particles;
                for (int k = axis; k < size; k += axes) {
                    vectors.set(vector(TRIAL, k, size, rows, row), clean.get(row * size + k) - cleanMean);
                    vectors.set(vector(NOISED, k, size, rows, row), noised.get(row * size + k) - noisedMean);
                }
            }
            control.set(FOUND * rows + row, copies.get(row) > 0 ? 1 : 0);
            control.set(SHIFT * rows + row, 0);
            control.set(TAKEN * rows + row, 0);
            control.set(LENGTH * rows + row, 1);
            control.set(POTENTIAL * rows + row, LARGEST);
        }
    }

    private static double difference(DoubleArray vectors, int which, int i, int j, int axis, int axes, int size,
            int rows, int row) {
        return vectors.get(vector(which, i * axes + axis, size, rows, row))
                - vectors.get(vector(which, j * axes + axis, size, rows, row));
    }

    private static double square(DoubleArray vectors, int which, int i, int j, int axes, int size, int rows, int row) {
        double square = 0;
        for (int axis = 0; axis < axes; axis++) {
            double difference = difference(vectors, which, i, j, axis, axes, size, rows, row);
            square += difference * difference;
        }
        return square;
    }

    private static void add(DoubleArray array, int at, double value) {
        array.set(at, array.get(at) + value);
    }

    /** Returns U at the trial point and writes its gradient. */
    private static double potential(DoubleArray constants, DoubleArray vectors, double precision, int rows,
            int particles, int axes, int kind, int row) {
        int size = particles * axes;
        double potential = 0;
        for (int k = 0; k < size; k++) {
            double away = vectors.get(vector(TRIAL, k, size, rows, row))
                    - vectors.get(vector(NOISED, k, size, rows, row));
            potential += 0.5 * precision * away * away;
            vectors.set(vector(SLOPE, k, size, rows, row), precision * away);
        }
        for (int i = 0; i < particles; i++) {
            for (int j = i + 1; j < particles; j++) {
                double square = square(vectors, TRIAL, i, j, axes, size, rows, row);
                potential += PairTerms.energy(kind, constants, square, particles);
                double factor = PairTerms.slope(kind, constants, square, particles);
                for (int axis = 0; axis < axes; axis++) {
                    double pull = factor * difference(vectors, TRIAL, i, j, axis, axes, size, rows, row);
                    add(vectors, vector(SLOPE, i * axes + axis, size, rows, row), pull);
                    add(vectors, vector(SLOPE, j * axes + axis, size, rows, row), -pull);
                }
            }
        }
        return potential;
    }

    /** Takes the trial point if U is no higher there: then the next step has its full length, else a quarter of this one's. */
    private static void decide(DoubleArray vectors, DoubleArray control, double potential, int size, int rows,
            int row) {
        double steep = 0;
        for (int k = 0; k < size; k++) {
            steep += Math.abs(vectors.get(vector(SLOPE, k, size, rows, row)));
        }
        boolean number = Math.abs(potential) + steep < LARGEST;
        boolean lower = potential <= control.get(POTENTIAL * rows + row);
        boolean open = control.get(FOUND * rows + row) > 0;
        double taken = number && lower && open ? 1 : 0;
        if (taken > 0) {
            for (int k = 0; k < size; k++) {
                vectors.set(vector(POINT, k, size, rows, row), vectors.get(vector(TRIAL, k, size, rows, row)));
                vectors.set(vector(GRADIENT, k, size, rows, row), vectors.get(vector(SLOPE, k, size, rows, row)));
            }
            control.set(POTENTIAL * rows + row, potential);
        }
        double shorter = SHORTENING * control.get(LENGTH * rows + row);
        control.set(LENGTH * rows + row, taken > 0 ? 1 : shorter);
        control.set(TAKEN * rows + row, taken);
    }

    /** Second derivatives of E at the point. */
    private static void curve(DoubleArray constants, DoubleArray vectors, DoubleArray matrices, int rows, int particles,
            int axes, int kind, int row) {
        int size = particles * axes;
        for (int k = 0; k < size * size; k++) {
            matrices.set(k * rows + row, 0); // the Hessian is the first matrix
        }
        for (int i = 0; i < particles; i++) {
            for (int j = i + 1; j < particles; j++) {
                double square = square(vectors, POINT, i, j, axes, size, rows, row);
                double slope = PairTerms.slope(kind, constants, square, particles);
                double bend = PairTerms.bend(kind, constants, square, slope);
                for (int a = 0; a < axes; a++) {
                    double scaled = bend * difference(vectors, POINT, i, j, a, axes, size, rows, row);
                    for (int b = 0; b < axes; b++) {
                        double entry = scaled * difference(vectors, POINT, i, j, b, axes, size, rows, row)
                                + (a == b ? slope : 0);
                        add(matrices, matrix(HESSIAN, i * axes + a, i * axes + b, size, rows, row), entry);
                        add(matrices, matrix(HESSIAN, j * axes + a, j * axes + b, size, rows, row), entry);
                        add(matrices, matrix(HESSIAN, i * axes + a, j * axes + b, size, rows, row), -entry);
                    }
                }
            }
        }
    }

    /** Factors the Hessian with something added to its diagonal, A = Uᵀ U; returns 1 if it is positive definite, else 0. */
    private static int factored(DoubleArray matrices, double added, int size, int rows, int row) {
        for (int i = 0; i < size; i++) {
            for (int j = i; j < size; j++) {
                matrices.set(matrix(FACTOR, i, j, size, rows, row),
                        matrices.get(matrix(HESSIAN, i, j, size, rows, row)) + (i == j ? added : 0));
            }
        }
        int positive = 1;
        for (int k = 0; k < size && positive == 1; k++) {
            double pivot = matrices.get(matrix(FACTOR, k, k, size, rows, row));
            positive = pivot > 0 && pivot < LARGEST ? 1 : 0;
            double inverse = 1.0 / Math.sqrt(positive == 1 ? pivot : 1);
            for (int j = k; j < size; j++) {
                int at = matrix(FACTOR, k, j, size, rows, row);
                matrices.set(at, inverse * matrices.get(at));
            }
            for (int i = k + 1; i < size; i++) {
                double multiple = matrices.get(matrix(FACTOR, k, i, size, rows, row));
                for (int j = i; j < size; j++) {
                    add(matrices, matrix(FACTOR, i, j, size, rows, row),
                            -multiple * matrices.get(matrix(FACTOR, k, j, size, rows, row)));
                }
            }
        }
        return positive;
    }

    /** Solves Uᵀ U step = gradient. */
    private static void substitute(DoubleArray matrices, DoubleArray vectors, int size, int rows, int row) {
        for (int i = 0; i < size; i++) {
            double rest = vectors.get(vector(GRADIENT, i, size, rows, row));
            for (int j = 0; j < i; j++) {
                rest -= matrices.get(matrix(FACTOR, j, i, size, rows, row))
                        * vectors.get(vector(STEP, j, size, rows, row));
            }
            vectors.set(vector(STEP, i, size, rows, row), rest / matrices.get(matrix(FACTOR, i, i, size, rows, row)));
        }
        for (int k = 0; k < size; k++) {
            int i = size - 1 - k;
            double rest = vectors.get(vector(STEP, i, size, rows, row));
            for (int j = i + 1; j < size; j++) {
                rest -= matrices.get(matrix(FACTOR, i, j, size, rows, row))
                        * vectors.get(vector(STEP, j, size, rows, row));
            }
            vectors.set(vector(STEP, i, size, rows, row), rest / matrices.get(matrix(FACTOR, i, i, size, rows, row)));
        }
    }

    /**
     * Makes the steps from where {@link #begin} has left off. At each point that is taken A = ∇²E + (1/h + shift) I is factored, with the
     * smallest shift of 0, 1/4h, 1/2h … that makes it positive definite. A row whose start is no number is given up.
     *
     * <p>Read: constants, variance [row] at a stride. Modified: vectors, matrices, control.
     */
    public static void search(DoubleArray constants, FloatArray variance, DoubleArray vectors, DoubleArray matrices,
            DoubleArray control, int rows, int particles, int axes, int kind, int varianceStride, int steps) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            int size = particles * axes;
            double precision = 1.0 / variance.get(row * varianceStride);
            for (int n = 0; n <= steps; n++) {
                double potential = potential(constants, vectors, precision, rows, particles, axes, kind, row);
                decide(vectors, control, potential, size, rows, row);
                double taken = control.get(TAKEN * rows + row);
                double before = control.get(FOUND * rows + row);
                control.set(FOUND * rows + row, n == 0 ? taken : before);
                if (taken > 0) {
                    curve(constants, vectors, matrices, rows, particles, axes, kind, row);
                    double shift = 0;
                    int positive = 0;
                    while (positive == 0) {
                        positive = factored(matrices, precision + shift, size, rows, row);
                        control.set(SHIFT * rows + row, shift);
                        shift = shift > 0 ? 2 * shift : FIRST_SHIFT * precision;
                    }
                    substitute(matrices, vectors, size, rows, row);
                }
                double length = control.get(LENGTH * rows + row);
                for (int k = 0; k < size; k++) {
                    vectors.set(vector(TRIAL, k, size, rows, row), vectors.get(vector(POINT, k, size, rows, row))
                            - length * vectors.get(vector(STEP, k, size, rows, row)));
                }
            }
        }
    }

    /**
     * What {@link GuidedKernels} draws with, in float. Modified: centre, offset = centre − x [row][coordinate], guide
     * [row][coordinate][coordinate]: −U above the diagonal, 1/U on it.
     */
    public static void narrow(DoubleArray vectors, DoubleArray matrices, FloatArray centre, FloatArray offset,
            FloatArray guide, int rows, int size) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int i = 0; i < size; i++) {
                double at = vectors.get(vector(POINT, i, size, rows, row));
                centre.set(row * size + i, (float) at);
                offset.set(row * size + i, (float) (at - vectors.get(vector(NOISED, i, size, rows, row))));
                double pivot = matrices.get(matrix(FACTOR, i, i, size, rows, row));
                guide.set((row * size + i) * size + i, (float) (1.0 / pivot));
                for (int j = i + 1; j < size; j++) {
                    guide.set((row * size + i) * size + j,
                            (float) -matrices.get(matrix(FACTOR, i, j, size, rows, row)));
                }
            }
        }
    }
}
