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
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs of trainings in a mixed order, against the CPU: as plain Java, and on a device where there is one. */
class ProgramParityTest {

    /**
     * Of the largest element of a buffer. Most agree to 1e-6; the numbers of effective samples of dw4 to 5e-5, for its energies are
     * some hundreds, are rounded to float, and stand in the exponents of the weights.
     */
    private static final double TOLERANCE = 1e-4;

    /** Of those that a training has. */
    private static final List<String> ORDER = List.of("trainStep", "refillStart", "resetTotals", "refillStep",
            "newChainsDescentBegin", "newChainsDescentMove", "newChainsBegin", "newChainsMove", "trainStep",
            "appendRefill", "oldChainsBegin", "oldChainsMove", "oldChainsMove", "putOld", "newChainsAdvance",
            "oldChainsAdvance", "refillStep", "trainStep");
    /** Before this one the host reads a buffer and writes it back, and so all that is resident goes up again. */
    private static final int INTERRUPTED = 8;

    /** A training step at which the learning rate is high, so that parameters move. */
    private static final int PAST_WARM_UP = 200;

    private static List<Program> programs(String task, String preset) {
        return switch (preset) {
            case "smoke" -> Trainings.programs(task, preset, "loop.batchSize=64", "replay.refillPoints=48",
                    "replay.startPoints=48");
            case "reference" -> Trainings.programs(task, preset, "network.hidden=32", "network.blocks=2",
                    "estimator.copies=100", "estimator.minCopies=100", "refill.steps=50", "sampler.steps=50",
                    "loop.batchSize=64", "replay.refillPoints=48", "replay.startPoints=48");
            case "default" -> Trainings.programs(task, preset, "network.hidden=32", "network.blocks=2",
                    "refill.steps=50", "sampler.steps=50", "loop.batchSize=64", "replay.refillPoints=48",
                    "replay.startPoints=48", "replay.capacity=100", "refine.oldPoints=32");
            default -> Trainings.programs(task, preset, "network.hidden=32", "network.blocks=2", "refill.steps=50",
                    "sampler.steps=50", "loop.batchSize=64", "replay.refillPoints=48", "replay.startPoints=48",
                    "replay.capacity=100");
        };
    }

    @ParameterizedTest
    @CsvSource({"gmm40, smoke", "dw4, reference", "dw4, default", "lj13, default", "lj13, pure"})
    void kernelsAsJavaAgreeWithTheCpu(String task, String preset) {
        List<Program> programs = programs(task, preset);
        compare(run(Backends.open(Backends.device("cpu"), 2), programs), run(new JavaBackend(), programs));
    }

    @ParameterizedTest
    @Tag("slow")
    @CsvSource({"dw4, reference", "lj13, reference", "dw4, default", "lj13, default", "lj13, pure"})
    void deviceAgreesWithTheCpuOnParticles(String task, String preset) {
        deviceAgreesWithTheCpu(task, preset);
    }

    @ParameterizedTest
    @CsvSource("gmm40, smoke")
    void deviceAgreesWithTheCpu(String task, String preset) {
        Backend device = Devices.open();
        List<Program> programs = programs(task, preset);
        compare(run(Backends.open(Backends.device("cpu"), 2), programs), run(device, programs));
    }

    /** Elsewhere a program that a training does not have is passed over: a wrong name would be, too. */
    @Test
    void aRefinedTrainingHasAllProgramsOfTheOrder() {
        assertThat(programs("lj13", "default").stream().map(Program::name)).containsAll(ORDER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dw4", "lj13"})
    void longTrainingStepsAreCut(String task) {
        List<Program> programs = programs(task, "reference");

        assertThat(Graphs.split(Lowering.tasks(program(programs, "trainStep"), new Arrays(programs))))
                .hasSizeGreaterThan(1);
    }

    private static void compare(Map<String, float[]> expected, Map<String, float[]> actual) {
        expected.forEach((name, wanted) -> {
            double scale = 1e-3;
            double difference = 0;
            for (int i = 0; i < wanted.length; i++) {
                scale = Float.isInfinite(wanted[i]) ? scale : Math.max(scale, Math.abs(wanted[i]));
                difference = wanted[i] == actual.get(name)[i]
                        ? difference
                        : Math.max(difference, Math.abs(wanted[i] - actual.get(name)[i]));
            }
            assertThat(difference / scale).as(name).isLessThan(TOLERANCE);
        });
    }

    private static Program program(List<Program> programs, String name) {
        return find(programs, name).orElseThrow();
    }

    private static Optional<Program> find(List<Program> programs, String name) {
        return programs.stream().filter(one -> one.name().equals(name)).findFirst();
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
                find(programs, ORDER.get(place)).ifPresent(program -> session.run(program, 1));
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
                    case "copies" -> has(programs, TargetOp.GuidedScore.class) ? guidedCopies(i, size) : 20;
                    case "startCopies" -> 20;
                    case "trainCounter" -> i < Counter.STEP ? 17 : i == Counter.STEP ? PAST_WARM_UP : 0;
                    default -> i < Counter.STEP ? 17 : 0; // a counter: seed, then step and first row
                };
            }
            session.write(buffer, values);
        } else {
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = (float) value(buffer, i);
            }
            session.write(buffer, values);
        }
    }

    /** First moments are small beside what gradients add to them; particles are apart from each other. */
    private static double value(Buffer buffer, int i) {
        double wave = Math.sin(1.7 * i + 0.3);
        return switch (buffer.name()) {
            case "secondMoment" -> 0.01 + Math.abs(wave);
            case "firstMoment" -> 1e-4 * wave;
            case "parameters", "average" -> 0.05 * wave;
            case "largestEnergy" -> 1000;
            case "replay" -> 0.1 * wave + place(i % buffer.columns(), buffer.columns());
            default -> {
                if (buffer.name().endsWith("Table")) {
                    yield i % SamplerOp.COLUMNS == SamplerOp.POINT ? 0.9 : 0.1;
                }
                yield buffer.name().endsWith("FirstStep") ? 1e-3 : 0.3 * wave;
            }
        };
    }

    /** A coordinate of 13 particles of LJ-13 on a lattice, and of 4 in the plane. */
    private static double place(int coordinate, int columns) {
        int axes = columns == 39 ? 3 : 2;
        int particle = coordinate / axes;
        int[] lattice = {particle % 3, particle / 3 % 3, particle / 9};
        return 1.15 * (lattice[coordinate % axes] - 1);
    }

    /** None at large noise, where a posterior has many modes and rounding decides where a search ends. */
    private static int guidedCopies(int row, int rows) {
        return row < 0.45 * rows && row % 4 != 3 ? 20 : 0;
    }

    private static boolean has(List<Program> programs, Class<?> op) {
        return programs.stream().flatMap(program -> program.ops().stream()).anyMatch(op::isInstance);
    }

    private static int copies(List<Program> programs) {
        return programs.stream().flatMap(program -> program.ops().stream())
                .filter(TargetOp.DrawCopies.class::isInstance)
                .mapToInt(op -> ((TargetOp.DrawCopies) op).points().rows()).findFirst().orElseThrow();
    }
}
