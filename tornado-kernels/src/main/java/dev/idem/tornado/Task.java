package dev.idem.tornado;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.TaskGraph;

/**
 * One launch of a kernel: in its loop form, which carries no groups, for they would replace the loops' bounds; or one of work groups.
 *
 * @param id unique within the program
 * @param operation place of the op it comes from
 * @param arguments arrays and numbers, in order
 * @param operations estimate of the floating-point operations of a launch
 * @param groups absent in the loop form
 */
record Task(String id, int operation, Kernel kernel, List<Object> arguments, long operations, @Nullable Groups groups) {

    /** Numbers of work groups along both axes, each of 16 × 16 items. */
    record Groups(int x, int y) {}

    /** How a kernel is put into a graph, and how it is called as plain Java. */
    record Kernel(Append append, Runnable java) {

        /** Adds the kernel to a graph under an id. */
        @FunctionalInterface
        interface Append {
            TaskGraph to(TaskGraph graph, String id);
        }
    }

    Task {
        arguments = List.copyOf(arguments);
    }

    /** Returns the arrays among the arguments. */
    List<Object> arrays() {
        return arguments.stream().filter(Arrays::isArray).toList();
    }

    /** Returns the bytes of all arrays: what a launch moves at least, if it touches each element once. */
    long bytes() {
        return arrays().stream().mapToLong(Arrays::bytes).sum();
    }
}
