package dev.idem.cpu;

import dev.idem.program.Buffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Resolves the buffers of one pass's ops to places in memory. */
final class Operands {

    private final Memory memory;
    private final int rows;
    private final Map<Buffer, Operand> arena;
    private final Map<Buffer, Segment.Partial> partials;
    private final Set<PanelPacking.Panels> panelsUsed = new HashSet<>();

    Operands(Memory memory, int rows, Map<Buffer, Operand> arena, Map<Buffer, Segment.Partial> partials) {
        this.memory = memory;
        this.rows = rows;
        this.arena = arena;
        this.partials = partials;
    }

    /** Returns a row-wise operand; a buffer of one row is broadcast over a segment of more. */
    Operand rows(Buffer buffer) {
        Operand local = arena.get(buffer);
        if (local != null) {
            return local;
        }
        boolean broadcast = buffer.rows() == 1 && rows > 1;
        return Operand.shared(memory.storage(buffer).floats, broadcast ? 0 : buffer.columns());
    }

    /** Returns the partials of a sum over rows. */
    Operand sum(Buffer buffer) {
        Segment.Partial partial = partials.get(buffer);
        if (partial == null) {
            throw new IllegalStateException(buffer + " is not a sum of this segment");
        }
        return Operand.partial(partial.values(), partial.size());
    }

    /** Returns the array of a float32 buffer that is used whole. */
    float[] floats(Buffer buffer) {
        if (arena.containsKey(buffer)) {
            throw new IllegalStateException(buffer + " lies in the arena and cannot be used whole");
        }
        return memory.storage(buffer).floats;
    }

    /** Returns the array of an int32 buffer that is used whole. */
    int[] ints(Buffer buffer) {
        return memory.storage(buffer).ints;
    }

    /** Returns the packed copy of a weight matrix, which the session keeps fresh. */
    PanelPacking.Panels panels(Buffer parameters, int weight, int in, int out, boolean transposed) {
        PanelPacking.Panels panels = memory
                .panels(new PanelPacking.Key(parameters, weight, in, out, transposed));
        panelsUsed.add(panels);
        return panels;
    }

    Set<PanelPacking.Panels> panelsUsed() {
        return panelsUsed;
    }
}
