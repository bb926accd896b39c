package dev.idem.train;

import dev.idem.backend.Backend;
import dev.idem.backend.Session;
import dev.idem.config.TrainConfig;
import dev.idem.program.Buffer;
import dev.idem.program.MetricOp;
import dev.idem.program.Program;
import dev.idem.program.ProgramBuilder;
import dev.idem.program.Role;
import dev.idem.schedule.NoiseSchedule;
import dev.idem.task.Task;
import java.util.Arrays;
import java.util.List;

/** A trained network's score alone, without a sampler. */
final class NetworkScore implements ExcessLoss.Score, AutoCloseable {

    private static final int STREAMS = 4200;

    private final NoiseSchedule schedule;
    private final Buffer x;
    private final Buffer time = Buffer.floats("scoreTime", 1, 1, Role.INPUT);
    private final Buffer variance = Buffer.floats("scoreVariance", 1, 1, Role.INPUT);
    private final Buffer result;
    private final Program program;
    private final Session session;

    /**
     * Compiles the network.
     *
     * @param batch points in one run of it
     */
    NetworkScore(Task task, TrainConfig config, TrainedSampler.Weights weights, Backend backend, int batch) {
        MethodBuilder method = new MethodBuilder(task, config);
        schedule = method.schedule();
        x = Buffer.floats("scorePoints", batch, task.dimension(), Role.INPUT);
        result = Buffer.floats("scoreResult", batch, task.dimension(), Role.STATE);
        Buffer parameters = Buffer.floats("parameters", weights.values().length, 1, Role.CONSTANT);
        ProgramBuilder builder = new ProgramBuilder("score", STREAMS);
        Buffer score = method.model().score(builder, parameters, x, time, variance);
        builder.add(new MetricOp.Reset(result)).add(new MetricOp.Accumulate(score, result));
        program = builder.build();
        session = backend.compile(List.of(program));
        session.write(parameters, weights.values());
    }

    @Override
    public float[] of(float[] points, double sigma) {
        int size = x.shape().size();
        float[] scores = new float[points.length];
        write(time, schedule.timeOf(sigma * sigma));
        write(variance, sigma * sigma);
        for (int done = 0; done < points.length; done += size) {
            int taken = Math.min(size, points.length - done);
            float[] batch = Arrays.copyOfRange(points, done, done + size); // zeros where points have ended
            session.write(x, batch);
            session.run(program, 1);
            System.arraycopy(session.readFloats(result), 0, scores, done, taken);
        }
        return scores;
    }

    /** Writes a number that networks may do without. */
    private void write(Buffer number, double value) {
        if (program.buffers().contains(number)) {
            session.write(number, new float[] {(float) value});
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
