package dev.idem.cpu;

import dev.idem.program.Buffer;
import dev.idem.program.Element;
import dev.idem.program.Op;
import dev.idem.program.Program;
import dev.idem.program.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which scratch buffers stay in a worker's arena, and where. What only one pass touches needs room for a tile of its rows;
 * what only one segment touches, for a tile of its samples; all else lies in {@link Memory}.
 */
final class ArenaPlanner {

    /** Which pass of which segment. */
    private record Place(int segment, int pass) {}

    private final Map<Buffer, Place> passLocal = new HashMap<>();
    private final Map<Buffer, Integer> segmentLocal = new HashMap<>();

    ArenaPlanner(Program program, List<List<List<Op>>> segments) {
        Set<Buffer> refused = new HashSet<>();
        for (Buffer buffer : program.buffers()) {
            if (buffer.role() != Role.SCRATCH || buffer.element() != Element.FLOAT32) {
                refused.add(buffer);
            }
        }
        Set<Buffer> crossing = new HashSet<>();
        for (int s = 0; s < segments.size(); s++) {
            for (int p = 0; p < segments.get(s).size(); p++) {
                for (Op op : segments.get(s).get(p)) {
                    visit(op, new Place(s, p), refused, crossing);
                }
            }
        }
        segmentLocal.keySet().removeAll(refused);
        passLocal.keySet().removeAll(refused);
        passLocal.keySet().removeAll(crossing);
        segmentLocal.keySet().removeAll(passLocal.keySet());
    }

    private void visit(Op op, Place place, Set<Buffer> refused, Set<Buffer> crossing) {
        for (Buffer buffer : touched(op)) {
            Integer segment = segmentLocal.putIfAbsent(buffer, place.segment);
            boolean elsewhere = segment != null && segment != place.segment;
            boolean whole = op.summedWrites().contains(buffer) || op.wholeReads().contains(buffer);
            if (elsewhere || whole || buffer.samples() != op.domain().samples()) {
                refused.add(buffer);
            }
            Place before = passLocal.putIfAbsent(buffer, place);
            boolean otherPass = before != null && !before.equals(place);
            if (otherPass || buffer.items() != op.domain().items()) {
                crossing.add(buffer);
            }
        }
    }

    /**
     * Where a segment's local buffers lie.
     *
     * @param operands by buffer
     * @param size floats of the arena
     */
    record Places(Map<Buffer, Operand> operands, int size) {}

    /** Places a segment's local buffers, first fit, reusing the space of buffers no longer live. */
    Places places(List<List<Op>> segment, Tiling tiling) {
        Map<Buffer, Operand> operands = new HashMap<>();
        ArenaLayout samples = new ArenaLayout();
        List<Set<Buffer>> byPass = new ArrayList<>();
        for (List<Op> pass : segment) {
            Set<Buffer> used = new LinkedHashSet<>();
            pass.forEach(op -> used.addAll(touched(op)));
            byPass.add(used);
        }
        // Rows of a pass are interleaved, so what crosses passes lives for whole passes.
        place(byPass, segmentLocal.keySet(), samples, (buffer, offset) -> {
            int stride = buffer.rows() == 1 ? 0 : buffer.columns();
            operands.put(buffer, Operand.sampleTile(offset, buffer.items(), stride));
        }, buffer -> tiling.tileSamples() * buffer.items() * buffer.columns());
        int size = samples.size();
        for (List<Op> pass : segment) {
            ArenaLayout rows = new ArenaLayout();
            int tileRows = tiling.tileRows(pass.getFirst().domain().items());
            int base = samples.size();
            place(pass.stream().map(ArenaPlanner::touched).toList(), passLocal.keySet(), rows, (buffer, offset) -> {
                operands.put(buffer, Operand.rowTile(base + offset, buffer.columns()));
            }, buffer -> tileRows * buffer.columns());
            size = Math.max(size, base + rows.size());
        }
        return new Places(operands, size);
    }

    /** Takes note of where a buffer begins. */
    private interface Placed {
        void at(Buffer buffer, int offset);
    }

    /** Returns how much room a buffer needs. */
    private interface Room {
        int of(Buffer buffer);
    }

    private static void place(List<Set<Buffer>> steps, Set<Buffer> local, ArenaLayout layout, Placed placed,
            Room room) {
        Map<Buffer, Integer> lastUse = new HashMap<>();
        for (int step = 0; step < steps.size(); step++) {
            for (Buffer buffer : steps.get(step)) {
                lastUse.put(buffer, step);
            }
        }
        Map<Buffer, Integer> live = new HashMap<>();
        for (int step = 0; step < steps.size(); step++) {
            for (Buffer buffer : steps.get(step)) {
                if (local.contains(buffer) && !live.containsKey(buffer)) {
                    int offset = layout.allocate(room.of(buffer));
                    placed.at(buffer, offset);
                    live.put(buffer, offset);
                }
            }
            for (Buffer buffer : steps.get(step)) {
                Integer offset = live.get(buffer);
                if (offset != null && lastUse.getOrDefault(buffer, -1) == step) {
                    layout.free(offset);
                }
            }
        }
    }

    private static Set<Buffer> touched(Op op) {
        Set<Buffer> touched = new LinkedHashSet<>(op.reads());
        touched.addAll(op.writes());
        return touched;
    }
}
