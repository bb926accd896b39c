package dev.idem.tempering;

import dev.idem.random.Philox;

/**
 * A sequence of random numbers read in order: words of {@link Philox} with counter (low, row, high, stream), low and
 * high being a 64-bit number that counts calls. Sequences of different (seed, row, stream) share no word. Not for use
 * by several threads.
 *
 * <p>Unlike the numbers of programs these are of double precision, and how many a draw takes depends on their values.
 */
final class RandomSequence {

    private final int low;
    private final int high;
    private final int row;
    private final int stream;
    private final int[] words = new int[Philox.WORDS];
    private long calls;
    private int used = Philox.WORDS;

    RandomSequence(long seed, int row, int stream) {
        this.low = (int) seed;
        this.high = (int) (seed >> 32);
        this.row = row;
        this.stream = stream;
    }

    private int next() {
        if (used == Philox.WORDS) {
            Philox.words((int) calls, row, (int) (calls >> 32), stream, low, high, words, 0);
            calls++;
            used = 0;
        }
        return words[used++];
    }

    /** Returns a number uniform in (0, 1): (b + 1/2) 2^−32 of 32 random bits. */
    double uniform() {
        return ((next() & 0xffffffffL) + 0.5) * 0x1p-32;
    }

    /**
     * Fills an array with standard normal numbers, by Marsaglia's polar method: of points uniform in the unit disc, x √(−2
     * ln s / s) and y √(−2 ln s / s) with s = x² + y². Two numbers cost one logarithm.
     *
     * <p>Source: Marsaglia and Bray, SIAM Review 6 (1964) 260.
     *
     * @param normals modified
     */
    void normals(double[] normals) {
        for (int k = 0; k < normals.length; k += 2) {
            double x;
            double y;
            double s;
            do {
                x = 2 * uniform() - 1;
                y = 2 * uniform() - 1;
                s = x * x + y * y;
            } while (!(s < 1));
            double scale = Math.sqrt(-2 * StrictMath.log(s) / s);
            normals[k] = x * scale;
            if (k + 1 < normals.length) {
                normals[k + 1] = y * scale;
            }
        }
    }
}
