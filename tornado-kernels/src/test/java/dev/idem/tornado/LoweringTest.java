package dev.idem.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.energy.HostEnergy;
import dev.idem.program.Buffer;
import dev.idem.program.EnergyOp;
import dev.idem.program.GradientOp;
import dev.idem.program.MetricOp;
import dev.idem.program.Program;
import dev.idem.program.Role;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lowering as data: ids, limits, refusals. */
class LoweringTest {

    @ParameterizedTest
    @CsvSource({"gmm40, default", "gmm40, reference", "gmm40, smoke", "dw4, reference",
            "lj13, reference"})
    void everyTrainingCanBeLowered(String task, String preset) {
        List<Program> programs = task.equals("gmm40")
                ? Trainings.programs(task, preset)
                : Trainings.programs(task, preset, "loop.batchSize=32", "replay.refillPoints=32");
        Arrays arrays = new Arrays(programs);

        for (Program program : programs) {
            List<Task> tasks = Lowering.tasks(program, arrays);
            assertThat(tasks).extracting(Task::id).doesNotHaveDuplicates();
            assertThat(tasks).allMatch(one -> one.arguments().size() <= TaskList.MOST_ARGUMENTS)
                    .allMatch(one -> one.operations() > 0 && one.bytes() > 0);
        }
    }

    @Test
    void longProgramsAreCutAndShareWhatBothPiecesUse() {
        Buffer x = Buffer.floats("x", 1, 1, Role.STATE);
        Program program = new Program("long", Collections.nCopies(257, new MetricOp.Reset(x)));
        Arrays arrays = new Arrays(List.of(program));

        List<List<Task>> pieces = Graphs.split(Lowering.tasks(program, arrays));

        assertThat(pieces).extracting(List::size).containsExactly(256, 1);
        assertThat(Graphs.shared(pieces)).containsExactly(arrays.array(x));
    }

    @Test
    void refusesAnArrayThatIsReadAndWrittenByOneTask() {
        Buffer x = Buffer.floats("x", 2, 1, Role.STATE);
        Program program = new Program("alias", List.of(new GradientOp.Add(x, x, false)));

        assertThatThrownBy(() -> Lowering.tasks(program, new Arrays(List.of(program))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("two arguments");
    }

    @Test
    void refusesEnergiesThatAreJavaCode() {
        HostEnergy energy = new HostEnergy() {
            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public void evaluate(float[] x, int rows, double[] values, float[] gradient) {
                throw new UnsupportedOperationException();
            }
        };
        Buffer x = Buffer.floats("x", 2, 1, Role.STATE);
        Program program = new Program("host",
                List.of(new EnergyOp.OfRows(x, Buffer.floats("e", 2, 1, Role.STATE), null, energy)));

        assertThatThrownBy(() -> Lowering.tasks(program, new Arrays(List.of(program))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("--device cpu");
    }
}
