package dev.idem.nn;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A program that writes a digest of the outputs and gradients of both networks, to be compared between virtual machines. */
final class ParticleDigest {

    private static final int SAMPLES = 25;
    private static final int PARTICLES = 5;
    private static final int AXES = 3;
    private static final int HIDDEN = 37; // leaves a rest at every vector width

    private ParticleDigest() {}

    /** Writes the digest to the file that is the first argument. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), digest(1, 1));
    }

    static String digest(int threads, int times) {
        Egnn egnn = new Egnn(PARTICLES, AXES, HIDDEN, 2);
        ClusterNetwork cluster = new ClusterNetwork(PARTICLES, AXES, HIDDEN, 2, RadialBases.pairs(0.7),
                RadialBases.nodes(0.7));
        return step(egnn.layout(), egnn::apply, threads, times) + " "
                + step(cluster.layout(), cluster::apply, threads, times);
    }

    /** A network's ops. */
    private interface Network {
        Buffer apply(ProgramBuilder builder, Buffer parameters, Buffer x, Buffer time);
    }

    private static int step(ParameterLayout layout, Network network, int threads, int times) {
        Buffer parameters = Buffer.floats("parameters", layout.size(), 1, Role.STATE);
        Buffer x = Buffer.floats("x", SAMPLES, PARTICLES * AXES, Role.STATE);
        Buffer time = Buffer.floats("time", SAMPLES, 1, Role.STATE);
        Buffer shown = Buffer.floats("shown", SAMPLES, PARTICLES * AXES, Role.OUTPUT);
        ProgramBuilder builder = new ProgramBuilder("step", 0);
        Buffer output = network.apply(builder, parameters, x, time);
        builder.add(new GradientOp.Add(output, shown, false));
        Buffer rowLoss = builder.scratch("rowLoss", SAMPLES, 1);
        builder.add(new LossOp.SquaredError(output, x, time, rowLoss, new LossWeight.Unit()));
        Buffer loss = builder.scratch("loss", 1, 1);
        builder.add(new LossOp.Mean(rowLoss, loss));
        Buffer gradient = Gradients.of(builder, loss, parameters);
        Program program = builder.build();
        try (Session session = new CpuBackend(threads).compile(List.of(program))) {
            session.write(parameters, wave(parameters, 0.37, 0, 0.3));
            session.write(x, wave(x, 1.3, 0, 1));
            session.write(time, wave(time, 0.9, 0.5, 0.3));
            session.run(program, times);
            float[] outputs = new float[shown.shape().size()];
            float[] gradients = new float[layout.size()];
            session.read(shown, outputs);
            session.read(gradient, gradients);
            return 31 * Arrays.hashCode(outputs) + Arrays.hashCode(gradients);
        }
    }

    private static float[] wave(Buffer buffer, double frequency, double mean, double size) {
        float[] values = new float[buffer.shape().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (mean + size * StrictMath.cos(frequency * i + 0.1));
        }
        return values;
    }
}
