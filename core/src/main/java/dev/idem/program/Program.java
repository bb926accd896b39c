package dev.idem.program;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A step as a value: ops in the order in which they take effect. Verified when made; prints as one line per op.
 *
 * @param name unique within the programs that are compiled together
 * @param ops at least one
 */
public record Program(String name, List<Op> ops) {

    /** @throws IllegalArgumentException if the program is not well formed; the message names the op and its place */
    public Program {
        ops = List.copyOf(ops);
        ProgramVerifier.verify(name, ops);
    }

    /** Returns the buffers in order of first use. */
    public List<Buffer> buffers() {
        Set<Buffer> buffers = new LinkedHashSet<>();
        for (Op op : ops) {
            buffers.addAll(op.reads());
            buffers.addAll(op.writes());
        }
        return List.copyOf(buffers);
    }

    /** Returns whether an op of this program writes the buffer. */
    public boolean writes(Buffer buffer) {
        return ops.stream().anyMatch(op -> op.writes().contains(buffer));
    }

    /**
     * Returns the buffers of several programs by name, in order of first use.
     *
     * @throws IllegalArgumentException if two different buffers have one name
     */
    public static Map<String, Buffer> buffersByName(Collection<Program> programs) {
        Map<String, Buffer> byName = new LinkedHashMap<>();
        for (Program program : programs) {
            for (Buffer buffer : program.buffers()) {
                Buffer before = byName.putIfAbsent(buffer.name(), buffer);
                if (before != null && !before.equals(buffer)) {
                    throw new IllegalArgumentException("program " + program.name() + ": buffer " + buffer + " ("
                            + buffer.role() + ") has the name of another buffer, " + before + " (" + before.role()
                            + ")");
                }
            }
        }
        return byName;
    }

    /** Returns the program as text: its name, then one line per op. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add(name);
        for (Op op : ops) {
            lines.add("  " + ProgramPrinter.print(op));
        }
        return String.join("\n", lines);
    }
}
