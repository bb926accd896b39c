package dev.idem.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigWriterTest {

    static List<String> presets() {
        return Presets.names();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void isReadBackWithoutLoss(String preset) {
        RunConfig config = RunConfig.of("gmm40", preset, Long.MIN_VALUE + 1,
                Presets.of(preset, new TargetScale(2, 1 / 3.0)));

        assertThat(ConfigReader.parse(ConfigWriter.json(config), "text")).isEqualTo(config);
    }

    @Test
    void keepsMixturesAndClasses() {
        TrainConfig train = Presets.of(Presets.SMOKE, new TargetScale(2, 1e-30));
        RunConfig mixture = new RunConfig("mixture", Optional.empty(), List.of(),
                Optional.of(new MixtureConfig(List.of(1.0, 1e20), List.of(List.of(-0.0, 1e-300), List.of(1.0, 1e300)),
                        List.of(0.1, Double.MIN_VALUE))),
                Presets.SMOKE, 3, train);
        RunConfig host = new RunConfig("host", Optional.of("my.Energy"), List.of("/a b/c.jar", "/d"), Optional.empty(),
                Presets.SMOKE, 3, train);

        assertThat(ConfigReader.parse(ConfigWriter.json(mixture), "text")).isEqualTo(mixture);
        assertThat(ConfigReader.parse(ConfigWriter.json(host), "text")).isEqualTo(host);
    }

    @Test
    void looksTheSameEveryTime() {
        String json = ConfigWriter
                .json(RunConfig.of("gmm40", "reference", 7, Presets.of("reference", new TargetScale(2, 0.5))));

        assertThat(json).startsWith("{\n  \"version\": \"").contains("""
                  "task": "gmm40",
                  "preset": "reference",
                  "seed": 7,
                  "method": "idem",
                  "noise": {
                    "schedule": "geometric",
                    "sigmaMin": 0.00001,
                    "sigmaMax": 1
                  },
                """).contains("\"start\": \"monte-carlo\"").contains("\"epsilon\": 1E-8").endsWith("  }\n}\n");
    }

    @Test
    void refusesWhatJsonCannotHold() {
        MixtureConfig mixture = new MixtureConfig(List.of(1.0), List.of(List.of(Double.NaN)), List.of(1.0));
        RunConfig config = new RunConfig("mixture", Optional.empty(), List.of(), Optional.of(mixture), Presets.SMOKE, 0,
                Presets.of(Presets.SMOKE, new TargetScale(2, 1)));

        assertThatThrownBy(() -> ConfigWriter.json(config)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mixture.means must be finite to be written as JSON, got NaN");
    }

    @Test
    void listsValuesAsTheyCanBeSet() {
        assertThat(ConfigWriter.values(Presets.of("reference", new TargetScale(2, 0.5))))
                .containsEntry("noise.sigmaMin", "0.00001")
                .containsEntry("optimiser.epsilon", "1E-8").containsEntry("replay.start", "monte-carlo")
                .containsEntry("loop.epochs", "1000").doesNotContainKey("mixture.weights");
    }
}
