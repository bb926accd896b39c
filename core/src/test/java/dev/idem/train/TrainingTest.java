package dev.idem.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.config.RunConfig;
import dev.idem.config.TrainConfig;
import dev.idem.energy.InvalidEnergyException;
import dev.idem.io.FileFormatException;
import dev.idem.io.SampleReader;
import dev.idem.task.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs through the public API, with their folders. */
class TrainingTest {

    @TempDir
    private Path folder;

    private static Training training(RunConfig config) {
        return Training.of(config).threads(2).device("cpu");
    }

    private static List<String> metricsWithoutTimes(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                .map(line -> line.replaceAll("\"(stepsPerSecond|seconds|secondsLeft)\":[^,}]*", "")).toList();
    }

    @Test
    void leavesEveryFileOfARun() throws IOException {
        Path run = folder.resolve("deep/run");
        List<Integer> epochs = new ArrayList<>();
        TrainingResult result = training(SmallRuns.run(1)).directory(run).listener(new TrainingListener() {
            @Override
            public void epoch(EpochMetrics metrics) {
                epochs.add(metrics.epoch());
                assertThat(metrics.loss()).isPositive();
                assertThat(metrics.effectiveSamples()).isBetween(1.0, 40.0);
                assertThat(metrics.energyW2()).isPositive();
            }
        }).run();
        result.sampler().close();
        assertThat(result.complete()).isTrue();
        assertThat(epochs).containsExactly(1, 2, 3, 4, 5);
        try (Stream<Path> files = Files.list(run)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("config.json",
                    "metrics.jsonl", "checkpoints", "weights.safetensors", "samples.npy", "summary.json",
                    FolderLock.FILE);
        }
        assertThat(SampleReader.read(run.resolve("samples.npy"), 2).rows()).isEqualTo(200);
        assertThat(Files.readString(run.resolve("summary.json"))).contains("\"wallSeconds\"", "\"trainSeconds\"",
                "\"energyCalls\"", "\"peakHeapBytes\"", "\"seed\"", "\"task\"", "\"preset\"", "\"device\"",
                "\"version\"", "\"modeWeightError\"");
        RunSummary summary = result.summary().orElseThrow();
        assertThat(summary.steps()).isEqualTo(30);
        assertThat(RunFolder.open(run).energyCalls()).hasValue(summary.energyCalls());
        Files.delete(run.resolve("summary.json"));
        assertThat(RunFolder.open(run).energyCalls()).hasValue(summary.energyCalls());
        Files.delete(run.resolve("metrics.jsonl"));
        assertThat(RunFolder.open(run).energyCalls()).isEmpty();
        assertThat(summary.metrics()).containsKeys("w2", "w2OverFloor", "meanLogDensity", "modesHit");
    }

    @Test
    void aCancelledRunContinuesBitForBit() throws IOException {
        Path whole = folder.resolve("whole");
        training(SmallRuns.run(1)).directory(whole).run().sampler().close();

        Path part = folder.resolve("part");
        int[] asked = new int[1];
        TrainingResult cancelled = training(SmallRuns.run(1)).directory(part).listener(new TrainingListener() {
            @Override
            public boolean cancelled() {
                return ++asked[0] > 4;
            }
        }).run();
        cancelled.sampler().close();
        assertThat(cancelled.complete()).isFalse();
        assertThat(cancelled.summary()).isEmpty();
        assertThat(part.resolve("summary.json")).doesNotExist();

        TrainingResult resumed = Training.resume(part).threads(1).device("cpu").run();
        resumed.sampler().close();
        assertThat(resumed.complete()).isTrue();
        for (String file : List.of("samples.npy", "weights.safetensors")) {
            assertThat(part.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
        assertThat(metricsWithoutTimes(part)).isEqualTo(metricsWithoutTimes(whole));
    }

    /** What a kill leaves: newer metrics than the newest checkpoint, and no final files. */
    @Test
    void aKilledRunContinuesBitForBitFromItsNewestCheckpoint() throws IOException {
        Path whole = folder.resolve("whole");
        training(SmallRuns.run(1)).directory(whole).run().sampler().close();
        Path killed = folder.resolve("killed");
        assertThatThrownBy(() -> training(SmallRuns.run(1)).directory(killed).listener(new TrainingListener() {
            @Override
            public void epoch(EpochMetrics metrics) {
                if (metrics.epoch() == 3) { // checkpoints are saved after epochs 2 and 4
                    throw new IllegalStateException("killed");
                }
            }
        }).run()).hasMessage("killed");
        assertThat(Files.readAllLines(killed.resolve("metrics.jsonl"))).hasSize(3);

        Training.resume(killed).device("cpu").run().sampler().close();
        assertThat(killed.resolve("samples.npy")).hasSameBinaryContentAs(whole.resolve("samples.npy"));
        assertThat(metricsWithoutTimes(killed)).isEqualTo(metricsWithoutTimes(whole));
    }

    @Test
    void theLimitOfEnergyCallsIsNeverExceeded() throws IOException {
        long perStep = 0;
        for (int copies : new MethodBuilder(Tasks.gmm40(), SmallRuns.run(1).train()).copies(130)) {
            perStep += copies;
        }
        long limit = 10 * perStep + perStep / 2;
        TrainingResult result = training(SmallRuns.run(1)).maxEnergyCalls(limit).run();
        result.sampler().close();
        assertThat(result.complete()).isFalse();
        assertThat(result.summary().orElseThrow().energyCalls()).isEqualTo(10 * perStep);
        Path run = folder.resolve("run");
        assertThatThrownBy(() -> training(SmallRuns.run(1)).directory(run).maxEnergyCalls(3).run())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("does not allow");
        assertThat(run).doesNotExist();
    }

    /** A run killed before its first checkpoint starts from its beginning, and so does the account of its calls. */
    @Test
    void theLimitHoldsForAResumedRunWithoutACheckpoint() throws IOException {
        Path killed = folder.resolve("killed");
        assertThatThrownBy(() -> training(SmallRuns.run(1)).directory(killed).listener(new TrainingListener() {
            @Override
            public void epoch(EpochMetrics metrics) {
                throw new IllegalStateException("killed");
            }
        }).run()).hasMessage("killed");
        assertThatThrownBy(() -> Training.resume(killed).device("cpu").maxEnergyCalls(3).run())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("does not allow");
    }

    @Test
    void aTimeLimitEndsTheTrainingWithItsResults() throws IOException {
        TrainingResult result = training(SmallRuns.run(1)).maxTime(Duration.ofNanos(1)).run();
        result.sampler().close();
        assertThat(result.complete()).isFalse();
        assertThat(result.summary().orElseThrow().steps()).isZero();
    }

    @Test
    void aFolderThatHoldsFilesIsLeftAlone() throws IOException {
        Files.writeString(folder.resolve("mine.txt"), "precious");
        assertThatThrownBy(() -> training(SmallRuns.run(1)).directory(folder).run())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("holds files already")
                .hasMessageContaining("mine.txt");
        assertThat(folder.resolve("config.json")).doesNotExist();
    }

    @Test
    void twoTrainingsDoNotShareAFolder() throws IOException {
        Path run = folder.resolve("run");
        List<String> refusals = new ArrayList<>();
        training(SmallRuns.run(1)).directory(run).listener(new TrainingListener() {
            @Override
            public void epoch(EpochMetrics metrics) {
                assertThatThrownBy(() -> Training.resume(run).device("cpu").run())
                        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("another training")
                        .hasMessageContaining(run.toString());
                refusals.add("epoch " + metrics.epoch());
            }
        }).run().sampler().close();
        assertThat(refusals).hasSize(5);
        assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSize(5);
        Training.resume(run).device("cpu").run().sampler().close(); // free again
    }

    @Test
    void foreignFoldersAndCheckpointsAreRefused() throws IOException {
        assertThatThrownBy(() -> Training.resume(folder)).isInstanceOf(FileFormatException.class)
                .hasMessageContaining("not the folder of a run");
        Path run = folder.resolve("run");
        training(SmallRuns.run(1)).directory(run).run().sampler().close();
        Path newest;
        try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
            newest = files.sorted().toList().getLast();
        }
        byte[] bytes = Files.readAllBytes(newest);
        Files.write(newest, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> Training.resume(run).device("cpu").run()).isInstanceOf(IOException.class)
                .hasMessageContaining(newest.getFileName().toString());
    }

    @Test
    void aDivergingRunStopsAndKeepsItsCheckpoint() throws IOException {
        TrainConfig train = SmallRuns.run(1).train();
        Path run = folder.resolve("run");
        HostRuns.Poisoned.calls = 0;
        RunConfig config = HostRuns.run(train, HostRuns.Poisoned.class);
        assertThatThrownBy(() -> training(config).directory(run).run())
                .isInstanceOf(InvalidEnergyException.class).hasMessageContaining("NaN");
        assertThat(run.resolve("summary.json")).doesNotExist();
        assertThat(run.resolve("config.json")).exists();
    }

    @Test
    void trainsOnAUsersEnergyWithWalls() throws IOException {
        Path run = folder.resolve("host");
        TrainingResult result = training(HostRuns.run(SmallRuns.run(1).train(), HostRuns.Walled.class)).directory(run)
                .run();
        result.sampler().close();
        assertThat(result.summary().orElseThrow().metrics()).containsKeys("meanEnergy", "virial");
        try (TrainedSampler loaded = TrainedSampler.load(run).device("cpu")) {
            assertThat(loaded.sample(5, 1)).hasSize(10);
        }
    }
}
