package dev.idem.program;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/** Prints an op as {@code name(reads) -> writes {constants}}, the form that golden tests compare. */
final class ProgramPrinter {

    private ProgramPrinter() {}

    static String print(Op op) {
        List<String> constants = new ArrayList<>();
        for (RecordComponent component : op.getClass().getRecordComponents()) {
            if (component.getType() != Buffer.class) {
                constants.add(component.getName() + "=" + value(op, component));
            }
        }
        String reads = String.join(", ", op.reads().stream().map(Buffer::toString).toList());
        String writes = String.join(", ", op.writes().stream().map(Buffer::toString).toList());
        String tail = constants.isEmpty() ? "" : " {" + String.join(", ", constants) + "}";
        return family(op) + "." + op.getClass().getSimpleName() + "(" + reads + ") -> " + writes + tail;
    }

    private static String family(Op op) {
        return op.getClass().getEnclosingClass().getSimpleName().replaceFirst("Op$", "");
    }

    private static Object value(Op op, RecordComponent component) {
        try {
            return component.getAccessor().invoke(op);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("record component " + component + " cannot be read", e);
        }
    }
}
