package dev.idem.tornado;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Cuts a program's tasks into pieces that a graph of TornadoVM can hold, to be run one after the other. */
final class Graphs {

    /** Largest number of tasks of a graph. */
    static final int MOST_TASKS = 256;

    /** Largest description of a graph: of its 8192 bytes a task takes 15, and each argument 5. */
    static final int MOST_BYTES = 7900;

    private static final int TASK_BYTES = 15;
    private static final int ARGUMENT_BYTES = 5;

    private Graphs() {}

    /** Returns the pieces, in order; as few as possible. */
    static List<List<Task>> split(List<Task> tasks) {
        List<List<Task>> pieces = new ArrayList<>();
        List<Task> piece = new ArrayList<>();
        int bytes = 0;
        for (Task task : tasks) {
            int more = TASK_BYTES + ARGUMENT_BYTES * task.arguments().size();
            if (piece.size() == MOST_TASKS || bytes + more > MOST_BYTES) {
                pieces.add(List.copyOf(piece));
                piece.clear();
                bytes = 0;
            }
            piece.add(task);
            bytes += more;
        }
        pieces.add(List.copyOf(piece));
        return pieces;
    }

    /** Returns the arrays that more than one piece uses: they must stay on the device between them. */
    static Set<Object> shared(List<List<Task>> pieces) {
        Set<Object> shared = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Object> before = Collections.newSetFromMap(new IdentityHashMap<>());
        for (List<Task> piece : pieces) {
            Set<Object> here = Collections.newSetFromMap(new IdentityHashMap<>());
            piece.forEach(task -> here.addAll(task.arrays()));
            here.stream().filter(before::contains).forEach(shared::add);
            before.addAll(here);
        }
        return shared;
    }

    /** Returns the bytes on a device: what is resident has one array for all pieces, all else one for each. */
    static long bytes(List<List<Task>> pieces, Collection<?> resident) {
        Set<Object> once = Collections.newSetFromMap(new IdentityHashMap<>());
        once.addAll(resident);
        long bytes = once.stream().mapToLong(Arrays::bytes).sum();
        for (List<Task> piece : pieces) {
            Set<Object> own = Collections.newSetFromMap(new IdentityHashMap<>());
            piece.forEach(task -> own.addAll(task.arrays()));
            bytes += own.stream().filter(array -> !once.contains(array)).mapToLong(Arrays::bytes).sum();
        }
        return bytes;
    }
}
