package dev.idem.train;

import dev.idem.config.EstimatorConfig;
import dev.idem.config.EvaluationConfig;
import dev.idem.config.LoopConfig;
import dev.idem.config.RefineConfig;
import dev.idem.config.ReplayConfig;
import dev.idem.config.RunConfig;
import dev.idem.config.SamplerConfig;
import dev.idem.config.TrainConfig;
import dev.idem.cpu.CpuBackend;
import dev.idem.task.Tasks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Trains for a few steps and writes a digest of the whole state: run in forked virtual machines with other flags. */
final class TrainingDigest {

    private TrainingDigest() {}

    /** Writes the digest to the file that is the first argument. */
    public static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
        Files.writeString(Path.of(arguments[0]), digest(1));
    }

    /** Returns a digest of two trainings: with copies of each row's own, and with copies pooled over the batch. */
    static String digest(int threads) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        TrainConfig small = SmallRuns.train(EstimatorConfig.Kind.MIXED, ReplayConfig.Start.PRIOR,
                TrainConfig.Method.IDEM, SamplerConfig.Integrator.SECOND_ORDER);
        TrainConfig tiny = new TrainConfig(small.method(), small.noise(), small.network(), small.estimator(),
                small.loss(), small.optimiser(), new ReplayConfig(100, ReplayConfig.Start.PRIOR, 40, 67, 1),
                RefineConfig.NONE,
                small.refill(), small.sampler(), new LoopConfig(67, 2, 2, 1), new EvaluationConfig(1, 1, 0));
        add(SmallRuns.run(7, tiny), threads, digest);
        add(SmallRuns.run(7, SmallRuns.pooled(tiny)), threads, digest);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(RunConfig config, int threads, MessageDigest digest) {
        try (Trainer trainer = new Trainer(Tasks.of(config), config, new CpuBackend(threads))) {
            trainer.start();
            for (int epoch = 0; epoch < 2; epoch++) {
                trainer.step(2);
                trainer.refill();
            }
            Checkpoint state = trainer.checkpoint();
            state.floats().forEach((name, values) -> {
                ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
                bytes.asFloatBuffer().put(values);
                digest.update(bytes);
            });
        }
    }
}
