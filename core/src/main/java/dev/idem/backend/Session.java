package dev.idem.backend;

import dev.idem.program.Buffer;
import dev.idem.program.Program;

/**
 * Compiled programs with their buffers. Confined to one thread; {@link #close} frees threads and memory.
 *
 * <p>write and read copy whole buffers; nobody else holds a backend's memory. Writing state is for set-up and
 * checkpoints, not for the loop.
 */
public interface Session extends AutoCloseable {

    /**
     * Copies values into a float32 buffer.
     *
     * @throws IllegalArgumentException if the buffer is unknown or the length is not its size
     */
    void write(Buffer target, float[] values);

    /**
     * Copies values into an int32 buffer.
     *
     * @throws IllegalArgumentException if the buffer is unknown or the length is not its size
     */
    void write(Buffer target, int[] values);

    /**
     * Runs a program several times in a row.
     *
     * @param program one of the objects that were compiled
     * @throws IllegalArgumentException if the program was not compiled into this session or times is negative
     */
    void run(Program program, int times);

    /**
     * Copies a float32 buffer into values. The content of a scratch buffer is not defined.
     *
     * @throws IllegalArgumentException if the buffer is unknown or the length is not its size
     */
    void read(Buffer source, float[] values);

    /**
     * Copies an int32 buffer into values.
     *
     * @throws IllegalArgumentException if the buffer is unknown or the length is not its size
     */
    void read(Buffer source, int[] values);

    /**
     * Returns the values of a float32 buffer in a new array.
     *
     * @throws IllegalArgumentException if the buffer is unknown
     */
    default float[] readFloats(Buffer source) {
        float[] values = new float[source.shape().size()];
        read(source, values);
        return values;
    }

    /**
     * Returns the values of an int32 buffer in a new array.
     *
     * @throws IllegalArgumentException if the buffer is unknown
     */
    default int[] readInts(Buffer source) {
        int[] values = new int[source.shape().size()];
        read(source, values);
        return values;
    }

    @Override
    void close();
}
