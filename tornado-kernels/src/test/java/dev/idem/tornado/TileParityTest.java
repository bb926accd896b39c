package dev.idem.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.backend.Backend;
import dev.idem.cpu.OpParity;
import dev.idem.program.Buffer;
import dev.idem.program.GradientOp;
import dev.idem.program.NetworkOp;
import dev.idem.program.Op;
import dev.idem.program.Program;
import dev.idem.program.Role;
import dev.idem.reference.ReferenceBackend;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Matrix products that are large enough for tiles, at sizes that fill none of them. */
class TileParityTest {

    private static final double TOLERANCE = 1e-5;

    @BeforeEach
    void switchOn() {
        System.setProperty(Settings.TILES, "true");
    }

    @AfterEach
    void switchOff() {
        System.clearProperty(Settings.TILES);
    }

    private static List<Op> products(int rows, int in, int out) {
        Buffer input = Buffer.floats("x", rows, in, Role.STATE);
        Buffer output = Buffer.floats("y", rows, out, Role.STATE);
        Buffer addend = Buffer.floats("addend", rows, out, Role.STATE);
        Buffer row = Buffer.floats("row", 1, out, Role.STATE);
        Buffer parameters = Buffer.floats("parameters", 5 + in * out + out, 1, Role.STATE);
        Buffer gradient = Buffer.floats("parameterGradient", parameters.rows(), 1, Role.STATE);
        int bias = 5 + in * out;
        return List.of(new NetworkOp.Linear(input, parameters, null, output, 5, bias),
                new NetworkOp.Linear(input, parameters, addend, output, 5, -1),
                new NetworkOp.Linear(input, parameters, row, output, 5, -1),
                new GradientOp.LinearInput(output, parameters, input, 5, false),
                new GradientOp.LinearInput(output, parameters, input, 5, true),
                new GradientOp.LinearWeight(input, output, gradient, 5, bias),
                new GradientOp.LinearWeight(input, output, gradient, 5, -1));
    }

    private static void compare(Backend backend, int rows, int in, int out) {
        for (Op op : products(rows, in, out)) {
            Program program = new Program("one", List.of(op));
            OpParity.compare(program, OpParity.run(new ReferenceBackend(), program), OpParity.run(backend, program),
                    TOLERANCE);
        }
    }

    @ParameterizedTest
    @CsvSource({"65, 33, 66", "131, 70, 129"})
    void productsOnADeviceAgreeWithTheReference(int rows, int in, int out) {
        compare(Devices.open(), rows, in, out);
    }

    @Test
    void theirTwinsAgreeWithTheReference() {
        compare(new JavaBackend(), 65, 33, 66);
    }

    @Test
    void largeProductsHaveGroupsAndSmallOnesNone() {
        for (Op op : products(131, 70, 129)) {
            Program program = new Program("one", List.of(op));
            List<Task> tasks = Lowering.tasks(program, new Arrays(List.of(program)));
            assertThat(tasks).filteredOn(task -> task.groups() != null).as(op.toString()).hasSize(1);
        }
        for (Op op : products(63, 70, 129)) {
            Program program = new Program("one", List.of(op));
            assertThat(Lowering.tasks(program, new Arrays(List.of(program)))).allMatch(task -> task.groups() == null);
        }
    }
}
