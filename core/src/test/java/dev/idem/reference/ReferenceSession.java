package dev.idem.reference;

import dev.idem.backend.Session;
import dev.idem.program.Buffer;
import dev.idem.program.Element;
import dev.idem.program.Op;
import dev.idem.program.Program;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All buffers as double or int arrays; reads and writes of one element by row and column. */
public final class ReferenceSession implements Session {

    private final List<Program> programs;
    private final Map<Buffer, double[]> doubles = new HashMap<>();
    private final Map<Buffer, int[]> ints = new HashMap<>();

    ReferenceSession(List<Program> programs) {
        this.programs = List.copyOf(programs);
        for (Buffer buffer : Program.buffersByName(programs).values()) {
            if (buffer.element() == Element.FLOAT32) {
                doubles.put(buffer, new double[buffer.shape().size()]);
            } else {
                ints.put(buffer, new int[buffer.shape().size()]);
            }
        }
    }

    @Override
    public void write(Buffer target, float[] values) {
        double[] array = doubles(target);
        requireLength(target, values.length);
        for (int i = 0; i < values.length; i++) {
            array[i] = values[i];
        }
    }

    /** Copies double values into a buffer without rounding them. */
    public void write(Buffer target, double[] values) {
        requireLength(target, values.length);
        System.arraycopy(values, 0, doubles(target), 0, values.length);
    }

    @Override
    public void write(Buffer target, int[] values) {
        requireLength(target, values.length);
        System.arraycopy(values, 0, ints(target), 0, values.length);
    }

    @Override
    public void run(Program program, int times) {
        if (!programs.contains(program)) {
            throw new IllegalArgumentException("program " + program.name() + " was not compiled into this session");
        }
        for (int time = 0; time < times; time++) {
            for (Op op : program.ops()) {
                op.summedWrites().forEach(sum -> Arrays.fill(doubles(sum), 0));
            }
            for (Op op : program.ops()) {
                ReferenceOps.run(op, this);
            }
        }
    }

    @Override
    public void read(Buffer source, float[] values) {
        requireLength(source, values.length);
        double[] array = doubles(source);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array[i];
        }
    }

    /** Copies a buffer into values in full precision. */
    public void read(Buffer source, double[] values) {
        requireLength(source, values.length);
        System.arraycopy(doubles(source), 0, values, 0, values.length);
    }

    @Override
    public void read(Buffer source, int[] values) {
        requireLength(source, values.length);
        System.arraycopy(ints(source), 0, values, 0, values.length);
    }

    @Override
    public void close() {
        // nothing to free
    }

    double[] doubles(Buffer buffer) {
        double[] array = doubles.get(buffer);
        if (array == null) {
            throw new IllegalArgumentException("no compiled program has a float buffer " + buffer);
        }
        return array;
    }

    int[] ints(Buffer buffer) {
        int[] array = ints.get(buffer);
        if (array == null) {
            throw new IllegalArgumentException("no compiled program has an int buffer " + buffer);
        }
        return array;
    }

    /** Returns an element; the only row of a buffer stands for all. */
    double get(Buffer buffer, int row, int column) {
        return doubles(buffer)[(buffer.rows() == 1 ? 0 : row) * buffer.columns() + column];
    }

    void set(Buffer buffer, int row, int column, double value) {
        doubles(buffer)[row * buffer.columns() + column] = value;
    }

    void add(Buffer buffer, int row, int column, double value) {
        doubles(buffer)[row * buffer.columns() + column] += value;
    }

    private static void requireLength(Buffer buffer, int length) {
        if (length != buffer.shape().size()) {
            throw new IllegalArgumentException(buffer + " has " + buffer.shape().size() + " elements, got " + length);
        }
    }
}
