package dev.idem.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Arrays for kernel tests: random values behind an offset, with guards around whatever a kernel may write. */
final class KernelData {

    /** Sizes around the vector widths 4, 8 and 16, primes, and a real one. */
    static final int[] SIZES = {1, 2, 3, 5, 7, 15, 16, 17, 31, 64, 97, 128, 131};

    /** Where data begin in every array of a test. */
    static final int OFFSET = 5;

    /** A value that no kernel computes. */
    static final float GUARD = -1.2345e30f;

    private static final int MARGIN = 37;

    private KernelData() {}

    /** Returns {@code count} values in (−1, 1) from {@link #OFFSET}, guards before and behind. */
    static float[] random(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = guarded(count);
        for (int i = 0; i < count; i++) {
            values[OFFSET + i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    /** Returns an array with room for {@code count} values from {@link #OFFSET}, all guards. */
    static float[] guarded(int count) {
        float[] values = new float[OFFSET + count + MARGIN];
        Arrays.fill(values, GUARD);
        return values;
    }

    /** Returns the bits, so that comparisons tell zeros apart and compare NaNs. */
    static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }

    static void assertSameBits(String what, float[] actual, float[] expected) {
        assertThat(bits(actual)).as(what).isEqualTo(bits(expected));
    }
}
