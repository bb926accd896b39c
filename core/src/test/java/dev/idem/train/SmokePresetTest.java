package dev.idem.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.config.ConfigReader;
import dev.idem.config.ConfigRequest;
import dev.idem.config.RunConfig;
import dev.idem.eval.Metric;
import dev.idem.task.ReferenceSystem;
import dev.idem.task.Tasks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short preset of particles trains to figures near the truth: whole runs, so what breaks the method shows here. */
class SmokePresetTest {

    @ParameterizedTest
    @ValueSource(strings = "dw4")
    void endsNearTheTruth(String task) throws IOException {
        requireNearTheTruth(task);
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(strings = "lj13")
    void endsNearTheTruthOfClusters(String task) throws IOException {
        requireNearTheTruth(task);
    }

    /** Half a minute does not make a sampler of 55 particles; but its replay must near equilibrium, and the loss fall. */
    @Test
    @Tag("slow")
    void learnsOfTheLargeCluster() throws IOException {
        List<EpochMetrics> epochs = new ArrayList<>();
        TrainingResult result = Training.of(config("lj55")).threads(2).listener(new TrainingListener() {
            @Override
            public void epoch(EpochMetrics metrics) {
                epochs.add(metrics);
            }
        }).run();
        result.sampler().close();
        assertThat(epochs).hasSize(4);
        assertThat(epochs.getLast().loss()).isLessThan(0.9 * epochs.getFirst().loss());
        RefillMetrics refill = epochs.getLast().refill();
        assertThat(refill).isNotNull();
        assertThat(refill == null ? Double.NaN : refill.replayEnergy()).isBetween(-325.0, -245.0);
    }

    private static RunConfig config(String task) {
        return ConfigReader.resolve(ConfigRequest.of(task, "smoke"), draft -> Tasks.of(draft).scale());
    }

    private static void requireNearTheTruth(String task) throws IOException {
        TrainingResult result = Training.of(config(task)).threads(2).run();
        try (TrainedSampler _ = result.sampler()) {
            RunSummary summary = result.summary().orElseThrow();
            Map<String, Metric> metrics = summary.metrics();
            ReferenceSystem.EnergyBand band = ReferenceSystem.byName(task).band().orElseThrow();
            assertThat(value(metrics, "exploded")).isLessThan(0.1 * summary.samples());
            assertThat(value(metrics, "notFinite")).isZero();
            assertThat(value(metrics, "meanEnergyUnexploded")).isBetween(band.mean() - 2 * band.deviation(),
                    band.mean() + 4 * band.deviation());
        }
    }

    private static double value(Map<String, Metric> metrics, String name) {
        Metric metric = metrics.get(name);
        return metric == null ? Double.NaN : metric.value();
    }
}
