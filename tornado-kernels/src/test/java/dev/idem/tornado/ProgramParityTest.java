package dev.idem.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.backend.Backend;
import dev.idem.backend.Backends;
import dev.idem.backend.Session;
import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.Element;
import dev.idem.program.Program;
import dev.idem.program.Role;
import dev.idem.program.SamplerOp;
import dev.idem.program.TargetOp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs of trainings in a mixed order, against the CPU: as plain Java, and on a device where there is one. */
class ProgramParityTest {

    /**
     * Of the largest element of a buffer. Most agree to 1e-6; the numbers of effective samples of dw4 to 5e-5, for its energies are
     * some hundreds, are rounded to float, and stand in the exponents of the weights.
     */
    private static final double TOLERANCE = 1e-4;
    private static final List<String> ORDER = List.of("trainStep", "refillStart", "resetTotals", "refillStep",
            "trainStep", "appendRefill", "refillStep", "trainStep");
    /** Before this one the host reads a buffer and writes it back, and so all that is resident goes up again. */
    private static final int INTERRUPTED = 4;

    /** A training step at which the learning rate is high, so that parameters move. */
    private static final int PAST_WARM_UP = 200;

    private static List<Program> programs(String task) {
        return task.equals("gmm40")
                ? Trainings.programs(task, "smoke", "loop.batchSize=64", "replay.refillPoints=48",
                        "replay.startPoints=48")
                : Trainings.programs(task, "reference", "network.hidden=32", "network.blocks=2",
                        "estimator.copies=100", "estimator.minCopies=100", "refill.steps=50", "sampler.steps=50",
                        "loop.batchSize=64", "replay.refillPoints=48", "replay.startPoints=48");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gmm40", "dw4"})
    void kernelsAsJavaAgreeWithTheCpu(String task) {
        List<Program> programs = programs(task);
        compare(run(Backends.open(Backends.device("cpu"), 2), programs), run(new JavaBackend(), programs));
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(strings = {"dw4", "lj13"})
    void deviceAgreesWithTheCpuOnParticles(String task) {
        List<Program> programs = programs(task);
        assertThat(Graphs.split(Lowering.tasks(program(programs, "trainStep"), new Arrays(programs))))
                .as("pieces of the training step").hasSizeGreaterThan(1);

        deviceAgreesWithTheCpu(task);
    }

    @ParameterizedTest
    @ValueSource(strings = "gmm40")
    void deviceAgreesWithTheCpu(String task) {
        Backend device = Devices.open();
        List<Program> programs = programs(task);
        compare(run(Backends.open(Backends.device("cpu"), 2), programs), run(device, programs));
    }

    private static void compare(Map<String, float[]> expected, Map<String, float[]> actual) {
        expected.forEach((name, wanted) -> {
            double scale = 1e-3;
            double difference = 0;
            for (int i = 0; i < wanted.length; i++) {
                scale = Math.max(scale, Math.abs(wanted[i]));
                difference = Math.max(difference, Math.abs(wanted[i] - actual.get(name)[i]));
            }
            assertThat(difference / scale).as(name).isLessThan(TOLERANCE);
        });
    }

    private static Program program(List<Program> programs, String name) {
        return programs.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    private static Map<String, float[]> run(Backend backend, List<Program> programs) {
        Map<String, float[]> values = new LinkedHashMap<>();
        try (Session session = backend.compile(programs)) {
            for (Buffer buffer : Program.buffersByName(programs).values()) {
                if (buffer.role() == Role.STATE || buffer.role() == Role.CONSTANT) {
                    write(session, buffer, programs);
                }
            }
            for (int place = 0; place < ORDER.size(); place++) {
                if (place == INTERRUPTED) {
                    Buffer parameters = Program.buffersByName(programs).get("parameters");
                    session.write(parameters, session.readFloats(parameters));
                }
                session.run(program(programs, ORDER.get(place)), 1);
            }
            for (Buffer buffer : Program.buffersByName(programs).values()) {
                if (buffer.role() == Role.STATE && buffer.element() == Element.FLOAT32) {
                    float[] read = new float[buffer.shape().size()];
                    session.read(buffer, read);
                    values.put(buffer.name(), read);
                }
            }
        }
        return values;
    }

    private static void write(Session session, Buffer buffer, List<Program> programs) {
        int size = buffer.shape().size();
        if (buffer.element() == Element.INT32) {
            int[] values = new int[size];
            for (int i = 0; i < size; i++) {
                values[i] = switch (buffer.name()) {
                    case "replayCursor" -> 40;
                    case "firstCopy" -> (int) ((long) copies(programs) * i / (size - 1));
                    case "copies", "startCopies" -> 20;
                    case "trainCounter" -> i < Counter.STEP ? 17 : i == Counter.STEP ? PAST_WARM_UP : 0;
                    default -> i < Counter.STEP ? 17 : 0; // a counter: seed, then step and first row
                };
            }
            session.write(buffer, values);
        } else {
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = (float) value(buffer.name(), i);
            }
            session.write(buffer, values);
        }
    }

    /** First moments are small beside what gradients add to them. */
    private static double value(String buffer, int i) {
        double wave = Math.sin(1.7 * i + 0.3);
        return switch (buffer) {
            case "secondMoment" -> 0.01 + Math.abs(wave);
            case "firstMoment" -> 1e-4 * wave;
            case "parameters", "average" -> 0.05 * wave;
            default -> {
                if (buffer.endsWith("Table")) {
                    yield i % SamplerOp.COLUMNS == SamplerOp.POINT ? 0.9 : 0.1;
                }
                yield 0.3 * wave;
            }
        };
    }

    private static int copies(List<Program> programs) {
        return programs.stream().flatMap(program -> program.ops().stream())
                .filter(TargetOp.DrawCopies.class::isInstance)
                .mapToInt(op -> ((TargetOp.DrawCopies) op).points().rows()).findFirst().orElseThrow();
    }
}
