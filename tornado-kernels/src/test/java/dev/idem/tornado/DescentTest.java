package dev.idem.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.backend.Backend;
import dev.idem.backend.Backends;
import dev.idem.backend.Session;
import dev.idem.energy.LennardJones;
import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.EnergyOp;
import dev.idem.program.MoveRule;
import dev.idem.program.Program;
import dev.idem.program.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A descent of LJ-13 from rows of every kind, against the CPU; and what it launches. */
class DescentTest {

    private static final int DIMENSION = 39;
    private static final float BOUND = -1e6f;

    /** Infinite, below the bound, high, high with a force that is no number, and lower than any proposal. */
    private static final float[] ENERGIES = {Float.POSITIVE_INFINITY, -2e6f, 1e6f, 1e6f, -1e5f};
    private static final float[] MOVES = {1, 0, 1, 0, 0};
    private static final float[] STEPS = {1e-3f, 1e-3f, 2e-3f, 1e-3f, 1e-3f};
    private static final int WITHOUT_FORCE = 3;
    private static final int ROWS = ENERGIES.length;

    private static final Buffer COUNTER = Counter.buffer("counter");
    private static final Buffer X = Buffer.floats("x", ROWS, DIMENSION, Role.STATE);
    private static final Buffer FORCE = Buffer.floats("force", ROWS, DIMENSION, Role.STATE);
    private static final Buffer ENERGY = Buffer.floats("energy", ROWS, 1, Role.STATE);
    private static final Buffer STEP = Buffer.floats("step", ROWS, 1, Role.STATE);
    private static final Buffer MOVED = Buffer.floats("moves", ROWS, 1, Role.STATE);

    private static Program program(MoveRule rule) {
        return new Program("move", List.of(new EnergyOp.Move(COUNTER, X, ENERGY, FORCE, STEP, null, MOVED,
                LennardJones.cluster(13), rule, 4)));
    }

    private static List<float[]> run(Backend backend) {
        Program program = program(MoveRule.descentAbove(BOUND, 50, 0.1));
        float[] x = new float[ROWS * DIMENSION];
        float[] force = new float[ROWS * DIMENSION];
        for (int i = 0; i < x.length; i++) {
            int particle = i % DIMENSION / 3;
            int[] lattice = {particle % 3, particle / 3 % 3, particle / 9};
            x[i] = 1.15f * (lattice[i % 3] - 1) + 0.05f * (float) Math.sin(i);
            force[i] = i / DIMENSION == WITHOUT_FORCE ? Float.NaN : 3f * (float) Math.cos(2.3 * i);
        }
        try (Session session = backend.compile(List.of(program))) {
            session.write(COUNTER, new int[] {17, -5, 3, 2});
            session.write(X, x);
            session.write(FORCE, force);
            session.write(ENERGY, ENERGIES.clone());
            session.write(STEP, STEPS.clone());
            session.write(MOVED, new float[ROWS]);
            session.run(program, 1);
            List<float[]> values = new ArrayList<>();
            for (Buffer buffer : List.of(X, FORCE, ENERGY, STEP, MOVED)) {
                values.add(session.readFloats(buffer));
            }
            return values;
        }
    }

    private static void compare(List<float[]> actual) {
        List<float[]> expected = run(Backends.open(Backends.device("cpu"), 1));
        for (int buffer = 0; buffer < expected.size(); buffer++) {
            for (int i = 0; i < expected.get(buffer).length; i++) {
                float wanted = expected.get(buffer)[i];
                float value = actual.get(buffer)[i];
                if (Float.compare(value, wanted) != 0) { // the same infinity or none at all
                    assertThat((double) value).as("element %d of buffer %d", i, buffer).isCloseTo(wanted,
                            within(1e-5 * (1 + Math.abs(wanted))));
                }
            }
        }
        assertThat(actual.getLast()).containsExactly(MOVES);
    }

    @Test
    void kernelsAsJavaAgreeWithTheCpu() {
        compare(run(new JavaBackend()));
    }

    @Test
    void deviceAgreesWithTheCpu() {
        compare(run(Devices.open()));
    }

    private static List<Task> tasks(MoveRule rule) {
        Program program = program(rule);
        Arrays arrays = new Arrays(List.of(program));
        return Lowering.tasks(program, arrays).stream()
                .filter(task -> task.arguments().contains(arrays.array(COUNTER))).toList();
    }

    @Test
    void drawsNoRandomNumbers() {
        assertThat(tasks(MoveRule.descent(50, 0.1))).isEmpty();
        assertThat(tasks(MoveRule.exact(50))).hasSize(2);
    }
}
