package dev.idem.random;

/**
 * Standard normal random numbers by the Box–Muller transform, in double precision: the reference for the kernels.
 *
 * <p>A pair of words (r, a) gives ρ cos φ and ρ sin φ with ρ = √(−2 ln u), u the uniform number of r, and φ = 2π (v −
 * 1/2), v that of a. The words 0, 1 and 2, 3 of a call are two pairs, hence four normal numbers. The uniform numbers
 * are those of {@link Uniforms} to the bit; the float kernels differ from here by their rounding alone, less than 1e-5.
 *
 * <p>Two layouts. In a <em>row</em>, element e belongs to block e div 4, pair (e mod 4) div 2, and is the cosine for
 * even e. The <em>copies</em> of a row, of the Monte-Carlo score, are laid out for kernels whose lanes are copies, see
 * {@link #copyBlock}. Both agree for dimension 2 with elements numbered copy · 2 + axis.
 */
public final class Normals {

    /** Number of copies that share a run of blocks, one per logical lane of the kernels. */
    public static final int GROUP = 16;

    /** The largest |(ρ cos φ, ρ sin φ)| of a pair: √(−2 ln 2^−25), rounded up. */
    public static final double LARGEST_RADIUS = 5.888;

    private Normals() {}

    /** Returns ρ cos φ of a pair of words. */
    public static double cosine(int radiusBits, int angleBits) {
        return radius(radiusBits) * StrictMath.cos(angle(angleBits));
    }

    /** Returns ρ sin φ of a pair of words. */
    public static double sine(int radiusBits, int angleBits) {
        return radius(radiusBits) * StrictMath.sin(angle(angleBits));
    }

    private static double radius(int bits) {
        return Math.sqrt(-2 * StrictMath.log(Uniforms.ofBits(bits)));
    }

    private static double angle(int bits) {
        return 2 * Math.PI * ((double) Uniforms.ofBits(bits) - 0.5);
    }

    /** Returns normal number {@code element} of a row. */
    public static double normal(int seedLow, int seedHigh, int stream, int step, int row, int element) {
        int[] words = new int[Philox.WORDS];
        Philox.words(element / Philox.WORDS, row, step, stream, seedLow, seedHigh, words, 0);
        return ofCall(words, element % Philox.WORDS / 2, element % 2);
    }

    /** Returns the normal number of one axis of one copy of a row, in the layout of {@link #copyBlock}. */
    public static double copyNormal(int seedLow, int seedHigh, int stream, int step, int row, int copy, int axis,
            int dimension) {
        int[] words = new int[Philox.WORDS];
        Philox.words(copyBlock(copy, axis, dimension), row, step, stream, seedLow, seedHigh, words, 0);
        return ofCall(words, copy % 2, axis % 2);
    }

    /**
     * Returns the block that holds one axis of one copy.
     *
     * <p>Axes 2p and 2p + 1 are the cosine and the sine of one pair; copies 2c and 2c + 1 use the two pairs of one
     * call. With P = ⌈dimension/2⌉, group g = copy div 16 and c = (copy mod 16) div 2 the block is (g P + p) 8 + c:
     * eight consecutive blocks fill one pair of axes of the 16 copies of a group. For an odd dimension the last sines
     * are not used.
     */
    public static int copyBlock(int copy, int axis, int dimension) {
        int pairs = (dimension + 1) / 2;
        return (copy / GROUP * pairs + axis / 2) * (GROUP / 2) + copy % GROUP / 2;
    }

    private static double ofCall(int[] words, int pair, int sine) {
        return sine == 0 ? cosine(words[2 * pair], words[2 * pair + 1]) : sine(words[2 * pair], words[2 * pair + 1]);
    }
}
