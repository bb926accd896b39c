package dev.idem.io;

import java.io.IOException;

/** Collects drawn samples in an array. */
public final class SampleArray {

    private SampleArray() {}

    /** What draws samples into a sink and returns a result of its own. */
    @FunctionalInterface
    public interface Draw<T> {

        /** Draws all samples. */
        T into(SampleSink sink) throws IOException;
    }

    /**
     * Fills an array with samples in the order in which they are drawn, and returns what the drawing returns.
     *
     * @param samples [row][axis], with room for all
     * @param dimension values of a row
     */
    public static <T> T fill(float[] samples, int dimension, Draw<T> draw) {
        int[] filled = new int[1];
        try {
            return draw.into((batch, rows) -> {
                System.arraycopy(batch, 0, samples, filled[0], rows * dimension);
                filled[0] += rows * dimension;
            });
        } catch (IOException e) {
            throw new IllegalStateException("copying into an array does no input or output", e);
        }
    }
}
