package dev.idem.cpu.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Single-precision matrix products, the bulk of a training step.
 *
 * <p>Numerics: every element of C is <em>one</em> chain of fused multiply-adds over k = 0, 1, …, depth−1 that starts from its
 * initial value. The bits are therefore those of the plain scalar loop with {@link Math#fma(float, float, float)}, for every
 * blocking, vector width, number of threads and state of the JIT compiler.
 *
 * <p>The inner loops hold a tile of 2 rows × 4 vectors in registers: 8 accumulators, which is latency (4 cycles) times
 * units (2), at most 4 vectors of B and 2 elements of A, 14 of the 16 registers of AVX2 in whatever order the compiler schedules
 * them. The wide tile needs the fewest instructions for a multiply-add, 2.5, because an element of A costs two of them and a
 * vector of B one; the price is that B is read for every second row, so a block of it must stay in the first-level cache. Larger
 * tiles are faster only while the compiler happens not to spill; {@code MatrixProductBenchmark} has the numbers.
 */
public final class MatrixProductKernel {

    private static final int TILE_ROWS = 2;

    private static final int EDGE_ROWS = 4;

    private static final int TILE_COLUMNS = WeightPanels.WIDTH;

    /** Depth of a block of a panel of B: 16 KiB at 256 bits, half of a first-level cache. */
    private static final int BLOCK_DEPTH = 128;

    /** Rows that share the reading of a block of B. */
    private static final int BLOCK_ROWS = 64;

    /** Columns of A packed at a time in a transposed product; a multiple of the panel width. */
    private static final int TRANSPOSED_BLOCK = 64;

    private static final float[] ZEROS = new float[TILE_COLUMNS];

    private MatrixProductKernel() {}

    /**
     * Computes C = A B.
     *
     * <p>As {@link #multiplyAdd multiplyAdd} with initial values 0.
     *
     * @throws IndexOutOfBoundsException if an array is too short; c may then be partly written
     */
    public static void multiply(float[] a, int aOffset, int aStride, float[] panels, int panelsOffset, float[] c,
            int cOffset,
            int cStride, int rows, int columns, int depth) {
        product(a, aOffset, aStride, panels, panelsOffset, ZEROS, 0, 0, 0, c, cOffset, cStride, rows, columns, depth);
    }

    /**
     * Computes C = initial + A B: C(m, j) = fma(A(m, k), B(k, j), …) over rising k, started from initial(m, j).
     *
     * <p>Read: a [rows][aStride], its first {@code depth} columns; panels, the matrix B [depth][columns] packed by
     * {@link WeightPanels}; initial [rows][initialStride], its first {@code columns} columns: a stride of 0 adds one row (a
     * bias) to every row, and {@code c} itself, with its offset and stride, accumulates. Modified: c [rows][cStride],
     * its first {@code columns} columns and nothing else. Aliasing: initial may be exactly c or not overlap it; a and
     * panels must not overlap c.
     *
     * @throws IndexOutOfBoundsException if an array is too short; c may then be partly written
     */
    public static void multiplyAdd(float[] a, int aOffset, int aStride, float[] panels, int panelsOffset,
            float[] initial,
            int initialOffset, int initialStride, float[] c, int cOffset, int cStride, int rows, int columns,
            int depth) {
        product(a, aOffset, aStride, panels, panelsOffset, initial, initialOffset, initialStride, -1, c, cOffset,
                cStride,
                rows, columns, depth);
    }

    /**
     * Computes C += Aᵀ B, the gradient of a weight matrix: C(m, j) = fma(A(k, m), B(k, j), …) over rising k, started from
     * C(m, j).
     *
     * <p>Read: a [depth][aStride], its first {@code rows} columns; b [depth][bStride], its first {@code columns} columns.
     * Modified: c [rows][cStride], its first {@code columns} columns and nothing else; scratch,
     * {@code transposedScratch(columns, depth)} floats. No aliasing.
     *
     * <p>Both factors are packed first, which gives the inner loop constant strides; read in place they are slower, see
     * {@code MatrixProductBenchmark}.
     *
     * @throws IndexOutOfBoundsException if an array is too short; c may then be partly written
     */
    public static void accumulateTransposed(float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride,
            float[] c,
            int cOffset, int cStride, float[] scratch, int rows, int columns, int depth) {
        int tiledRows = rows - rows % TILE_ROWS;
        int tiledColumns = columns - columns % TILE_COLUMNS;
        int bPanels = TRANSPOSED_BLOCK * TILE_COLUMNS;
        int bEdge = bPanels + WeightPanels.panelOffset(tiledColumns, depth);
        int aPanels = bPanels + WeightPanels.size(depth, columns);
        WeightPanels.pack(b, bOffset, bStride, scratch, bPanels, depth, tiledColumns);
        transpose(b, bOffset + tiledColumns, bStride, scratch, bEdge, depth, depth, columns - tiledColumns);
        for (int block = 0; block < rows; block += TRANSPOSED_BLOCK) {
            int blockRows = Math.min(TRANSPOSED_BLOCK, rows - block);
            int cBlock = cOffset + block * cStride;
            WeightPanels.pack(a, aOffset + block, aStride, scratch, aPanels, depth, blockRows);
            for (int column = 0; column < tiledColumns; column += TILE_COLUMNS) {
                transposedStrip(scratch, aPanels, scratch, bPanels + WeightPanels.panelOffset(column, depth), c,
                        cBlock + column, cStride, Math.min(blockRows, tiledRows - block), depth);
            }
            if (tiledColumns < columns) {
                edgeTransposed(scratch, bEdge, aPanels, c, cBlock + tiledColumns, cStride, blockRows,
                        columns - tiledColumns, depth);
            }
        }
        if (tiledRows < rows && tiledColumns > 0) {
            transpose(a, aOffset + tiledRows, aStride, scratch, aPanels, depth, depth, 1);
            int cRow = cOffset + tiledRows * cStride;
            product(scratch, aPanels, 0, scratch, bPanels, c, cRow, 0, -1, c, cRow, 0, 1, tiledColumns, depth);
        }
    }

    /** The columns that do not fill a tile, as Cᵀ += Bᵀ A: the panels of A are then the right factor, and C waits in the scratch. */
    private static void edgeTransposed(float[] scratch, int bEdge, int aPanels, float[] c, int cOffset, int cStride,
            int rows, int columns, int depth) {
        transpose(c, cOffset, cStride, scratch, 0, rows, rows, columns);
        product(scratch, bEdge, depth, scratch, aPanels, scratch, 0, rows, -1, scratch, 0, rows, columns, rows, depth);
        transpose(scratch, 0, rows, c, cOffset, cStride, columns, rows);
    }

    /**
     * Returns the number of floats of scratch that {@link #accumulateTransposed accumulateTransposed} needs.
     *
     * @throws IllegalArgumentException if a size is negative or the scratch does not fit an array
     */
    public static int transposedScratch(int columns, int depth) {
        long size = (long) TRANSPOSED_BLOCK * TILE_COLUMNS + WeightPanels.size(depth, columns)
                + WeightPanels.size(depth, TRANSPOSED_BLOCK);
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "scratch for columns " + columns + " and depth " + depth + " needs " + size
                            + " floats, more than an array holds");
        }
        return (int) size;
    }

    /**
     * The product in blocks of rows and depth. A block of depth but the first starts from what the one before it left in C, which has
     * the bits of an undivided chain. Columns of initial are reached by {@code column & initialColumnMask}: −1, or 0 for one vector of
     * zeros everywhere.
     */
    private static void product(float[] a, int aOffset, int aStride, float[] panels, int panelsOffset, float[] initial,
            int initialOffset, int initialStride, int initialColumnMask, float[] c, int cOffset, int cStride, int rows,
            int columns, int depth) {
        for (int row = 0; row < rows; row += BLOCK_ROWS) {
            int blockRows = Math.min(BLOCK_ROWS, rows - row);
            int a0 = aOffset + row * aStride;
            int c0 = cOffset + row * cStride;
            block(a, a0, aStride, panels, panelsOffset, initial, initialOffset + row * initialStride, initialStride,
                    initialColumnMask, c, c0, cStride, blockRows, columns, depth, Math.min(BLOCK_DEPTH, depth));
            for (int k = BLOCK_DEPTH; k < depth; k += BLOCK_DEPTH) {
                block(a, a0 + k, aStride, panels, panelsOffset + k * WeightPanels.WIDTH, c, c0, cStride, -1, c, c0,
                        cStride, blockRows, columns, depth, Math.min(BLOCK_DEPTH, depth - k));
            }
        }
    }

    /** Some rows of C and {@code blockDepth} terms of their chains; {@code depth} is that of the panels. */
    private static void block(float[] a, int aOffset, int aStride, float[] panels, int panelsOffset, float[] initial,
            int initialOffset, int initialStride, int initialColumnMask, float[] c, int cOffset, int cStride, int rows,
            int columns, int depth, int blockDepth) {
        int tiledColumns = columns - columns % TILE_COLUMNS;
        for (int column = 0; column < tiledColumns; column += TILE_COLUMNS) {
            int b0 = panelsOffset + WeightPanels.panelOffset(column, depth);
            int z0 = initialOffset + (column & initialColumnMask);
            int c0 = cOffset + column;
            int row = 0;
            for (; row <= rows - TILE_ROWS; row += TILE_ROWS) {
                rowTile(a, aOffset + row * aStride, aStride, panels, b0, initial, z0 + row * initialStride,
                        initialStride, c, c0 + row * cStride, cStride, blockDepth);
            }
            if (row < rows) {
                rowTile(a, aOffset + row * aStride, 0, panels, b0, initial, z0 + row * initialStride, 0, c,
                        c0 + row * cStride, 0, blockDepth);
            }
        }
        if (tiledColumns < columns) {
            edge(a, aOffset, aStride, panels, panelsOffset, initial, initialOffset, initialStride, initialColumnMask, c,
                    cOffset, cStride, rows, tiledColumns, columns, depth, blockDepth);
        }
    }

    /** The columns that do not fill a tile: by single vectors, then by pairs of single columns. */
    private static void edge(float[] a, int aOffset, int aStride, float[] panels, int panelsOffset, float[] initial,
            int initialOffset, int initialStride, int initialColumnMask, float[] c, int cOffset, int cStride, int rows,
            int tiledColumns, int columns, int depth, int blockDepth) {
        int step;
        for (int row = 0; row < rows; row += step) {
            step = rows - row >= EDGE_ROWS ? EDGE_ROWS : 1;
            int one = step == 1 ? 0 : 1;
            int a0 = aOffset + row * aStride;
            int column = tiledColumns;
            int width;
            for (; column < columns; column += width) {
                int b0 = panelsOffset + WeightPanels.panelOffset(column, depth);
                int z0 = initialOffset + row * initialStride + (column & initialColumnMask);
                int c0 = cOffset + row * cStride + column;
                if (columns - column >= Lanes.COUNT) {
                    width = Lanes.COUNT;
                    narrowTile(a, a0, aStride * one, panels, b0, initial, z0, initialStride * one, c, c0, cStride * one,
                            blockDepth);
                } else {
                    width = Math.min(2, columns - column);
                    scalarTile(a, a0, aStride * one, panels, b0, initial, z0, initialStride * one, c, c0, cStride * one,
                            width - 1, blockDepth);
                }
            }
        }
    }

    /** to(column, row) = from(row, column). */
    private static void transpose(float[] from, int fromOffset, int fromStride, float[] to, int toOffset, int toStride,
            int rows, int columns) {
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                to[toOffset + column * toStride + row] = from[fromOffset + row * fromStride + column];
            }
        }
    }

    /**
     * One tile of C = initial + A B, A by rows. Strides of 0 make it one row, computed twice.
     *
     * <p>The loop runs over positions in A, which saves a register for the start of its row: with one live integer more, C2 moves
     * the array's address to a vector register and back in every iteration, and that chain takes as long as six additions.
     */
    private static void rowTile(float[] a, int a0, int aStride, float[] b, int b0, float[] initial, int z0,
            int zStride, float[] c, int c0, int cStride, int depth) {
        int start = b0 - a0 * WeightPanels.WIDTH;
        int end = a0 + depth;
        int z1 = z0 + zStride;
        FloatVector c00 = FloatVector.fromArray(Lanes.FLOAT, initial, z0);
        FloatVector c01 = FloatVector.fromArray(Lanes.FLOAT, initial, z0 + Lanes.COUNT);
        FloatVector c02 = FloatVector.fromArray(Lanes.FLOAT, initial, z0 + 2 * Lanes.COUNT);
        FloatVector c03 = FloatVector.fromArray(Lanes.FLOAT, initial, z0 + 3 * Lanes.COUNT);
        FloatVector c10 = FloatVector.fromArray(Lanes.FLOAT, initial, z1);
        FloatVector c11 = FloatVector.fromArray(Lanes.FLOAT, initial, z1 + Lanes.COUNT);
        FloatVector c12 = FloatVector.fromArray(Lanes.FLOAT, initial, z1 + 2 * Lanes.COUNT);
        FloatVector c13 = FloatVector.fromArray(Lanes.FLOAT, initial, z1 + 3 * Lanes.COUNT);
        for (int i = a0; i < end; i++) {
            int bRow = start + i * WeightPanels.WIDTH;
            FloatVector upper = Lanes.floats(a[i]);
            FloatVector lower = Lanes.floats(a[i + aStride]);
            FloatVector y = FloatVector.fromArray(Lanes.FLOAT, b, bRow);
            c00 = upper.fma(y, c00);
            c10 = lower.fma(y, c10);
            y = FloatVector.fromArray(Lanes.FLOAT, b, bRow + Lanes.COUNT);
            c01 = upper.fma(y, c01);
            c11 = lower.fma(y, c11);
            y = FloatVector.fromArray(Lanes.FLOAT, b, bRow + 2 * Lanes.COUNT);
            c02 = upper.fma(y, c02);
            c12 = lower.fma(y, c12);
            y = FloatVector.fromArray(Lanes.FLOAT, b, bRow + 3 * Lanes.COUNT);
            c03 = upper.fma(y, c03);
            c13 = lower.fma(y, c13);
        }
        int c1 = c0 + cStride;
        c00.intoArray(c, c0);
        c01.intoArray(c, c0 + Lanes.COUNT);
        c02.intoArray(c, c0 + 2 * Lanes.COUNT);
        c03.intoArray(c, c0 + 3 * Lanes.COUNT);
        c10.intoArray(c, c1);
        c11.intoArray(c, c1 + Lanes.COUNT);
        c12.intoArray(c, c1 + 2 * Lanes.COUNT);
        c13.intoArray(c, c1 + 3 * Lanes.COUNT);
    }

    /** A tile 4 rows × 1 vector: half the speed of a whole tile, for what is left beside those. */
    private static void narrowTile(float[] a, int a0, int aStride, float[] b, int b0, float[] initial, int z0,
            int zStride,
            float[] c, int c0, int cStride, int depth) {
        int left0 = b0 - a0 * WeightPanels.WIDTH;
        int end = a0 + depth;
        FloatVector s0 = FloatVector.fromArray(Lanes.FLOAT, initial, z0);
        FloatVector s1 = FloatVector.fromArray(Lanes.FLOAT, initial, z0 + zStride);
        FloatVector s2 = FloatVector.fromArray(Lanes.FLOAT, initial, z0 + 2 * zStride);
        FloatVector s3 = FloatVector.fromArray(Lanes.FLOAT, initial, z0 + 3 * zStride);
        for (int i = a0; i < end; i++) {
            FloatVector y = FloatVector.fromArray(Lanes.FLOAT, b, left0 + i * WeightPanels.WIDTH);
            s0 = Lanes.floats(a[i]).fma(y, s0);
            s1 = Lanes.floats(a[i + aStride]).fma(y, s1);
            s2 = Lanes.floats(a[i + 2 * aStride]).fma(y, s2);
            s3 = Lanes.floats(a[i + 3 * aStride]).fma(y, s3);
        }
        s0.intoArray(c, c0);
        s1.intoArray(c, c0 + cStride);
        s2.intoArray(c, c0 + 2 * cStride);
        s3.intoArray(c, c0 + 3 * cStride);
    }

    /**
     * A tile 4 rows × 2 columns of single floats, for what is left beside whole vectors. {@code across} is 1, or 0 for one column: the
     * right one then means nothing, and is overwritten by the left one.
     */
    private static void scalarTile(float[] a, int a0, int aStride, float[] b, int b0, float[] initial, int z0,
            int zStride,
            float[] c, int c0, int cStride, int across, int depth) {
        int left0 = b0 - a0 * WeightPanels.WIDTH;
        int end = a0 + depth;
        float c00 = initial[z0];
        float c01 = initial[z0 + across];
        float c10 = initial[z0 + zStride];
        float c11 = initial[z0 + zStride + across];
        float c20 = initial[z0 + 2 * zStride];
        float c21 = initial[z0 + 2 * zStride + across];
        float c30 = initial[z0 + 3 * zStride];
        float c31 = initial[z0 + 3 * zStride + across];
        for (int i = a0; i < end; i++) {
            float left = b[left0 + i * WeightPanels.WIDTH];
            float right = b[left0 + i * WeightPanels.WIDTH + 1];
            float x = a[i];
            c00 = Math.fma(x, left, c00);
            c01 = Math.fma(x, right, c01);
            x = a[i + aStride];
            c10 = Math.fma(x, left, c10);
            c11 = Math.fma(x, right, c11);
            x = a[i + 2 * aStride];
            c20 = Math.fma(x, left, c20);
            c21 = Math.fma(x, right, c21);
            x = a[i + 3 * aStride];
            c30 = Math.fma(x, left, c30);
            c31 = Math.fma(x, right, c31);
        }
        c[c0 + across] = c01;
        c[c0] = c00;
        c[c0 + cStride + across] = c11;
        c[c0 + cStride] = c10;
        c[c0 + 2 * cStride + across] = c21;
        c[c0 + 2 * cStride] = c20;
        c[c0 + 3 * cStride + across] = c31;
        c[c0 + 3 * cStride] = c30;
    }

    /** A column of tiles of C += Aᵀ B, A in panels; the loop over tiles is in here because at small depth calls cost too much. */
    private static void transposedStrip(float[] a, int aOffset, float[] b, int b0, float[] c, int cOffset, int cStride,
            int rows, int depth) {
        for (int row = 0; row < rows; row += TILE_ROWS) {
            int a0 = aOffset + WeightPanels.panelOffset(row, depth);
            int c0 = cOffset + row * cStride;
            int c1 = c0 + cStride;
            FloatVector c00 = FloatVector.fromArray(Lanes.FLOAT, c, c0);
            FloatVector c01 = FloatVector.fromArray(Lanes.FLOAT, c, c0 + Lanes.COUNT);
            FloatVector c02 = FloatVector.fromArray(Lanes.FLOAT, c, c0 + 2 * Lanes.COUNT);
            FloatVector c03 = FloatVector.fromArray(Lanes.FLOAT, c, c0 + 3 * Lanes.COUNT);
            FloatVector c10 = FloatVector.fromArray(Lanes.FLOAT, c, c1);
            FloatVector c11 = FloatVector.fromArray(Lanes.FLOAT, c, c1 + Lanes.COUNT);
            FloatVector c12 = FloatVector.fromArray(Lanes.FLOAT, c, c1 + 2 * Lanes.COUNT);
            FloatVector c13 = FloatVector.fromArray(Lanes.FLOAT, c, c1 + 3 * Lanes.COUNT);
            for (int k = 0; k < depth; k++) {
                int bRow = b0 + k * WeightPanels.WIDTH;
                FloatVector upper = Lanes.floats(a[a0 + k * WeightPanels.WIDTH]);
                FloatVector lower = Lanes.floats(a[a0 + k * WeightPanels.WIDTH + 1]);
                FloatVector y = FloatVector.fromArray(Lanes.FLOAT, b, bRow);
                c00 = upper.fma(y, c00);
                c10 = lower.fma(y, c10);
                y = FloatVector.fromArray(Lanes.FLOAT, b, bRow + Lanes.COUNT);
                c01 = upper.fma(y, c01);
                c11 = lower.fma(y, c11);
                y = FloatVector.fromArray(Lanes.FLOAT, b, bRow + 2 * Lanes.COUNT);
                c02 = upper.fma(y, c02);
                c12 = lower.fma(y, c12);
                y = FloatVector.fromArray(Lanes.FLOAT, b, bRow + 3 * Lanes.COUNT);
                c03 = upper.fma(y, c03);
                c13 = lower.fma(y, c13);
            }
            c00.intoArray(c, c0);
            c01.intoArray(c, c0 + Lanes.COUNT);
            c02.intoArray(c, c0 + 2 * Lanes.COUNT);
            c03.intoArray(c, c0 + 3 * Lanes.COUNT);
            c10.intoArray(c, c1);
            c11.intoArray(c, c1 + Lanes.COUNT);
            c12.intoArray(c, c1 + 2 * Lanes.COUNT);
            c13.intoArray(c, c1 + 3 * Lanes.COUNT);
        }
    }
}
