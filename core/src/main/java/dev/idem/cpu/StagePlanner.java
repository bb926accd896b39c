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
 * Cuts a program into segments, decides which scratch buffers stay in a worker's arena, and lowers the ops.
 *
 * <p>Tiles and chunks depend on shapes alone, never on the number of threads: they fix the order of every sum.
 */
final class StagePlanner {

    /** Rows of a tile of layers: activations of a 128-wide network stay in the second-level cache. */
    private static final int TILE_ROWS = 64;

    /** Rows of a tile when a row is one parameter. */
    private static final int TILE_ELEMENTS = 4096;

    /** Most chunks of a segment: each reducing op holds one partial per chunk. */
    private static final int MAX_CHUNKS = 16;

    private final Memory memory;
    private final Program program;
    private final List<List<Op>> groups = new ArrayList<>();
    private final Set<PanelPacking.Panels> panels = new LinkedHashSet<>();
    private int arenaSize;

    StagePlanner(Memory memory, Program program) {
        this.memory = memory;
        this.program = program;
    }

    CpuSession.Plan plan() {
        group();
        Set<Buffer> tileLocal = tileLocal();
        List<Stage> stages = new ArrayList<>();
        for (List<Op> group : groups) {
            lower(group, tileLocal, stages);
        }
        List<Storage> changed = new ArrayList<>();
        for (Buffer buffer : program.buffers()) {
            if (buffer.role() == Role.STATE && program.writes(buffer)) {
                changed.add(memory.storage(buffer));
            }
        }
        return new CpuSession.Plan(new PanelPacking(List.copyOf(panels)), List.copyOf(stages), List.copyOf(changed),
                arenaSize);
    }

    private void group() {
        List<Op> current = new ArrayList<>();
        for (Op op : program.ops()) {
            if (!current.isEmpty() && !joins(op, current)) {
                groups.add(current);
                current = new ArrayList<>();
            }
            current.add(op);
        }
        groups.add(current);
    }

    /** An op may join if no other row's, and no whole, result of the group so far is needed or overwritten by it. */
    private static boolean joins(Op op, List<Op> group) {
        int rows = group.getFirst().rows();
        if (op.rows() != rows) {
            return false;
        }
        for (Op before : group) {
            if (before.reducing() && intersect(before.writes(), op.reads())) {
                return false;
            }
            boolean wholeHazard = intersect(before.writes(), op.wholeReads())
                    || intersect(before.wholeReads(), op.writes());
            if (wholeHazard && rows > 1) {
                return false;
            }
        }
        return true;
    }

    private static boolean intersect(List<Buffer> first, List<Buffer> second) {
        return first.stream().anyMatch(second::contains);
    }

    /** Scratch that only one group touches, row by row. */
    private Set<Buffer> tileLocal() {
        Map<Buffer, Integer> groupOf = new HashMap<>();
        Set<Buffer> local = new HashSet<>();
        for (Buffer buffer : program.buffers()) {
            if (buffer.role() == Role.SCRATCH && buffer.element() == Element.FLOAT32) {
                local.add(buffer);
            }
        }
        for (int group = 0; group < groups.size(); group++) {
            for (Op op : groups.get(group)) {
                for (Buffer buffer : touched(op)) {
                    Integer other = groupOf.putIfAbsent(buffer, group);
                    boolean elsewhere = other != null && other != group;
                    boolean reduced = op.reducing() && op.writes().contains(buffer);
                    if (elsewhere || reduced || op.wholeReads().contains(buffer) || buffer.rows() != op.rows()) {
                        local.remove(buffer);
                    }
                }
            }
        }
        return local;
    }

    private void lower(List<Op> group, Set<Buffer> tileLocal, List<Stage> stages) {
        int rows = group.getFirst().rows();
        int tileRows = Math.min(rows, isElementwise(group) ? TILE_ELEMENTS : TILE_ROWS);
        int tiles = (rows + tileRows - 1) / tileRows;
        int chunkRows = tileRows * ((tiles + MAX_CHUNKS - 1) / MAX_CHUNKS);
        int chunks = (rows + chunkRows - 1) / chunkRows;

        Map<Buffer, Operand> arena = arenaOperands(group, tileLocal, tileRows);
        Map<Buffer, Segment.Partial> partials = new HashMap<>();
        List<Merge> merges = new ArrayList<>();
        for (Op op : group) {
            if (op.reducing()) {
                for (Buffer sum : op.writes()) {
                    int size = sum.shape().size();
                    partials.computeIfAbsent(sum, s -> {
                        Segment.Partial partial = new Segment.Partial(new float[chunks * size], size);
                        merges.add(new Merge(partial, chunks, memory.storage(s).floats));
                        return partial;
                    });
                }
            }
        }
        Operands operands = new Operands(memory, rows, arena, partials);
        List<Kernel> kernels = new ArrayList<>();
        for (Op op : group) {
            kernels.add(Lowering.lower(op, operands));
        }
        panels.addAll(operands.panelsUsed());
        stages.add(new Segment(rows, tileRows, chunkRows, kernels, List.copyOf(partials.values())));
        stages.addAll(merges);
    }

    private static boolean isElementwise(List<Op> group) {
        return group.stream().allMatch(op -> {
            Set<Buffer> touched = new HashSet<>(op.reads());
            touched.addAll(op.writes());
            op.wholeReads().forEach(touched::remove);
            return touched.stream().allMatch(buffer -> buffer.columns() == 1);
        });
    }

    /** Places the group's local scratch in the arena, first fit, reusing the space of buffers no longer live. */
    private Map<Buffer, Operand> arenaOperands(List<Op> group, Set<Buffer> tileLocal, int tileRows) {
        Map<Buffer, Integer> lastUse = new HashMap<>();
        for (int place = 0; place < group.size(); place++) {
            for (Buffer buffer : touched(group.get(place))) {
                lastUse.put(buffer, place);
            }
        }
        ArenaLayout layout = new ArenaLayout();
        Map<Buffer, Operand> operands = new HashMap<>();
        Map<Buffer, Integer> live = new HashMap<>();
        for (int place = 0; place < group.size(); place++) {
            for (Buffer buffer : touched(group.get(place))) {
                if (tileLocal.contains(buffer) && !operands.containsKey(buffer)) {
                    int offset = layout.allocate(tileRows * buffer.columns());
                    operands.put(buffer, Operand.arena(offset, buffer.columns()));
                    live.put(buffer, offset);
                }
            }
            for (Buffer buffer : touched(group.get(place))) {
                Integer offset = live.get(buffer);
                if (offset != null && lastUse.getOrDefault(buffer, -1) == place) {
                    layout.free(offset);
                    live.remove(buffer);
                }
            }
        }
        arenaSize = Math.max(arenaSize, layout.size());
        return operands;
    }

    private static Set<Buffer> touched(Op op) {
        Set<Buffer> touched = new LinkedHashSet<>(op.reads());
        touched.addAll(op.writes());
        return touched;
    }
}
