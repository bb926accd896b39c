package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.config.ConfigKey;
import dev.idem.config.ConfigReader;
import dev.idem.config.Presets;
import dev.idem.config.RunConfig;
import dev.idem.task.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigCommandTest {

    @TempDir
    private Path folder;

    @Test
    void printsWhatTrainWouldUse() {
        IdemRun run = IdemRun.of("config", "gmm40", "--preset", "reference", "--seed", "7");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(ConfigReader.parse(run.out(), "out")).isEqualTo(
                RunConfig.of("gmm40", "reference", 7, Presets.of("reference", Tasks.gmm40().scale())));
    }

    @Test
    void readsBackWhatItPrints() throws IOException {
        String printed = IdemRun.of("config", "gmm40", "--set", "loop.epochs=9", "--set", "loss.weight=unit").out();
        Path file = Files.writeString(folder.resolve("mine.json"), printed);

        assertThat(IdemRun.of("config", "--config", file.toString()).out()).isEqualTo(printed);
    }

    @Test
    void takesMixturesFromAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("two.json"), """
                {"mixture": {"weights": [1, 2], "means": [[0, 0, 0], [30, 40, 0]], "standardDeviations": [1, 0.5]}}""");

        RunConfig config = ConfigReader.parse(IdemRun.of("config", "--config", file.toString()).out(), "out");

        assertThat(config.task()).isEqualTo("mixture");
        assertThat(config.train().network().dataDeviation()).isEqualTo(Tasks.of(config).dataDeviation());
    }

    @Test
    void explainsEveryKey() {
        IdemRun run = IdemRun.of("config", "--keys");

        assertThat(run.exitCode()).isZero();
        for (ConfigKey key : ConfigKey.all()) {
            assertThat(run.out().lines().filter(line -> line.startsWith(key.path() + " "))).hasSize(1);
        }
        assertThat(run.out()).contains("how noise levels are drawn").contains("uniform | stratified");
    }

    @Test
    void describesTheSettingsThereAreAndNoOthers() {
        List<String> keys = ConfigKey.all().stream().map(ConfigKey::path).toList();

        assertThat(KeyDescriptions.all().stringPropertyNames()).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(KeyDescriptions.all().values()).noneMatch(line -> line.toString().isBlank());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"config | no task is given: name one (see 'idem tasks')",
            "config gmm41 | there is no task 'gmm41'; tasks: gmm40, dw4, lj13, lj55, mixture",
            "config dw4 --preset fast | there is no preset 'fast'; presets: default, pure, reference, smoke",
            "config gmm40 --preset fast | there is no preset 'fast'; presets: default, pure, reference, smoke",
            "config gmm40 --set optimiser.learningrat=1 | --set optimiser.learningrat=1: unknown key "
                    + "'optimiser.learningrat'; did you mean 'optimiser.learningRate'?",
            "config gmm40 --set loop.epochs=many | loop.epochs must be an integer, got \"many\"",
            "config gmm40 --config none.json | cannot read none.json: no such file",
            "config mixture | task mixture needs a section", "config host | task host needs energyClass",
            "config gmm40 --energy a.B | task gmm40 and energy class a.B were both given",
            "config --energy a.B | there is no class a.B",
            "config --energy java.lang.Object | class java.lang.Object is not an energy",
            "config --energy a.B --classpath none.jar | none.jar does not exist",
            "config gmm40 --classpath none.jar | a class path is only of use with a class"})
    void refusesBadInputInOneLine(String line, String message) {
        IdemRun run = IdemRun.of(line.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).startsWith("idem: ").contains(message);
        assertThat(run.out()).isEmpty();
    }
}
