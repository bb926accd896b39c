package dev.idem.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.backend.Session;
import dev.idem.program.Buffer;
import dev.idem.program.Element;
import dev.idem.program.Op;
import dev.idem.program.Program;
import dev.idem.reference.ReferenceBackend;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every op type, CPU against reference, at awkward sizes and with one and three threads. */
class CpuParityTest {

    private static final double TOLERANCE = 3e-5;

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 5", "3, 2", "7, 1", "63, 3", "64, 2", "65, 7", "131, 16", "200, 17", "4099, 1"})
    void everyOpAgreesWithTheReference(int rows, int columns) {
        for (Op op : new OpCases(rows, columns).all()) {
            Program program = new Program("one", List.of(op));
            List<double[]> expected = run(new ReferenceBackend().compile(List.of(program)), program);
            for (int threads : new int[] {1, 3}) {
                List<double[]> actual = run(new CpuBackend(threads).compile(List.of(program)), program);
                compare(program, expected, actual);
            }
        }
    }

    private static void compare(Program program, List<double[]> expected, List<double[]> actual) {
        List<Buffer> buffers = program.buffers();
        for (int b = 0; b < buffers.size(); b++) {
            double scale = 1;
            for (double value : expected.get(b)) {
                scale = Double.isInfinite(value) ? scale : Math.max(scale, Math.abs(value));
            }
            for (int i = 0; i < expected.get(b).length; i++) { // one by one: a difference of long arrays takes minutes to tell
                double wanted = expected.get(b)[i];
                double difference = Math.abs(actual.get(b)[i] - wanted);
                if (actual.get(b)[i] != wanted && !(difference <= TOLERANCE * scale)) {
                    assertThat(actual.get(b)[i]).as("element %d of %s of %s", i, buffers.get(b), program)
                            .isCloseTo(wanted, within(TOLERANCE * scale));
                }
            }
        }
    }

    private static List<double[]> run(Session session, Program program) {
        try (session) {
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

    /** A new op type must get a case, or this fails. */
    @Test
    void everyOpTypeHasACase() {
        Set<Class<?>> covered = new HashSet<>();
        new OpCases(3, 2).all().forEach(op -> covered.add(op.getClass()));
        Set<Class<?>> types = new HashSet<>(permitted(Op.class).toList());
        assertThat(types).hasSizeGreaterThan(25);
        assertThat(covered).isEqualTo(types);
    }

    private static Stream<Class<?>> permitted(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(CpuParityTest::permitted)
                : Stream.of(type);
    }
}
