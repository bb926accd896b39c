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
    @CsvSource({"gmm40, default", "gmm40, reference", "gmm40, smoke", "dw4, reference", "dw4, default", "dw4, pure",
            "dw4, smoke", "lj13, reference", "lj13, default", "lj13, pure", "lj13, smoke", "lj55, default",
            "lj55, pure",
            "lj55, smoke"})
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
    void scratchWhoseUsesDoNotOverlapHasOneArray() {
        Buffer x = Buffer.floats("x", 2, 3, Role.STATE);
        Buffer y = Buffer.floats("y", 2, 3, Role.STATE);
        Buffer[] scratch = new Buffer[4];
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = Buffer.floats("scratch" + i, 2, i == 3 ? 4 : 3, Role.SCRATCH);
        }
        Program chain = new Program("chain", List.of(new GradientOp.Add(x, scratch[0], false),
                new GradientOp.Add(scratch[0], scratch[1], false), new GradientOp.Add(scratch[1], scratch[2], false),
                new GradientOp.Add(scratch[2], y, false)));
        Program other = new Program("other", List.of(new GradientOp.Seed(scratch[3], 1)));

        Arrays arrays = new Arrays(List.of(chain, other));

        assertThat(arrays.array(scratch[2])).isSameAs(arrays.array(scratch[0]));
        assertThat(arrays.array(scratch[1])).isNotSameAs(arrays.array(scratch[0]));
        assertThat(arrays.array(scratch[3])).isNotSameAs(arrays.array(scratch[0]))
                .isNotSameAs(arrays.array(scratch[1]));
        assertThat(arrays.array(x)).isNotSameAs(arrays.array(y));
        assertThat(arrays.floats(scratch[3]).getSize()).isEqualTo(8);
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
