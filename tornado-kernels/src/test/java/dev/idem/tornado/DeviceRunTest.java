package dev.idem.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.backend.Backends;
import dev.idem.train.EpochMetrics;
import dev.idem.train.TrainedSampler;
import dev.idem.train.Training;
import dev.idem.train.TrainingListener;
import dev.idem.train.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that change their device; skipped where there is none. */
@Tag("slow")
class DeviceRunTest {

    private static final int SAMPLES = 300;
    /** Of a coordinate of up to 50: 1e-4 of that. */
    private static final double TOLERANCE = 0.005;

    @TempDir
    private Path folder;

    private static Training training(Path directory) {
        return Training.of(Trainings.config("gmm40", "smoke", "loop.batchSize=64", "loop.stepsPerEpoch=7",
                "loop.epochs=4", "loop.checkpointEpochs=1", "replay.capacity=500", "replay.startPoints=96",
                "replay.refillPoints=48", "refill.steps=9", "sampler.steps=11", "evaluation.samples=200",
                "evaluation.setSize=50")).directory(directory).threads(1);
    }

    /** Ends a run after two epochs. */
    private static TrainingListener halfway() {
        return new TrainingListener() {
            private int epochs;

            @Override
            public void epoch(EpochMetrics metrics) {
                epochs++;
            }

            @Override
            public boolean cancelled() {
                return epochs >= 2;
            }
        };
    }

    private static float[] samples(Path run, String device) throws IOException {
        try (TrainedSampler sampler = TrainedSampler.load(run).device(device).threads(1)) {
            return sampler.sample(SAMPLES, 5);
        }
    }

    private static void close(float[] actual, float[] expected) {
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
        }
        assertThat(largest).isLessThan(TOLERANCE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesOnAndSamplesOnTheOtherDevice(boolean deviceFirst) throws IOException {
        String device = Devices.name();
        Path whole = folder.resolve("whole");
        training(whole).device(Backends.CPU).run().sampler().close();

        Path changed = folder.resolve("changed");
        TrainingResult part = training(changed).device(deviceFirst ? device : Backends.CPU).listener(halfway()).run();
        part.sampler().close();
        TrainingResult rest = Training.resume(changed).threads(1).device(deviceFirst ? Backends.CPU : device).run();
        rest.sampler().close();

        assertThat(part.complete()).isFalse();
        assertThat(rest.complete()).isTrue();
        float[] expected = samples(whole, Backends.CPU);
        close(samples(changed, deviceFirst ? device : Backends.CPU), expected);
        close(samples(changed, deviceFirst ? Backends.CPU : device), expected);
    }

    @Test
    void drawsTheSameOnBothFromOneRun() throws IOException {
        String device = Devices.name();
        Path run = folder.resolve("run");
        training(run).device(Backends.CPU).run().sampler().close();

        close(samples(run, device), samples(run, Backends.CPU));
    }
}
