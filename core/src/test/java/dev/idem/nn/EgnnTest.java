package dev.idem.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.autodiff.Gradients;
import dev.idem.backend.Session;
import dev.idem.cpu.CpuBackend;
import dev.idem.program.Buffer;
import dev.idem.program.GradientOp;
import dev.idem.program.LossOp;
import dev.idem.program.LossWeight;
import dev.idem.program.Program;
import dev.idem.program.ProgramBuilder;
import dev.idem.program.Role;
import dev.idem.reference.ReferenceBackend;
import dev.idem.reference.ReferenceSession;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The network against values of the published module, {@code EGNN_dynamics} of jarridrb/DEM at 8e95319 in double precision with width
 * 8, two layers, four particles in the plane, parameter number n of its tensors, row-major [out][in], set to 0.3 cos(0.37 n + 0.1).
 */
class EgnnTest {

    private static final Egnn SMALL = new Egnn(4, 2, 8, 2);
    private static final double[] POINTS = {0.5, -1, 1.5, 0.25, -2, 0.75, 0.1, 2, 3, 0, -1, 2, -2, -1, 0, -1};
    private static final double[] TIMES = {0.3, 0.9};
    private static final double[] OUTPUTS = {-0.474927916127, 0.691612165613, -0.700980124482, 0.245064345777,
            1.227420648169, -0.243553001339, -0.051512607560, -0.693123510050, -2.186562461650, 0.132212345787,
            0.790000394323, -1.220877356507, 1.146352006515, 0.657608725045, 0.250210060812, 0.431056285675};
    private static final double LOSS = 7.632769526469e-1;
    private static final double GRADIENT_NORM = 4.700582402356;
    private static final double[] FIRST_ROW_GRADIENT = {4.823764756954e-2, -6.847383838525e-2, 7.977031557234e-2,
            -2.649325994105e-2, -1.335798764881e-1, 2.516954765644e-2, 5.571913346206e-3, 6.979755066987e-2};
    private static final double[] BIAS_GRADIENT = {-7.005701748646e-4, -6.423809894365e-4, -4.972485506337e-4};

    private final Buffer parameters = Buffer.floats("parameters", SMALL.layout().size(), 1, Role.STATE);
    private final Buffer points = Buffer.floats("points", 2, 8, Role.INPUT);
    private final Buffer times = Buffer.floats("times", 2, 1, Role.INPUT);
    private final Buffer zeros = Buffer.floats("zeros", 2, 8, Role.INPUT);
    private final Buffer shown = Buffer.floats("shown", 2, 8, Role.OUTPUT);
    private final ProgramBuilder builder = new ProgramBuilder("train", 0);
    private final Buffer output = SMALL.apply(builder, parameters, points, times);
    private final Buffer loss = loss();
    private final Buffer gradient = Gradients.of(builder, loss, parameters);
    private final Program program = builder.build();

    private Buffer loss() {
        builder.add(new GradientOp.Add(output, shown, false));
        Buffer rowLoss = builder.scratch("rowLoss", 2, 1);
        builder.add(new LossOp.SquaredError(output, zeros, times, rowLoss, new LossWeight.Unit()));
        Buffer mean = builder.scratch("loss", 1, 1);
        builder.add(new LossOp.Mean(rowLoss, mean));
        return mean;
    }

    /** Our parameters in the published order: a read-out and the last node update are missing here, and counted there. */
    static double[] publishedParameters(Egnn egnn) {
        int hidden = egnn.hidden();
        double[] parameters = new double[egnn.layout().size()];
        int n = 0;
        for (ParameterLayout.Slice slice : egnn.layout().slices()) {
            if (slice.name().equals("layer" + (egnn.layers() - 1) + ".move1.weight")) {
                n += 3 * hidden * hidden + 2 * hidden;
            }
            for (int out = 0; out < slice.columns(); out++) {
                for (int in = 0; in < slice.rows(); in++) {
                    parameters[slice.offset() + in * slice.columns() + out] = 0.3 * Math.cos(0.37 * n + 0.1);
                    n++;
                }
            }
            if (slice.name().equals("embedding.bias")) {
                n += hidden + 1;
            }
        }
        assertThat(n).as("numbers counted").isEqualTo(1067);
        return parameters;
    }

    @Test
    void agreesWithThePublishedNetwork() {
        try (ReferenceSession session = new ReferenceBackend().compile(List.of(program))) {
            session.write(parameters, publishedParameters(SMALL));
            session.write(points, POINTS);
            session.write(times, TIMES);
            session.run(program, 1);
            double[] values = new double[16];
            session.read(output, values);
            assertThat(values).containsExactly(OUTPUTS, within(1e-11));
            double[] mean = new double[1];
            session.read(loss, mean);
            assertThat(mean[0]).isCloseTo(LOSS, within(1e-12));
            double[] derivative = new double[parameters.rows()];
            session.read(gradient, derivative);
            assertThat(norm(derivative)).isCloseTo(GRADIENT_NORM, within(1e-11));
            for (int i = 0; i < BIAS_GRADIENT.length; i++) {
                assertThat(derivative[8 + i]).isCloseTo(BIAS_GRADIENT[i], within(1e-14));
            }
        }
    }

    /** Programs have no gradient with respect to points; five-point differences of the loss of step h are right to h⁴. */
    @Test
    void lossChangesWithThePointsAsPublished() {
        double h = 1e-3;
        try (ReferenceSession session = new ReferenceBackend().compile(List.of(program))) {
            session.write(parameters, publishedParameters(SMALL));
            session.write(times, TIMES);
            for (int i = 0; i < FIRST_ROW_GRADIENT.length; i++) {
                double difference = 8 * (lossAt(session, i, h) - lossAt(session, i, -h))
                        - (lossAt(session, i, 2 * h) - lossAt(session, i, -2 * h));
                assertThat(difference / (12 * h)).as("d/dx%d", i).isCloseTo(FIRST_ROW_GRADIENT[i], within(1e-9));
            }
        }
    }

    private double lossAt(ReferenceSession session, int coordinate, double moved) {
        double[] x = POINTS.clone();
        x[coordinate] += moved;
        session.write(points, x);
        session.run(program, 1);
        double[] mean = new double[1];
        session.read(loss, mean);
        return mean[0];
    }

    @Test
    void agreesWithThePublishedNetworkOnTheCpu() {
        try (Session session = new CpuBackend(2).compile(List.of(program))) {
            session.write(parameters, floats(publishedParameters(SMALL)));
            session.write(points, floats(POINTS));
            session.write(times, floats(TIMES));
            session.write(zeros, new float[16]);
            session.run(program, 1);
            float[] values = new float[16];
            session.read(shown, values);
            for (int i = 0; i < values.length; i++) {
                assertThat((double) values[i]).isCloseTo(OUTPUTS[i], within(1e-5 * Math.abs(OUTPUTS[i])));
            }
            float[] derivative = new float[parameters.rows()];
            session.read(gradient, derivative);
            double[] exact = new double[derivative.length];
            for (int i = 0; i < exact.length; i++) {
                exact[i] = derivative[i];
            }
            assertThat(norm(exact)).isCloseTo(GRADIENT_NORM, within(1e-5 * GRADIENT_NORM));
            for (int i = 0; i < BIAS_GRADIENT.length; i++) {
                assertThat(exact[8 + i]).isCloseTo(BIAS_GRADIENT[i], within(1e-5 * Math.abs(BIAS_GRADIENT[i])));
            }
        }
    }

    private static double norm(double[] values) {
        double square = 0;
        for (double value : values) {
            square += value * value;
        }
        return Math.sqrt(square);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
