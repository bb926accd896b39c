package dev.idem.tornado.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What the copies of one of a row's 16 groups add up to: the largest log weight, then relative to it Σ w, Σ w², Σ w force and Σ w other,
 * for two vectors of a copy. {@link PoolKernels#merge} puts the groups together and corrects the bias by them.
 */
public final class GroupSums {

    /** Number of groups of the jackknife, and of work items of a row. */
    public static final int COUNT = 16;

    /** Below every log weight that counts. */
    static final float NONE = -1e30f;

    /** Where the largest log weight, Σ w, Σ w², and the vectors' sums lie. */
    static final int MAX = 0;
    static final int TOTAL = 1;
    static final int SQUARES = 2;
    static final int VECTORS = 3;

    private GroupSums() {}

    /** Returns how many numbers a group's sums are. */
    public static int size(int dimension) {
        return VECTORS + 2 * dimension;
    }

    /** Starts a group without copies. Modified: sums. */
    static void clear(float[] sums, int dimension) {
        sums[MAX] = NONE;
        for (int k = TOTAL; k < size(dimension); k++) {
            sums[k] = 0f;
        }
    }

    /**
     * Adds a copy; one without a log weight that counts, or with none that is a number, changes nothing. Modified: sums.
     *
     * @param exponent the log weight, in double precision for the sake of those that are differences of large ones
     * @param other finite
     */
    static void add(float[] sums, double exponent, float[] force, float[] other, int dimension) {
        float term = (float) exponent;
        float max = sums[MAX];
        boolean reached = term > NONE;
        float larger = reached && term > max ? term : max;
        float old = TornadoMath.exp(max - larger);
        float weight = reached ? TornadoMath.exp((float) (exponent - larger)) : 0f;
        sums[MAX] = larger;
        sums[TOTAL] = old * sums[TOTAL] + weight;
        sums[SQUARES] = old * old * sums[SQUARES] + weight * weight;
        for (int axis = 0; axis < dimension; axis++) {
            float pull = reached ? force[axis] : 0f;
            int at = VECTORS + axis;
            sums[at] = old * sums[at] + weight * pull;
            sums[at + dimension] = old * sums[at + dimension] + weight * other[axis];
        }
    }

    /** Writes a row's group. Modified: groups [row][group][size]. */
    static void store(FloatArray groups, int row, int group, float[] sums, int dimension) {
        int size = size(dimension);
        for (int k = 0; k < size; k++) {
            groups.set((row * COUNT + group) * size + k, sums[k]);
        }
    }
}
