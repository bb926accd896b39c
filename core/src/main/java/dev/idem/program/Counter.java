package dev.idem.program;

/**
 * Layout of a random counter, an int32 state buffer [1][4]: every random number of a program is a function of these
 * four words, the op's stream, the row and the element, hence the same for any number of threads.
 *
 * <p>Philox is keyed with the two seed words; its counter is (block of four elements, first row + row, step, stream).
 */
public final class Counter {

    /** Low word of the seed. */
    public static final int SEED_LOW = 0;

    /** High word of the seed. */
    public static final int SEED_HIGH = 1;

    /** Number of the step: training step, or integration step of a sampler. */
    public static final int STEP = 2;

    /** Global number of the first row: zero in training, the number of the first trajectory in a sampler. */
    public static final int FIRST_ROW = 3;

    private static final int WORDS = 4;

    private Counter() {}

    /** Returns a counter buffer. */
    public static Buffer buffer(String name) {
        return Buffer.ints(name, 1, WORDS, Role.STATE);
    }

    /** Returns the words of a counter at step zero and row zero. */
    public static int[] start(long seed) {
        return start(seed, 0);
    }

    /** Returns the words of a counter at step zero and a first row. */
    public static int[] start(long seed, int firstRow) {
        return new int[] {(int) seed, (int) (seed >> 32), 0, firstRow};
    }
}
