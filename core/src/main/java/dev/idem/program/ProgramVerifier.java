package dev.idem.program;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that a list of ops is a well-formed program, so that a bad one fails where it was made. */
final class ProgramVerifier {

    private ProgramVerifier() {}

    static void verify(String program, List<Op> ops) {
        if (ops.isEmpty()) {
            throw new IllegalArgumentException("program " + program + " has no ops");
        }
        Map<String, Buffer> byName = new HashMap<>();
        Set<Buffer> written = new HashSet<>();
        for (int place = 0; place < ops.size(); place++) {
            Op op = ops.get(place);
            try {
                checkNames(op, byName);
                checkRoles(op, written);
                checkRows(op);
                OperandChecks.check(op);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("program " + program + ", op " + place + ", "
                        + ProgramPrinter.print(op) + ": " + e.getMessage(), e);
            }
            written.addAll(op.writes());
        }
    }

    private static void checkNames(Op op, Map<String, Buffer> byName) {
        for (List<Buffer> operands : List.of(op.reads(), op.writes())) {
            for (Buffer buffer : operands) {
                Buffer before = byName.putIfAbsent(buffer.name(), buffer);
                require(before == null || before.equals(buffer), buffer + " has the name of another buffer, " + before);
            }
        }
        require(new HashSet<>(op.writes()).size() == op.writes().size(), "writes one buffer twice");
    }

    private static void checkRoles(Op op, Set<Buffer> written) {
        for (Buffer buffer : op.reads()) {
            boolean local = buffer.role() == Role.SCRATCH || buffer.role() == Role.OUTPUT;
            require(!local || written.contains(buffer), buffer + " is read before it is written");
        }
        for (Buffer buffer : op.writes()) {
            require(buffer.role() != Role.CONSTANT && buffer.role() != Role.INPUT,
                    "writes " + buffer + ", whose role is " + buffer.role());
        }
    }

    private static void checkRows(Op op) {
        List<Buffer> whole = op.wholeReads();
        for (Buffer buffer : op.reads()) {
            require(whole.contains(buffer) || buffer.rows() == 1 || matches(op, buffer),
                    "reads " + buffer + " row by row, but loops over " + op.rows() + " rows");
        }
        for (Buffer buffer : op.writes()) {
            require(whole.contains(buffer) || op.summedWrites().contains(buffer) || matches(op, buffer),
                    "writes " + buffer + ", but loops over " + op.rows() + " rows");
        }
    }

    /** Whether an operand has the op's samples, and its items unless the op relates items; {@link OperandChecks} counts those. */
    private static boolean matches(Op op, Buffer buffer) {
        boolean items = op.acrossItems() || buffer.items() == op.domain().items();
        return items && buffer.samples() == op.domain().samples();
    }

    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
