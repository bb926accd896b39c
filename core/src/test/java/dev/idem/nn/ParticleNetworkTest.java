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
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every network of particles: symmetries, gradients, and equal results on the CPU. */
class ParticleNetworkTest {

    private static final double STEP = 1e-5;

    /** The networks. */
    enum Kind {
        PUBLISHED, CLUSTER
    }

    /** A network with its programs for one number of particles, and for [1][1] or [sample][1] times. */
    private static final class Case {

        final int samples;
        final int particles;
        final int axes;
        final Buffer parameters;
        final Buffer x;
        final Buffer time;
        final Buffer target;
        final Buffer shown;
        final Buffer loss;
        final Buffer gradient;
        final Program program;

        Case(Kind kind, int samples, int particles, int axes, int hidden, boolean sharedTime) {
            this.samples = samples;
            this.particles = particles;
            this.axes = axes;
            ParameterLayout layout = kind == Kind.PUBLISHED
                    ? new Egnn(particles, axes, hidden, 3).layout()
                    : cluster(particles, axes, hidden).layout();
            parameters = Buffer.floats("parameters", layout.size(), 1, Role.STATE);
            x = Buffer.floats("x", samples, particles * axes, Role.INPUT);
            time = Buffer.floats("time", sharedTime ? 1 : samples, 1, Role.INPUT);
            target = Buffer.floats("target", samples, particles * axes, Role.INPUT);
            shown = Buffer.floats("shown", samples, particles * axes, Role.OUTPUT);
            ProgramBuilder builder = new ProgramBuilder("step", 0);
            Buffer output = kind == Kind.PUBLISHED
                    ? new Egnn(particles, axes, hidden, 3).apply(builder, parameters, x, time)
                    : cluster(particles, axes, hidden).apply(builder, parameters, x, time);
            builder.add(new GradientOp.Add(output, shown, false));
            if (sharedTime) {
                loss = shown;
                gradient = shown;
            } else {
                Buffer rowLoss = builder.scratch("rowLoss", samples, 1);
                builder.add(new LossOp.SquaredError(output, target, time, rowLoss, new LossWeight.Unit()));
                loss = builder.scratch("loss", 1, 1);
                builder.add(new LossOp.Mean(rowLoss, loss));
                gradient = Gradients.of(builder, loss, parameters);
            }
            program = builder.build();
        }

        private static ClusterNetwork cluster(int particles, int axes, int hidden) {
            return new ClusterNetwork(particles, axes, hidden, 3, RadialBases.pairs(0.7), RadialBases.nodes(0.7));
        }

        double[] points() {
            return normal(1, samples * particles * axes, 0.8);
        }

        double[] weights() {
            return normal(2, parameters.rows(), 0.25);
        }

        double[] times() {
            double[] times = new double[time.rows()];
            for (int i = 0; i < times.length; i++) {
                times[i] = 0.3 + 0.1 * (i % 5);
            }
            return times;
        }

        double[] output(double[] points) {
            try (ReferenceSession session = new ReferenceBackend().compile(List.of(program))) {
                session.write(parameters, weights());
                session.write(time, times());
                session.write(target, normal(3, points.length, 1));
                session.write(x, points);
                session.run(program, 1);
                double[] values = new double[points.length];
                session.read(shown, values);
                return values;
            }
        }
    }

    private static double[] normal(long seed, int count, double scale) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return values;
    }

    private static void assertClose(double[] actual, double[] expected, double tolerance) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("element %d", i).isCloseTo(expected[i], within(tolerance));
        }
    }

    @ParameterizedTest
    @EnumSource
    void turnsWithItsInput(Kind kind) {
        Case network = new Case(kind, 2, 5, 3, 6, false);
        double[] points = network.points();
        double[] expected = network.output(points);
        assertThat(expected[0]).isNotZero();
        double[][] rotation = {{0.36, 0.48, -0.8}, {-0.8, 0.6, 0}, {0.48, 0.64, 0.6}};
        assertClose(network.output(turned(points, rotation)), turned(expected, rotation), 1e-9);
        double[][] reflection = {{1, 0, 0}, {0, 1, 0}, {0, 0, -1}};
        assertClose(network.output(turned(points, reflection)), turned(expected, reflection), 1e-9);
    }

    private static double[] turned(double[] points, double[][] matrix) {
        double[] turned = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            for (int axis = 0; axis < 3; axis++) {
                turned[i] += matrix[i % 3][axis] * points[i - i % 3 + axis];
            }
        }
        return turned;
    }

    @ParameterizedTest
    @EnumSource
    void permutesWithItsInputAndIgnoresTranslations(Kind kind) {
        Case network = new Case(kind, 2, 5, 2, 6, false);
        double[] points = network.points();
        double[] expected = network.output(points);
        int[] order = {3, 0, 4, 1, 2};
        assertClose(network.output(permuted(points, order)), permuted(expected, order), 1e-9);
        double[] shifted = points.clone();
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] += i % 2 == 0 ? 1.7 : -0.4;
        }
        assertClose(network.output(shifted), expected, 1e-9);
    }

    private static double[] permuted(double[] points, int[] order) {
        double[] permuted = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            int sample = i / (2 * order.length);
            int particle = i / 2 % order.length;
            permuted[i] = points[2 * (sample * order.length + order[particle]) + i % 2];
        }
        return permuted;
    }

    @ParameterizedTest
    @EnumSource
    void gradientAgreesWithCentralDifferences(Kind kind) {
        Case network = new Case(kind, 2, 4, 2, 3, false);
        try (ReferenceSession session = new ReferenceBackend().compile(List.of(network.program))) {
            double[] start = network.weights();
            session.write(network.x, network.points());
            session.write(network.time, network.times());
            session.write(network.target, normal(3, network.points().length, 1));
            session.write(network.parameters, start);
            session.run(network.program, 1);
            double[] computed = new double[start.length];
            session.read(network.gradient, computed);
            for (int i = 0; i < start.length; i++) {
                double difference = (lossAt(session, network, start, i, STEP)
                        - lossAt(session, network, start, i, -STEP)) / (2 * STEP);
                assertThat(computed[i]).as("parameter %d", i).isCloseTo(difference,
                        within(1e-6 * Math.max(1, Math.abs(difference))));
            }
        }
    }

    private static double lossAt(ReferenceSession session, Case network, double[] start, int index, double step) {
        double[] moved = start.clone();
        moved[index] += step;
        session.write(network.parameters, moved);
        session.run(network.program, 1);
        double[] value = new double[1];
        session.read(network.loss, value);
        return value[0];
    }

    @ParameterizedTest
    @CsvSource({"PUBLISHED, 35, 4, 2, 9, false", "PUBLISHED, 11, 13, 3, 5, false", "PUBLISHED, 2, 55, 3, 4, true",
            "CLUSTER, 35, 4, 2, 9, false", "CLUSTER, 11, 13, 3, 5, false", "CLUSTER, 2, 55, 3, 4, true",
            "CLUSTER, 1, 13, 3, 8, false", "PUBLISHED, 1, 13, 3, 8, true"})
    void cpuAgreesWithTheReferenceForAnyNumberOfThreads(Kind kind, int samples, int particles, int axes, int hidden,
            boolean sharedTime) {
        Case network = new Case(kind, samples, particles, axes, hidden, sharedTime);
        double[] points = network.points();
        try (ReferenceSession reference = new ReferenceBackend().compile(List.of(network.program));
                Session one = new CpuBackend(1).compile(List.of(network.program));
                Session three = new CpuBackend(3).compile(List.of(network.program))) {
            for (Session session : List.of(reference, one, three)) {
                session.write(network.parameters, floats(network.weights()));
                session.write(network.x, floats(points));
                session.write(network.time, floats(network.times()));
                if (!sharedTime) {
                    session.write(network.target, floats(normal(3, points.length, 1)));
                }
                session.run(network.program, 2);
            }
            for (Buffer buffer : sharedTime ? List.of(network.shown) : List.of(network.shown, network.gradient)) {
                float[] expected = new float[buffer.shape().size()];
                float[] actual = new float[expected.length];
                float[] other = new float[expected.length];
                reference.read(buffer, expected);
                one.read(buffer, actual);
                three.read(buffer, other);
                assertThat(other).isEqualTo(actual);
                assertClose(doubles(actual), doubles(expected), 2e-5 * largest(expected));
            }
        }
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
