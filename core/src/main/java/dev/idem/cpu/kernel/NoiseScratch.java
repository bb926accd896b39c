package dev.idem.cpu.kernel;

import dev.idem.random.Philox;

/** Working memory of {@link NormalKernel}, 10 KiB, one for each worker. */
public final class NoiseScratch {

    /** Philox calls made at once. */
    static final int CALLS = 256;

    /** Groups of 16 Box–Muller pairs made at once: two pairs to a call. */
    static final int UNITS = 2 * CALLS / Lanes.LOGICAL;

    final long[] keys = new long[PhiloxKernel.KEYS];
    final int[] radiusBits = new int[2 * CALLS]; // [call][2]
    final int[] angleBits = new int[2 * CALLS]; // [call][2]
    final float[] radii = new float[2 * CALLS]; // [pair]
    final float[] cosines = new float[2 * CALLS]; // [pair]
    final float[] sines = new float[2 * CALLS]; // [pair]

    private final int[] words = new int[Philox.WORDS];

    /** Makes scratch memory. */
    public NoiseScratch() {}

    /** Makes the words of one call and stores its two pairs at position {@code call}. */
    void scatter(int block, int row, int step, int stream, int seedLow, int seedHigh, int call) {
        Philox.words(block, row, step, stream, seedLow, seedHigh, words, 0);
        radiusBits[2 * call] = words[0];
        angleBits[2 * call] = words[1];
        radiusBits[2 * call + 1] = words[2];
        angleBits[2 * call + 1] = words[3];
    }
}
