package dev.idem.random;

/**
 * The counter-based generator Philox 4×32-10: four random words as a pure function of a counter and a key.
 *
 * <p>Convention of this library. Key = (low, high word of the seed); counter = (block, row, step, stream). The block
 * counts groups of four elements of a row; row is the global number of the sample; step the number of the training or
 * integration step; stream the number of the op that asks, so that no two ops ever share a word. {@link Uniforms} and
 * {@link Normals} say how the words become numbers.
 *
 * <p>Numerics: products in 64 bits; no unsigned shift is applied to a value that may be negative, because device
 * compilers get it wrong.
 *
 * <p>Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011; the constants are those of the
 * authors' library Random123, and so are the test vectors.
 */
public final class Philox {

    /** Number of words of one call. */
    public static final int WORDS = 4;

    /** Number of rounds. */
    public static final int ROUNDS = 10;

    /** Multiplier of the first counter word. */
    public static final long MULTIPLIER_0 = 0xD2511F53L;

    /** Multiplier of the third counter word. */
    public static final long MULTIPLIER_1 = 0xCD9E8D57L;

    /** What is added to the first key word after each round: the golden ratio. */
    public static final int KEY_STEP_0 = 0x9E3779B9;

    /** What is added to the second key word after each round: √3 − 1. */
    public static final int KEY_STEP_1 = 0xBB67AE85;

    private static final long LOW = 0xFFFFFFFFL;

    private Philox() {}

    /**
     * Writes the four words of one call.
     *
     * <p>Modified: out [4] from offset.
     *
     * @param c0 first counter word: block
     * @param c1 second counter word: row
     * @param c2 third counter word: step
     * @param c3 fourth counter word: stream
     * @param k0 first key word: low word of the seed
     * @param k1 second key word: high word of the seed
     */
    public static void words(int c0, int c1, int c2, int c3, int k0, int k1, int[] out, int offset) {
        int x0 = c0;
        int x1 = c1;
        int x2 = c2;
        int x3 = c3;
        int key0 = k0;
        int key1 = k1;
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = (x0 & LOW) * MULTIPLIER_0;
            long product1 = (x2 & LOW) * MULTIPLIER_1;
            x0 = (int) (product1 >> 32) ^ x1 ^ key0;
            x1 = (int) product1;
            x2 = (int) (product0 >> 32) ^ x3 ^ key1;
            x3 = (int) product0;
            key0 += KEY_STEP_0;
            key1 += KEY_STEP_1;
        }
        out[offset] = x0;
        out[offset + 1] = x1;
        out[offset + 2] = x2;
        out[offset + 3] = x3;
    }
}
