package dev.idem.tornado;

import dev.idem.program.Buffer;
import dev.idem.program.Op;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** Collects the tasks of a program, and checks each of them against the limits of TornadoVM. */
final class TaskList extends TaskAppender {

    /** Largest number of arguments of a task. */
    static final int MOST_ARGUMENTS = 20;

    private final Arrays arrays;
    private final String program;
    private final List<Task> tasks = new ArrayList<>();
    private Set<TornadoNativeArray> written = identities();
    private String label = "prologue";
    private int place = -1;
    private long operations = -1;
    private Task.@Nullable Groups groups;
    private @Nullable Runnable twin;

    TaskList(Arrays arrays, String program) {
        this.arrays = arrays;
        this.program = program;
    }

    private static Set<TornadoNativeArray> identities() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** Says which op the next tasks belong to. */
    void begin(Op op, int operation) {
        written = identities();
        written.addAll(arrays.written(op));
        label = op.getClass().getSimpleName();
        place = operation;
    }

    /** Says how many floating-point operations the next task has; else it is one for each element of its largest array. */
    TaskList operations(double count) {
        operations = (long) count;
        return this;
    }

    /** Says that the next task runs in work groups, and what does the same as plain Java. */
    TaskList groups(Task.Groups groups, Runnable java) {
        this.groups = groups;
        twin = java;
        return this;
    }

    @Override
    void append(Task.Kernel kernel, Object... arguments) {
        String id = "t" + tasks.size() + "_" + label;
        Set<TornadoNativeArray> seen = identities();
        long largest = 0;
        for (Object argument : arguments) {
            if (argument instanceof TornadoNativeArray array) {
                if (!seen.add(array) && written.contains(array)) {
                    throw new IllegalArgumentException("program " + program + ", " + id
                            + ": an array that is written is two arguments of one task, which the device compiler does not survive");
                }
                largest = Math.max(largest, array.getSize());
            }
        }
        if (arguments.length > MOST_ARGUMENTS) {
            throw new IllegalArgumentException("program " + program + ", " + id + " has " + arguments.length
                    + " arguments, at most " + MOST_ARGUMENTS + " are possible");
        }
        Runnable java = twin;
        tasks.add(new Task(id, place, java == null ? kernel : new Task.Kernel(kernel.append(), java),
                List.of(arguments), operations < 0 ? largest : operations, groups));
        operations = -1;
        groups = null;
        twin = null;
    }

    /** Returns the tasks. */
    List<Task> tasks() {
        return List.copyOf(tasks);
    }

    Arrays arrays() {
        return arrays;
    }

    FloatArray floats(Buffer buffer) {
        return arrays.floats(buffer);
    }

    IntArray ints(Buffer buffer) {
        return arrays.ints(buffer);
    }

    /** Returns the distance of rows: 0 for the only row of a buffer, which stands for all. */
    static int stride(Buffer buffer) {
        return buffer.rows() == 1 ? 0 : buffer.columns();
    }
}
