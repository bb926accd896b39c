package dev.idem.random;

/**
 * Uniform random numbers: element e of a row is word e mod 4 of block e div 4 of {@link Philox}.
 *
 * <p>All methods are pure functions of (seed, stream, step, row, element).
 */
public final class Uniforms {

    private static final int FRACTION_MASK = 0xffffff;

    private Uniforms() {}

    /**
     * Returns the uniform number of 32 random bits: (b + 1/2) 2^−24 in float arithmetic, b the upper 24 bits.
     *
     * <p>At least 2^−25, so its logarithm is finite. The sum is rounded to even where b >= 2^23, so that 1 is possible,
     * with probability 2^−24.
     */
    public static float ofBits(int bits) {
        return ((float) ((bits >> 8) & FRACTION_MASK) + 0.5f) * 0x1p-24f;
    }

    /** Returns uniform number {@code element} of a row. */
    public static float uniform(int seedLow, int seedHigh, int stream, int step, int row, int element) {
        int[] words = new int[Philox.WORDS];
        Philox.words(element / Philox.WORDS, row, step, stream, seedLow, seedHigh, words, 0);
        return ofBits(words[element % Philox.WORDS]);
    }

    /**
     * Returns an integer uniform on 0 … bound − 1 from a uniform number in (0, 1]: ⌊u · bound⌋, at most bound − 1.
     *
     * <p>In double precision, so that each value has its probability to within 2^−24.
     */
    public static int index(float uniform, int bound) {
        return Math.min((int) ((double) uniform * bound), bound - 1);
    }
}
