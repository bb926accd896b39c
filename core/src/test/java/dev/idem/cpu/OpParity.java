package dev.idem.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.backend.Backend;
import dev.idem.backend.Session;
import dev.idem.program.Buffer;
import dev.idem.program.Element;
import dev.idem.program.Program;
import java.util.ArrayList;
import java.util.List;

/** Runs a program of {@link OpCases} on a backend, and compares what two backends made of it. */
public final class OpParity {

    private OpParity() {}

    /** Fails at the first element that differs by more than {@code tolerance} times the largest finite expected value, at least 1. */
    public static void compare(Program program, List<double[]> expected, List<double[]> actual, double tolerance) {
        List<Buffer> buffers = program.buffers();
        for (int b = 0; b < buffers.size(); b++) {
            double scale = 1;
            for (double value : expected.get(b)) {
                scale = Double.isInfinite(value) ? scale : Math.max(scale, Math.abs(value));
            }
            for (int i = 0; i < expected.get(b).length; i++) { // one by one: a difference of long arrays takes minutes to tell
                double wanted = expected.get(b)[i];
                double difference = Math.abs(actual.get(b)[i] - wanted);
                if (actual.get(b)[i] != wanted && !(difference <= tolerance * scale)) {
                    assertThat(actual.get(b)[i]).as("element %d of %s of %s", i, buffers.get(b), program)
                            .isCloseTo(wanted, within(tolerance * scale));
                }
            }
        }
    }

    /** Fills the buffers by their names, runs the program once and returns all buffers. */
    public static List<double[]> run(Backend backend, Program program) {
        try (Session session = backend.compile(List.of(program))) {
            for (Buffer buffer : program.buffers()) {
                if (buffer.element() == Element.INT32) {
                    session.write(buffer, ints(buffer));
                } else {
                    session.write(buffer, floats(buffer));
                }
            }
            session.run(program, 1);
            List<double[]> values = new ArrayList<>();
            for (Buffer buffer : program.buffers()) {
                values.add(read(session, buffer));
            }
            return values;
        }
    }

    static double[] read(Session session, Buffer buffer) {
        double[] values = new double[buffer.shape().size()];
        if (buffer.element() == Element.INT32) {
            int[] ints = new int[values.length];
            session.read(buffer, ints);
            for (int i = 0; i < values.length; i++) {
                values[i] = ints[i];
            }
        } else {
            float[] floats = new float[values.length];
            session.read(buffer, floats);
            for (int i = 0; i < values.length; i++) {
                values[i] = floats[i];
            }
        }
        return values;
    }

    private static int[] ints(Buffer buffer) {
        int[] values = new int[buffer.shape().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (buffer.name()) {
                case "counter" -> new int[] {123_456_789, -77, 5, 1000}[i];
                case "cursor" -> new int[] {2, 3}[i];
                case "copies" -> 16 + i % 37;
                case "firstCopy" -> OpCases.firstCopy(i);
                default -> throw new IllegalArgumentException("no values for " + buffer);
            };
        }
        return values;
    }

    private static float[] floats(Buffer buffer) {
        float[] values = new float[buffer.shape().size()];
        int phase = buffer.name().hashCode() % 100;
        for (int i = 0; i < values.length; i++) {
            double value = 1.3 * Math.sin(0.7 * i + phase) + 0.2 * Math.cos(17.3 * i);
            values[i] = (float) (buffer.name().startsWith("positive") ? 0.05 + Math.abs(value) : value);
        }
        return values;
    }
}
