package dev.idem.cpu.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Distances and directions of the pairs of particles, motion along them, and their gradients; a few operations per edge, on
 * scalars. Rows of edges and offsets of samples as in {@link EdgeKernel}; positions are [particle][axis].
 *
 * <p>With δ = x_i − x_j, q = |δ|², s = √(q + 1e-8): direction u = δ/(s + 1). At q = 0 all of it is finite, derivatives too.
 */
public final class PairGeometryKernel {

    private static final float SOFTENING = 1e-8f;

    // tanh x = x + x³ (T0 + T1 x² + …), |x| <= 0.625, relative error 1e-7. Cephes, tanhf.
    private static final float TANH_SMALL = 0.625f;
    private static final float T0 = -3.33332819422e-1f;
    private static final float T1 = 1.33314422036e-1f;
    private static final float T2 = -5.37397155531e-2f;
    private static final float T3 = 2.06390887954e-2f;
    private static final float T4 = -5.70498872745e-3f;

    private final int particles;
    private final int axes;
    private final boolean ordered;
    private final int[] receivers;
    private final int[] senders;

    /**
     * Makes a kernel for one graph.
     *
     * @param particles particles of a sample
     * @param axes axes of a position
     * @param ordered whether (i, j) and (j, i) are two edges
     * @param receivers receiver of each edge of a sample
     * @param senders sender of each edge of a sample
     */
    public PairGeometryKernel(int particles, int axes, boolean ordered, int[] receivers, int[] senders) {
        this.particles = particles;
        this.axes = axes;
        this.ordered = ordered;
        this.receivers = receivers.clone();
        this.senders = senders.clone();
    }

    /** Returns √(square + 1e-8), correctly rounded. */
    public static float distance(float square) {
        return (float) Math.sqrt(square + SOFTENING);
    }

    private float square(float[] x, int i, int j) {
        float square = 0f;
        for (int axis = 0; axis < axes; axis++) {
            float difference = x[i + axis] - x[j + axis];
            square = Math.fma(difference, difference, square);
        }
        return square;
    }

    /**
     * Computes squares and directions.
     *
     * <p>Read: x [particle][axis]. Modified: squares [rows][squareColumns], the first column; directions [rows][axis].
     */
    public void directions(float[] x, int xOffset, float[] squares, int squaresOffset, int squareColumns,
            float[] directions, int directionsOffset, int first, int rows) {
        int sample = xOffset;
        int edge = first;
        for (int row = 0; row < rows; row++) {
            int i = sample + receivers[edge] * axes;
            int j = sample + senders[edge] * axes;
            float square = square(x, i, j);
            squares[squaresOffset + row * squareColumns] = square;
            float factor = 1f / (distance(square) + 1f);
            int at = directionsOffset + row * axes;
            for (int axis = 0; axis < axes; axis++) {
                directions[at + axis] = (x[i + axis] - x[j + axis]) * factor;
            }
            if (++edge == receivers.length) {
                edge = 0;
                sample += particles * axes;
            }
        }
    }

    /**
     * Computes squares alone.
     *
     * <p>Read: x [particle][axis]. Modified: squares [rows][squareColumns], the first column behind the offset.
     */
    public void squares(float[] x, int xOffset, float[] squares, int squaresOffset, int squareColumns, int first,
            int rows) {
        int sample = xOffset;
        int edge = first;
        for (int row = 0; row < rows; row++) {
            squares[squaresOffset + row * squareColumns] = square(x, sample + receivers[edge] * axes,
                    sample + senders[edge] * axes);
            if (++edge == receivers.length) {
                edge = 0;
                sample += particles * axes;
            }
        }
    }

    /**
     * Adds to the gradient of positions what squares and directions pass on: with f = 1/(s + 1), dδ = f du + 2 δ (dq − (du · δ) f²/(2s)).
     *
     * <p>Read: dq [rows][squareColumns], its first column; du [rows][axis]; x [particle][axis]. Modified: dx [particle][axis], set to 0
     * at the first edge of a sample unless {@code accumulate}.
     */
    public void gradient(float[] dq, int dqOffset, int squareColumns, float[] du, int duOffset, float[] x, int xOffset,
            float[] dx, int dxOffset, boolean accumulate, int first, int rows) {
        int sample = 0;
        int edge = first;
        for (int row = 0; row < rows; row++) {
            if (edge == 0 && !accumulate) {
                Arrays.fill(dx, dxOffset + sample, dxOffset + sample + particles * axes, 0f);
            }
            int i = sample + receivers[edge] * axes;
            int j = sample + senders[edge] * axes;
            int at = duOffset + row * axes;
            float square = 0f;
            float along = 0f;
            for (int axis = 0; axis < axes; axis++) {
                float difference = x[xOffset + i + axis] - x[xOffset + j + axis];
                square = Math.fma(difference, difference, square);
                along = Math.fma(difference, du[at + axis], along);
            }
            float distance = distance(square);
            float factor = 1f / (distance + 1f);
            float radial = 2f * dq[dqOffset + row * squareColumns] - along * factor * factor / distance;
            for (int axis = 0; axis < axes; axis++) {
                float difference = x[xOffset + i + axis] - x[xOffset + j + axis];
                float change = Math.fma(factor, du[at + axis], radial * difference);
                dx[dxOffset + i + axis] += change;
                dx[dxOffset + j + axis] -= change;
            }
            if (++edge == receivers.length) {
                edge = 0;
                sample += particles * axes;
            }
        }
    }

    /**
     * Computes moved_i = x_i + Σ u_e c_e, and −u_e c_e for the sender of an unordered pair; c = bound tanh(weight), or weight if bound
     * is 0.
     *
     * <p>Read: x [particle][axis], or null for 0; u [rows][axis]; weights [rows]. Modified: moved [particle][axis].
     */
    public void move(float @Nullable [] x, int xOffset, float[] u, int uOffset,
            float[] weights, int weightsOffset, float bound, float[] moved, int movedOffset, int first, int rows) {
        int sample = 0;
        int edge = first;
        int positions = particles * axes;
        for (int row = 0; row < rows; row++) {
            if (edge == 0 && x == null) {
                Arrays.fill(moved, movedOffset + sample, movedOffset + sample + positions, 0f);
            } else if (edge == 0) {
                System.arraycopy(x, xOffset + sample, moved, movedOffset + sample, positions);
            }
            float weight = weights[weightsOffset + row];
            float c = bound == 0f ? weight : bound * tanh(weight);
            int i = movedOffset + sample + receivers[edge] * axes;
            int j = movedOffset + sample + senders[edge] * axes;
            int at = uOffset + row * axes;
            for (int axis = 0; axis < axes; axis++) {
                moved[i + axis] = Math.fma(u[at + axis], c, moved[i + axis]);
                if (!ordered) {
                    moved[j + axis] = Math.fma(-u[at + axis], c, moved[j + axis]);
                }
            }
            if (++edge == receivers.length) {
                edge = 0;
                sample += positions;
            }
        }
    }

    /**
     * Computes du_e = g c_e and dw_e = (g · u_e) ∂c/∂weight with g = dmoved_i, less dmoved_j for an unordered pair.
     *
     * <p>Read: dmoved [particle][axis]; u [rows][axis]; weights [rows]. Modified: du [rows][axis]; dw [rows].
     */
    public void moveGradient(float[] dmoved, int dmovedOffset, float[] u, int uOffset, float[] weights,
            int weightsOffset, float bound, float[] du, int duOffset, float[] dw, int dwOffset, int first, int rows) {
        int sample = 0;
        int edge = first;
        for (int row = 0; row < rows; row++) {
            float weight = weights[weightsOffset + row];
            float tanh = bound == 0f ? 0f : tanh(weight);
            float c = bound == 0f ? weight : bound * tanh;
            float slope = bound == 0f ? 1f : bound * Math.fma(-tanh, tanh, 1f);
            int i = dmovedOffset + sample + receivers[edge] * axes;
            int j = dmovedOffset + sample + senders[edge] * axes;
            float along = 0f;
            for (int axis = 0; axis < axes; axis++) {
                float g = ordered ? dmoved[i + axis] : dmoved[i + axis] - dmoved[j + axis];
                du[duOffset + row * axes + axis] = g * c;
                along = Math.fma(g, u[uOffset + row * axes + axis], along);
            }
            dw[dwOffset + row] = along * slope;
            if (++edge == receivers.length) {
                edge = 0;
                sample += particles * axes;
            }
        }
    }

    /** Returns tanh x, relative error at most 3e-7. */
    static float tanh(float x) {
        float magnitude = Math.abs(x);
        if (magnitude > TANH_SMALL) {
            float large = 1f - 2f / (VectorMath.exp(2f * magnitude) + 1f);
            return x < 0f ? -large : large;
        }
        float u = x * x;
        float p = Math.fma(T4, u, T3);
        p = Math.fma(p, u, T2);
        p = Math.fma(p, u, T1);
        p = Math.fma(p, u, T0);
        return Math.fma(p * u, x, x);
    }
}
