package dev.idem.cpu;

import dev.idem.program.Buffer;
import dev.idem.program.Op;
import dev.idem.program.Program;
import dev.idem.program.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cuts a program into segments and segments into passes, and lowers the ops. */
final class StagePlanner {

    private final Memory memory;
    private final Program program;
    private final Set<PanelPacking.Panels> panels = new LinkedHashSet<>();
    private int arenaSize;

    StagePlanner(Memory memory, Program program) {
        this.memory = memory;
        this.program = program;
    }

    CpuSession.Plan plan() {
        List<List<List<Op>>> segments = new ArrayList<>();
        for (List<Op> segment : cut(program.ops(), StagePlanner::joinsSegment)) {
            segments.add(cut(segment, StagePlanner::joinsPass));
        }
        List<Stage> stages = new ArrayList<>();
        ArenaPlanner arenas = new ArenaPlanner(program, segments);
        for (List<List<Op>> segment : segments) {
            lower(segment, arenas, stages);
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

    /** Whether an op may run together with those before it. */
    private interface Rule {
        boolean joins(Op op, List<Op> before);
    }

    private static List<List<Op>> cut(List<Op> ops, Rule rule) {
        List<List<Op>> parts = new ArrayList<>();
        List<Op> current = new ArrayList<>();
        for (Op op : ops) {
            if (!current.isEmpty() && !rule.joins(op, current)) {
                parts.add(current);
                current = new ArrayList<>();
            }
            current.add(op);
        }
        parts.add(current);
        return parts;
    }

    /** An op may join if no other sample's, and no whole, result of the segment so far is needed or overwritten by it. */
    private static boolean joinsSegment(Op op, List<Op> segment) {
        int samples = segment.getFirst().domain().samples();
        if (op.domain().samples() != samples) {
            return false;
        }
        for (Op before : segment) {
            if (intersect(before.summedWrites(), op.reads())) {
                return false;
            }
            boolean wholeHazard = intersect(before.writes(), op.wholeReads())
                    || intersect(before.wholeReads(), op.writes());
            if (wholeHazard && samples > 1) {
                return false;
            }
        }
        return true;
    }

    /** An op may join if its items are those of the pass, and no row needs or overwrites what other rows of the pass touch. */
    private static boolean joinsPass(Op op, List<Op> pass) {
        int items = pass.getFirst().domain().items();
        if (op.domain().items() != items) {
            return false;
        }
        for (Op before : pass) {
            for (Buffer buffer : before.writes()) {
                boolean sum = before.summedWrites().contains(buffer) && op.summedWrites().contains(buffer);
                if (buffer.items() != items && !sum && (op.reads().contains(buffer) || op.writes().contains(buffer))) {
                    return false;
                }
            }
            for (Buffer buffer : op.writes()) {
                if (buffer.items() != items && before.reads().contains(buffer)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean intersect(List<Buffer> first, List<Buffer> second) {
        return first.stream().anyMatch(second::contains);
    }

    private void lower(List<List<Op>> segment, ArenaPlanner arenas, List<Stage> stages) {
        List<Op> ops = segment.stream().flatMap(List::stream).toList();
        Tiling tiling = Tiling.of(ops);
        ArenaPlanner.Places places = arenas.places(segment, tiling);
        arenaSize = Math.max(arenaSize, places.size());
        Map<Buffer, Segment.Partial> partials = new HashMap<>();
        List<Merge> merges = new ArrayList<>();
        for (Op op : ops) {
            for (Buffer sum : op.summedWrites()) {
                int size = sum.shape().size();
                partials.computeIfAbsent(sum, s -> {
                    Segment.Partial partial = new Segment.Partial(new float[tiling.chunks() * size], size);
                    merges.add(new Merge(partial, tiling.chunks(), memory.storage(s).floats));
                    return partial;
                });
            }
        }
        List<Segment.Pass> passes = new ArrayList<>();
        for (List<Op> pass : segment) {
            int items = pass.getFirst().domain().items();
            Operands operands = new Operands(memory, tiling.samples() * items, places.operands(), partials);
            List<Kernel> kernels = pass.stream().map(op -> Lowering.lower(op, operands)).toList();
            panels.addAll(operands.panelsUsed());
            passes.add(new Segment.Pass(items, tiling.tileRows(items), kernels));
        }
        stages.add(new Segment(tiling, passes, List.copyOf(partials.values())));
        stages.addAll(merges);
    }
}
