package dev.idem.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.diffusion.ScoreModel;
import dev.idem.nn.Mlp;
import dev.idem.program.Activation;
import dev.idem.program.Buffer;
import dev.idem.program.LossOp;
import dev.idem.program.LossWeight;
import dev.idem.program.NetworkOp;
import dev.idem.program.Program;
import dev.idem.program.ProgramBuilder;
import dev.idem.program.Role;
import dev.idem.program.TargetOp;
import dev.idem.reference.ReferenceBackend;
import dev.idem.reference.ReferenceSession;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule against central differences in double precision. */
class GradientsTest {

    private static final int ROWS = 5;
    private static final double STEP = 1e-5;

    static Stream<Arguments> models() {
        return Stream.of(Arguments.of(Activation.GELU, false, 0, new LossWeight.Variance()),
                Arguments.of(Activation.GELU, true, 2, new LossWeight.Denoiser(0.5)),
                Arguments.of(Activation.SILU, true, 3, new LossWeight.Unit()),
                Arguments.of(Activation.SILU, false, 1, new LossWeight.Unit()));
    }

    @ParameterizedTest
    @MethodSource("models")
    void agreesWithCentralDifferences(Activation activation, boolean denoiser, int blocks, LossWeight weight) {
        int dimension = 3;
        Mlp mlp = new Mlp(dimension, 7, blocks, 4, activation, 2, 1);
        ScoreModel model = denoiser ? new ScoreModel.ScaledDenoiser(mlp, 0.5) : new ScoreModel.Direct(mlp);
        int size = mlp.layout().size();
        Buffer parameters = Buffer.floats("parameters", size, 1, Role.STATE);
        Buffer points = Buffer.floats("points", ROWS, dimension, Role.INPUT);
        Buffer time = Buffer.floats("time", ROWS, 1, Role.INPUT);
        Buffer variance = Buffer.floats("variance", ROWS, 1, Role.INPUT);
        Buffer target = Buffer.floats("target", ROWS, dimension, Role.INPUT);
        ProgramBuilder builder = new ProgramBuilder("train", 0);
        Buffer score = model.score(builder, parameters, points, time, variance);
        Buffer loss = loss(builder, score, target, variance, weight);
        Buffer gradient = Gradients.of(builder, loss, parameters);
        Program program = builder.build();

        try (ReferenceSession session = new ReferenceBackend().compile(List.of(program))) {
            session.write(points, wave(ROWS * dimension, 0.7));
            session.write(time, positive(ROWS));
            session.write(variance, positive(ROWS));
            session.write(target, wave(ROWS * dimension, 1.9));
            double[] start = wave(size, 0.37);
            session.write(parameters, start);
            session.run(program, 1);
            double[] computed = new double[size];
            session.read(gradient, computed);
            for (int i = 0; i < size; i++) {
                double difference = (lossAt(session, program, parameters, loss, start, i, STEP)
                        - lossAt(session, program, parameters, loss, start, i, -STEP)) / (2 * STEP);
                assertThat(computed[i]).as("parameter %d", i).isCloseTo(difference,
                        within(1e-6 * Math.max(1, Math.abs(difference))));
            }
        }
    }

    private static Buffer loss(ProgramBuilder builder, Buffer score, Buffer target, Buffer variance,
            LossWeight weight) {
        Buffer rowLoss = builder.scratch("rowLoss", score.rows(), 1);
        builder.add(new LossOp.SquaredError(score, target, variance, rowLoss, weight));
        Buffer loss = builder.scratch("loss", 1, 1);
        builder.add(new LossOp.Mean(rowLoss, loss));
        return loss;
    }

    private static double lossAt(ReferenceSession session, Program program, Buffer parameters, Buffer loss,
            double[] start, int index, double step) {
        double[] moved = start.clone();
        moved[index] += step;
        session.write(parameters, moved);
        session.run(program, 1);
        double[] value = new double[1];
        session.read(loss, value);
        return value[0];
    }

    private static double[] wave(int size, double frequency) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = 0.6 * Math.cos(frequency * i + 0.1);
        }
        return values;
    }

    private static double[] positive(int size) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = 0.1 + 0.17 * i;
        }
        return values;
    }

    /** Two layers that share one weight matrix: both uses must be summed. */
    @Test
    void accumulatesWhereParametersAndBuffersAreUsedTwice() {
        Buffer parameters = Buffer.floats("parameters", 6, 1, Role.STATE);
        Buffer points = Buffer.floats("points", ROWS, 2, Role.INPUT);
        Buffer variance = Buffer.floats("variance", ROWS, 1, Role.INPUT);
        Buffer target = Buffer.floats("target", ROWS, 2, Role.INPUT);
        ProgramBuilder builder = new ProgramBuilder("fanOut", 0);
        Buffer first = builder.scratch("first", ROWS, 2);
        builder.add(new NetworkOp.Linear(points, parameters, null, first, 0, 4));
        Buffer active = builder.scratch("active", ROWS, 2);
        builder.add(new NetworkOp.Activate(first, null, active, Activation.SILU));
        Buffer left = builder.scratch("left", ROWS, 2); // active · W + b
        builder.add(new NetworkOp.Linear(active, parameters, null, left, 0, 4));
        Buffer right = builder.scratch("right", ROWS, 2); // silu(left) + active
        builder.add(new NetworkOp.Activate(left, active, right, Activation.GELU));
        Buffer loss = loss(builder, right, target, variance, new LossWeight.Unit());
        Buffer gradient = Gradients.of(builder, loss, parameters);
        Program program = builder.build();
        try (ReferenceSession session = new ReferenceBackend().compile(List.of(program))) {
            session.write(points, wave(ROWS * 2, 0.7));
            session.write(variance, positive(ROWS));
            session.write(target, wave(ROWS * 2, 1.9));
            double[] start = wave(6, 0.9);
            double[] summed = new double[6];
            session.write(parameters, start);
            session.run(program, 1);
            session.read(gradient, summed);
            for (int i = 0; i < 6; i++) {
                double difference = (lossAt(session, program, parameters, loss, start, i, STEP)
                        - lossAt(session, program, parameters, loss, start, i, -STEP)) / (2 * STEP);
                assertThat(summed[i]).as("parameter %d", i).isCloseTo(difference, within(1e-7));
            }
        }
    }

    @Test
    void refusesALossThatDoesNotDependOnTheParameters() {
        Buffer parameters = Buffer.floats("parameters", 6, 1, Role.STATE);
        Buffer prediction = Buffer.floats("prediction", ROWS, 2, Role.INPUT);
        Buffer variance = Buffer.floats("variance", ROWS, 1, Role.INPUT);
        ProgramBuilder builder = new ProgramBuilder("constant", 0);
        Buffer loss = loss(builder, prediction, prediction, variance, new LossWeight.Unit());
        assertThatThrownBy(() -> Gradients.of(builder, loss, parameters)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not depend on parameters");
    }

    @Test
    void refusesOpsWithoutAGradient() {
        Buffer parameters = Buffer.floats("parameters", 6, 1, Role.STATE);
        Buffer points = Buffer.floats("points", ROWS, 2, Role.INPUT);
        Buffer variance = Buffer.floats("variance", ROWS, 1, Role.INPUT);
        ProgramBuilder builder = new ProgramBuilder("clipped", 0);
        Buffer output = builder.scratch("output", ROWS, 2);
        builder.add(new NetworkOp.Linear(points, parameters, null, output, 0, 4));
        Buffer clipped = builder.scratch("clipped", ROWS, 2);
        builder.add(new TargetOp.ClipParts(output, clipped, 1, 1));
        Buffer loss = loss(builder, clipped, points, variance, new LossWeight.Unit());
        assertThatThrownBy(() -> Gradients.of(builder, loss, parameters)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without a gradient").hasMessageContaining("ClipParts");
    }

    @Test
    void refusesATargetThatDependsOnTheParameters() {
        Buffer parameters = Buffer.floats("parameters", 6, 1, Role.STATE);
        Buffer points = Buffer.floats("points", ROWS, 2, Role.INPUT);
        Buffer variance = Buffer.floats("variance", ROWS, 1, Role.INPUT);
        ProgramBuilder builder = new ProgramBuilder("target", 0);
        Buffer output = builder.scratch("output", ROWS, 2);
        builder.add(new NetworkOp.Linear(points, parameters, null, output, 0, 4));
        Buffer loss = loss(builder, output, output, variance, new LossWeight.Unit());
        assertThatThrownBy(() -> Gradients.of(builder, loss, parameters)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a target is a constant");
    }
}
