package dev.idem.io;

import java.io.IOException;

/** Takes samples as they are drawn. */
@FunctionalInterface
public interface SampleSink {

    /**
     * Takes some rows.
     *
     * @param samples [row][axis] in the task's own coordinates; only valid during the call
     * @param rows number of rows, at least one
     */
    void accept(float[] samples, int rows) throws IOException;
}
