package dev.idem.cpu.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Dot products and sums of short rows.
 *
 * <p>Numerics: element i belongs to lane i mod 16 whatever the vector width; a lane takes its elements in order, by fused multiply-adds
 * from 0; then lanes 8 apart are added, then 4, 2 and 1 apart.
 */
final class LaneDot {

    private LaneDot() {}

    /**
     * Returns Σ x_i y_i.
     *
     * <p>Read: x [count], y [count]. Modified: lanes [16], scratch.
     */
    static float dot(float[] x, int xOffset, float[] y, int yOffset, int count, float[] lanes) {
        int bound = count - count % Lanes.LOGICAL;
        for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
            FloatVector sum = FloatVector.zero(Lanes.FLOAT);
            for (int i = lane; i < bound; i += Lanes.LOGICAL) {
                sum = FloatVector.fromArray(Lanes.FLOAT, x, xOffset + i)
                        .fma(FloatVector.fromArray(Lanes.FLOAT, y, yOffset + i), sum);
            }
            sum.intoArray(lanes, lane);
        }
        for (int i = bound; i < count; i++) {
            lanes[i - bound] = Math.fma(x[xOffset + i], y[yOffset + i], lanes[i - bound]);
        }
        return merge(lanes, 0);
    }

    /**
     * Computes dots_r = x_r · y_r for rows of x and either rows of y or one vector.
     *
     * <p>Read: x [rows][count]; y [rows][yStride], its first {@code count} columns, a stride of 0 for one vector. Modified: dots [rows];
     * lanes [4][16], scratch. Four rows at a time: one alone would wait for each of its additions.
     */
    static void dots(float[] x, int xOffset, float[] y, int yOffset, int yStride, float[] dots, int dotsOffset,
            float[] lanes, int rows, int count) {
        int row = 0;
        for (; row <= rows - 4; row += 4) {
            four(x, xOffset + row * count, count, y, yOffset + row * yStride, yStride, lanes, count);
            for (int r = 0; r < 4; r++) {
                dots[dotsOffset + row + r] = merge(lanes, r * Lanes.LOGICAL);
            }
        }
        for (; row < rows; row++) {
            dots[dotsOffset + row] = dot(x, xOffset + row * count, y, yOffset + row * yStride, count, lanes);
        }
    }

    private static void four(float[] x, int x0, int xStride, float[] y, int y0, int yStride, float[] lanes,
            int count) {
        int x1 = x0 + xStride;
        int x2 = x1 + xStride;
        int x3 = x2 + xStride;
        int y1 = y0 + yStride;
        int y2 = y1 + yStride;
        int y3 = y2 + yStride;
        int bound = count - count % Lanes.LOGICAL;
        for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
            FloatVector s0 = FloatVector.zero(Lanes.FLOAT);
            FloatVector s1 = FloatVector.zero(Lanes.FLOAT);
            FloatVector s2 = FloatVector.zero(Lanes.FLOAT);
            FloatVector s3 = FloatVector.zero(Lanes.FLOAT);
            for (int i = lane; i < bound; i += Lanes.LOGICAL) {
                s0 = FloatVector.fromArray(Lanes.FLOAT, x, x0 + i)
                        .fma(FloatVector.fromArray(Lanes.FLOAT, y, y0 + i), s0);
                s1 = FloatVector.fromArray(Lanes.FLOAT, x, x1 + i)
                        .fma(FloatVector.fromArray(Lanes.FLOAT, y, y1 + i), s1);
                s2 = FloatVector.fromArray(Lanes.FLOAT, x, x2 + i)
                        .fma(FloatVector.fromArray(Lanes.FLOAT, y, y2 + i), s2);
                s3 = FloatVector.fromArray(Lanes.FLOAT, x, x3 + i)
                        .fma(FloatVector.fromArray(Lanes.FLOAT, y, y3 + i), s3);
            }
            s0.intoArray(lanes, lane);
            s1.intoArray(lanes, Lanes.LOGICAL + lane);
            s2.intoArray(lanes, 2 * Lanes.LOGICAL + lane);
            s3.intoArray(lanes, 3 * Lanes.LOGICAL + lane);
        }
        for (int i = bound; i < count; i++) {
            int lane = i - bound;
            lanes[lane] = Math.fma(x[x0 + i], y[y0 + i], lanes[lane]);
            lanes[lane + Lanes.LOGICAL] = Math.fma(x[x1 + i], y[y1 + i], lanes[lane + Lanes.LOGICAL]);
            lanes[lane + 2 * Lanes.LOGICAL] = Math.fma(x[x2 + i], y[y2 + i], lanes[lane + 2 * Lanes.LOGICAL]);
            lanes[lane + 3 * Lanes.LOGICAL] = Math.fma(x[x3 + i], y[y3 + i], lanes[lane + 3 * Lanes.LOGICAL]);
        }
    }

    /** Adds the lanes as a tree: a chain of sixteen additions would take as long as the products. */
    private static float merge(float[] l, int at) {
        float even = l[at] + l[at + 8] + (l[at + 4] + l[at + 12]) + (l[at + 2] + l[at + 10] + (l[at + 6] + l[at + 14]));
        float odd = l[at + 1] + l[at + 9] + (l[at + 5] + l[at + 13])
                + (l[at + 3] + l[at + 11] + (l[at + 7] + l[at + 15]));
        return even + odd;
    }
}
