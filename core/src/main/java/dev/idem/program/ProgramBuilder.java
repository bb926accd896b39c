package dev.idem.program;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects ops into a program. Hands out scratch buffers with unique names and random streams in order of request.
 */
public final class ProgramBuilder {

    private final String name;
    private final List<Op> ops = new ArrayList<>();
    private final Set<String> scratchNames = new HashSet<>();
    private final int firstStream;
    private int streams;

    /**
     * Starts a program.
     *
     * @param name unique within the programs that are compiled together; prefixes the names of scratch buffers
     * @param firstStream number of the first random stream; programs that draw must have disjoint streams
     */
    public ProgramBuilder(String name, int firstStream) {
        this.name = name;
        this.firstStream = firstStream;
    }

    /** Appends an op. */
    public ProgramBuilder add(Op op) {
        ops.add(op);
        return this;
    }

    /** Returns a new float32 scratch buffer, named after the program and {@code label}. */
    public Buffer scratch(String label, int rows, int columns) {
        return scratch(label, new Shape(rows, columns));
    }

    /** Returns a new float32 scratch buffer, named after the program and {@code label}. */
    public Buffer scratch(String label, Shape shape) {
        String base = name + "." + label;
        String unique = base;
        for (int n = 2; !scratchNames.add(unique); n++) {
            unique = base + n;
        }
        return new Buffer(unique, shape, Role.SCRATCH, Element.FLOAT32);
    }

    /** Returns the next random stream. */
    public int stream() {
        return firstStream + streams++;
    }

    /** Returns the ops so far. */
    public List<Op> ops() {
        return List.copyOf(ops);
    }

    /**
     * Returns the program.
     *
     * @throws IllegalArgumentException if it is not well formed
     */
    public Program build() {
        return new Program(name, ops);
    }
}
