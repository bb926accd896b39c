package dev.idem.cpu.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Packs the right factor B [depth][columns] of a matrix product into panels of {@link #WIDTH} columns.
 *
 * <p>Panels are [panel][depth][WIDTH]: element (k, j) of B lies at {@code panelOffset(j, depth) + WIDTH k}. The last panel is
 * padded with zeros, so that the inner loop of {@link MatrixProductKernel} always loads whole vectors, one after the other in
 * memory, whatever the number of columns and the vector width.
 */
public final class WeightPanels {

    /** Columns of a panel: four vectors, the width of a tile of {@link MatrixProductKernel}. */
    public static final int WIDTH = 4 * Lanes.COUNT;

    private WeightPanels() {}

    /**
     * Returns the number of floats that the panels of a matrix [depth][columns] take.
     *
     * @throws IllegalArgumentException if a size is negative or the panels do not fit an array
     */
    public static int size(int depth, int columns) {
        if (depth < 0 || columns < 0) {
            throw new IllegalArgumentException(
                    "depth and columns must not be negative, got depth " + depth + " and columns " + columns);
        }
        long size = depth * ((columns + WIDTH - 1L) / WIDTH * WIDTH);
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "panels of depth " + depth + " and columns " + columns + " need " + size
                            + " floats, more than an array holds");
        }
        return (int) size;
    }

    /**
     * Packs W.
     *
     * <p>Read: weights [depth][columns], not modified. Modified: panels [⌈columns/WIDTH⌉][depth][WIDTH]. No aliasing.
     */
    public static void pack(float[] weights, int weightsOffset, float[] panels, int panelsOffset, int depth,
            int columns) {
        pack(weights, weightsOffset, columns, panels, panelsOffset, depth, columns);
    }

    /**
     * Packs rows that lie {@code stride} floats apart.
     *
     * <p>Read: weights [depth][stride], its first {@code columns} columns, not modified. Modified: panels
     * [⌈columns/WIDTH⌉][depth][WIDTH]. No aliasing.
     */
    static void pack(float[] weights, int weightsOffset, int stride, float[] panels, int panelsOffset, int depth,
            int columns) {
        for (int column = 0; column < columns; column += WIDTH) {
            int panel = panelsOffset + panelOffset(column, depth);
            int source = weightsOffset + column;
            if (column + WIDTH <= columns) {
                packWhole(weights, source, stride, panels, panel, depth);
            } else {
                packPadded(weights, source, stride, panels, panel, depth, columns - column);
            }
        }
    }

    /**
     * Packs the transpose of W, for products with Wᵀ: the panels are those of the matrix [columns][depth] whose element (j, k) is
     * W(k, j).
     *
     * <p>Read: weights [depth][columns], not modified. Modified: panels [⌈depth/WIDTH⌉][columns][WIDTH], {@code size(columns, depth)}
     * floats. No aliasing.
     */
    public static void packTransposed(float[] weights, int weightsOffset, float[] panels, int panelsOffset, int depth,
            int columns) {
        for (int row = 0; row < depth; row += WIDTH) {
            int panel = panelsOffset + panelOffset(row, columns);
            int lanes = Math.min(WIDTH, depth - row);
            for (int lane = 0; lane < lanes; lane++) {
                int source = weightsOffset + (row + lane) * columns;
                for (int k = 0; k < columns; k++) {
                    panels[panel + k * WIDTH + lane] = weights[source + k];
                }
            }
            for (int lane = lanes; lane < WIDTH; lane++) {
                for (int k = 0; k < columns; k++) {
                    panels[panel + k * WIDTH + lane] = 0f;
                }
            }
        }
    }

    /** Returns where column {@code column} of the first row lies in panels of the given depth. */
    static int panelOffset(int column, int depth) {
        return column / WIDTH * WIDTH * depth + column % WIDTH;
    }

    private static void packWhole(float[] weights, int source, int stride, float[] panels, int panel, int depth) {
        for (int k = 0; k < depth; k++) {
            for (int lane = 0; lane < WIDTH; lane += Lanes.COUNT) {
                FloatVector.fromArray(Lanes.FLOAT, weights, source + k * stride + lane)
                        .intoArray(panels, panel + k * WIDTH + lane);
            }
        }
    }

    private static void packPadded(float[] weights, int source, int stride, float[] panels, int panel, int depth,
            int lanes) {
        for (int k = 0; k < depth; k++) {
            int target = panel + k * WIDTH;
            for (int lane = 0; lane < lanes; lane++) {
                panels[target + lane] = weights[source + k * stride + lane];
            }
            for (int lane = lanes; lane < WIDTH; lane++) {
                panels[target + lane] = 0f;
            }
        }
    }
}
