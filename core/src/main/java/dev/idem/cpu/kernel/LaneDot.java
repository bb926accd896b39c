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
        return merge(lanes);
    }

    /** Adds the lanes as a tree: a chain of sixteen additions would take as long as the products. */
    private static float merge(float[] l) {
        float even = l[0] + l[8] + (l[4] + l[12]) + (l[2] + l[10] + (l[6] + l[14]));
        float odd = l[1] + l[9] + (l[5] + l[13]) + (l[3] + l[11] + (l[7] + l[15]));
        return even + odd;
    }
}
