package dev.idem.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {

    private static final TargetScale SCALE = new TargetScale(2, 0.5);

    @TempDir
    Path folder;

    private Path file(String content) {
        try {
            return Files.writeString(folder.resolve("my.json"), content.replace('\'', '"'));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static RunConfig resolve(ConfigRequest request) {
        return ConfigReader.resolve(request, _ -> SCALE);
    }

    private static ConfigRequest request(Path file, String... sets) {
        return new ConfigRequest(Optional.of("gmm40"), Optional.empty(), List.of(), Optional.empty(),
                OptionalLong.empty(), Optional.of(file), List.of(sets));
    }

    private RunConfig resolve(String content, String... sets) {
        return resolve(request(file(content), sets));
    }

    private static RunConfig set(String... sets) {
        return resolve(ConfigRequest.of("gmm40", "smoke").with(sets));
    }

    @Test
    void startsFromThePreset() {
        assertThat(resolve(ConfigRequest.of("gmm40", "reference")))
                .isEqualTo(RunConfig.of("gmm40", "reference", 0, Presets.of("reference", SCALE)));
    }

    @Test
    void asksForTheDeviationWithTheTaskResolved() {
        RunConfig config = ConfigReader.resolve(
                new ConfigRequest(Optional.empty(), Optional.empty(), List.of(), Optional.of("smoke"),
                        OptionalLong.of(5), Optional.of(file("""
                                {'mixture': {'weights': [1, 2], 'means': [[0, 1], [2.5, -3]],
                                             'standardDeviations': [1, 1]}}""")),
                        List.of("mixture.weights=[1, 3]")),
                draft -> {
                    assertThat(draft.task()).isEqualTo("mixture");
                    assertThat(draft.mixture().orElseThrow().weights()).containsExactly(1.0, 3.0);
                    return new TargetScale(3, 4);
                });

        assertThat(config.train()).isEqualTo(Presets.of("smoke", new TargetScale(3, 4)));
        assertThat(config.seed()).isEqualTo(5);
    }

    @Test
    void putsTheFileOverThePresetAndSetsOverTheFile() {
        TrainConfig train = resolve("{'preset': 'reference', 'loop': {'epochs': 3, 'batchSize': 64}, 'seed': 9}",
                "loop.epochs=4", "loop.epochs=5", "loss.weight=unit", "optimiser.learningRate=.5",
                "estimator.biasCorrection=true", "loop.stepsPerEpoch=1e2").train();

        assertThat(train.loop()).isEqualTo(new LoopConfig(64, 100, 5, 10));
        assertThat(train.loss().weight()).isEqualTo(LossConfig.Weight.UNIT);
        assertThat(train.optimiser().learningRate()).isEqualTo(0.5);
        assertThat(train.estimator().biasCorrection()).isTrue();
        assertThat(train.noise()).isEqualTo(Presets.of("reference", SCALE).noise());
    }

    @Test
    void takesWholeSectionsAsSets() {
        LoopConfig preset = set().train().loop();
        assertThat(set("loop={\"epochs\": 2, \"batchSize\": 8}").train().loop())
                .isEqualTo(new LoopConfig(8, preset.stepsPerEpoch(), 2, preset.checkpointEpochs()));
    }

    @Test
    void readsItsOwnConfigJsonAsAFile() {
        RunConfig config = set("loop.epochs=2");

        assertThat(resolve(ConfigWriter.json(config))).isEqualTo(config);
    }

    @Test
    void takesPresetTaskAndSeedOfTheFile() {
        RunConfig config = resolve("{'task': 'gmm40', 'preset': 'smoke', 'seed': -12345678901234567}");

        assertThat(config.preset()).isEqualTo("smoke");
        assertThat(config.seed()).isEqualTo(-12345678901234567L);
    }

    @Test
    void looksForClassesBesideTheFile() {
        RunConfig config = resolve(new ConfigRequest(Optional.empty(), Optional.empty(), List.of(), Optional.empty(),
                OptionalLong.empty(),
                Optional.of(file("{'energyClass': 'my.Ring', 'classpath': ['ring.jar', '/there/x.jar']}")), List.of()));

        assertThat(config.task()).isEqualTo("host");
        assertThat(config.energyClass()).contains("my.Ring");
        assertThat(config.classpath()).containsExactly(folder.toAbsolutePath().resolve("ring.jar").toString(),
                "/there/x.jar");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'optimiser': {'learningrat': 1}} | unknown key 'optimiser.learningrat'; "
                    + "did you mean 'optimiser.learningRate'? keys here: learningRate, warmupSteps, finalFraction, "
                    + "beta1, beta2, epsilon, clipNorm, averageDecay",
            "{'learningRate': 1} | unknown key 'learningRate'; did you mean 'optimiser.learningRate'? keys here: "
                    + "version, task, energyClass, classpath, preset, seed, mixture, method, noise, network, "
                    + "estimator, loss, optimiser, replay, refine, refill, sampler, loop, evaluation",
            "{'loop': 3} | loop must be an object with the keys batchSize, stepsPerEpoch, epochs, "
                    + "checkpointEpochs, got 3",
            "{'loop': {'epochs': 'ten'}} | loop.epochs must be an integer, got \"ten\"",
            "{'loop': {'epochs': 1.5}} | loop.epochs must be an integer, got 1.5",
            "{'loop': {'epochs': 3000000000}} | "
                    + "loop.epochs must be an integer from -2147483648 to 2147483647, got 3000000000",
            "{'loop': {'epochs': 1e400}} | "
                    + "loop.epochs must be an integer from -2147483648 to 2147483647, got Infinity",
            "{'loop': {'epochs': null}} | loop.epochs must be an integer, got null",
            "{'loop': {'epochs': 0}} | loop.epochs must be in [1, 1000000], got 0",
            "{'optimiser': {'learningRate': '1e-3'}} | optimiser.learningRate must be a number, got \"1e-3\"",
            "{'optimiser': {'learningRate': true}} | optimiser.learningRate must be a number, got true",
            "{'optimiser': {'learningRate': 1e999}} | "
                    + "optimiser.learningRate must be a number that a double can hold, got Infinity",
            "{'optimiser': {'learningRate': [1]}} | optimiser.learningRate must be a number, got [1]",
            "{'estimator': {'biasCorrection': 1}} | estimator.biasCorrection must be true or false, got 1",
            "{'estimator': {'pooling': 'batches'}} | estimator.pooling must be one of none, batch, got \"batches\"; did "
                    + "you mean 'batch'?",
            "{'estimator': {'bandCopies': -1}} | estimator.bandCopies must be in [0, 1000000] (0: no band), got -1",
            "{'estimator': {'bandFrom': 0}} | estimator.bandFrom must be positive and finite, got 0.0",
            "{'estimator': {'bandFrom': 0.5, 'bandTo': 0.25}} | estimator.bandTo must be finite and at least "
                    + "estimator.bandFrom = 0.5, got 0.25",
            "{'refill': {'integrator': 'secondorder'}} | refill.integrator must be one of euler-time, "
                    + "euler-variance, posterior, second-order, got \"secondorder\"; did you mean 'second-order'?",
            "{'loss': {'weight': 1}} | loss.weight must be one of unit, variance, denoiser, got 1",
            "{'refill': {'steps': 0}} | refill.steps must be in [1, 100000], got 0",
            "{'refine': {'steps': -1}} | refine.steps must be in [0, 10000000], got -1",
            "{'refine': {'stepSize': 0}} | refine.stepSize must be positive and finite, got 0.0",
            "{'refine': {'oldPoints': 5000}} | refine.oldPoints (5000) must not exceed replay.startPoints (2048)",
            "{'network': {'kind': 'cluster', 'predicts': 'score'}} | network.predicts must be denoiser for "
                    + "network.kind = cluster, got score",
            "{'estimator': {'source': 'pairs'}} | estimator.source must be one of monte-carlo, pair, blend, guided, got "
                    + "\"pairs\"; did you mean 'pair'?",
            "{'estimator': {'guidedTo': 0}} | estimator.guidedTo must be positive and finite, got 0.0",
            "{'estimator': {'newtonSteps': -1}} | estimator.newtonSteps must be in [0, 1000], got -1",
            "{'estimator': {'blendTo': 5}} | estimator.blendTo must be finite and above estimator.blendFrom = 5.0, "
                    + "got 5.0",
            "{'method': 'pdem', 'estimator': {'source': 'pair'}} | method = pdem trains on points of the prior, which "
                    + "have no force: set estimator.source = monte-carlo, not pair",
            "{'sampler': {'steps': 0}} | sampler.steps must be in [1, 100000], got 0",
            "{'noise': {'schedule': 'linear'}} | network.predicts = denoiser needs noise levels above zero: set "
                    + "noise.schedule = log-uniform, not linear",
            "{'task': 3} | task must be a text in quotes, got 3",
            "{'task': 'other'} | its task is other, but gmm40 was asked for",
            "{'seed': 'x'} | seed must be an integer, got \"x\"",
            "{'version': 2} | version must be a text in quotes, got 2",
            "{'preset': 'refrence'} | there is no preset 'refrence'; did you mean 'reference'?; presets: default, "
                    + "pure, reference, smoke",
            "{'mixture': {'weights': [1], 'means': [[1]], 'standardDeviations': [1]}} | section 'mixture' is only of "
                    + "use for task mixture, not for task gmm40",
            "{'mixture': {'weights': [1], 'means': [[1]]}} | key 'mixture.standardDeviations' is missing",
            "{'mixture': {'weights': [1], 'means': [[1, 'a']], 'standardDeviations': [1]}} | mixture.means[0][1] must "
                    + "be a number, got \"a\"",
            "{'mixture': {'weights': [1], 'means': [], 'standardDeviations': [1]}} | mixture.means must be as many as "
                    + "mixture.weights (1), got 0 modes",
            "{'mixture': {'weights': [], 'means': [], 'standardDeviations': []}} | mixture.weights must be not empty, "
                    + "got []",
            "{'energyClass': 'a.B'} | task gmm40 and energy class a.B were both given; a class of one's own is "
                    + "task host",
            "{'classpath': ['a.jar']} | a class path is only of use with a class: --energy CLASS or the key "
                    + "'energyClass'",
            "{'classpath': 'a.jar'} | classpath must be a list [ ... ], got \"a.jar\""})
    void refusesWrongValuesInFiles(String content, String message) {
        assertThatThrownBy(() -> resolve(content)).isInstanceOf(ConfigException.class)
                .hasMessage(folder.resolve("my.json") + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "`` | must hold a JSON object { ... }, but is empty", "[1] | must hold a JSON object { ... }, got ARRAY",
            "{'loop': {'epochs': 3, 'epochs': 4}} | line 1, column 32: Duplicate field 'epochs'",
            "{'loop': {'epochs': NaN}} | line 1, column 24: Non-standard token 'NaN', which JSON "
                    + "does not know",
            "{} {} | line 1, column 4: "})
    void refusesWhatIsNotJson(String content, String message) {
        assertThatThrownBy(() -> resolve(content)).isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(folder.resolve("my.json") + ": " + message);
    }

    @Test
    void saysWhereJsonIsMalformed() {
        assertThatThrownBy(() -> resolve("{\n  'loop': {\n    'epochs': 3,\n  }\n}"))
                .isInstanceOf(ConfigException.class).hasMessageContaining("my.json: line 4, column 3: ")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> resolve("{\n  'loop': {")).isInstanceOf(ConfigException.class)
                .hasMessageContaining("(opened in line 2, column 11)").hasMessageNotContaining("Source");
    }

    @Test
    void refusesFilesThatCannotBeRead() {
        assertThatThrownBy(() -> resolve(request(folder.resolve("none.json")))).isInstanceOf(ConfigException.class)
                .hasMessage("cannot read " + folder.resolve("none.json") + ": no such file");
        assertThatThrownBy(() -> resolve(request(folder))).isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("cannot read " + folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "optimiser.learningrat=1 | unknown key 'optimiser.learningrat'; did you mean 'optimiser.learningRate'? ",
            "optimizer.learningRate=1 | unknown key 'optimizer'; did you mean 'optimiser'? ",
            "loop.epochs | must be KEY=VALUE, as in --set ",
            "=3 | must be KEY=VALUE, as in --set optimiser.learningRate=1e-3", "loop.epochs= | "
                    + "loop.epochs must be an integer, got \"\"",
            "loop.epochs.x=3 | loop.epochs must be an integer, got {\"x\":3}",
            "loop..epochs=3 | unknown key 'loop.'; ",
            "loop.epochs=0x10 | loop.epochs must be an integer, got \"0x10\"",
            "loop.epochs=NaN | loop.epochs must be an integer, got \"NaN\"",
            "optimiser.learningRate=NaN | optimiser.learningRate must be a number, got \"NaN\"",
            "optimiser.learningRate=-1 | optimiser.learningRate must be positive and finite, got -1.0",
            "seed=3 | has an option of its own; see --help", "preset=smoke | has an option of its own; see --help",
            "version=3 | cannot be set",
            "replay.capacity=100 | replay.startPoints (2048) and replay.refillPoints (1024) must not exceed "
                    + "replay.capacity (100)"})
    void refusesWrongSets(String set, String message) {
        assertThatThrownBy(() -> set(set)).isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("--set " + set + ": " + message).hasMessageNotContaining("\n");
    }

    @Test
    void namesEveryOriginOfAContradiction() {
        assertThatThrownBy(() -> set("loop.epochs=3", "estimator.copies=10", "estimator.minCopies=20"))
                .isInstanceOf(ConfigException.class).hasMessage("--set estimator.copies=10, --set "
                        + "estimator.minCopies=20: estimator.minCopies must be in [1, estimator.copies = 10], got 20");
    }

    @Test
    void blamesTheFileForItsOwnPartOfAPath() {
        assertThatThrownBy(() -> resolve("{'loop': 3}", "loop.epochs=3")).isInstanceOf(ConfigException.class)
                .hasMessage(folder.resolve("my.json") + ": loop is no section, got 3");
    }

    @Test
    void asksForATask() {
        ConfigRequest nothing = new ConfigRequest(Optional.empty(), Optional.empty(), List.of(), Optional.empty(),
                OptionalLong.empty(), Optional.empty(), List.of());

        assertThatThrownBy(() -> resolve(nothing)).isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("no task is given");
    }

    @Test
    void refusesUnknownPresets() {
        assertThatThrownBy(() -> resolve(ConfigRequest.of("gmm40", "fast"))).isInstanceOf(ConfigException.class)
                .hasMessage("there is no preset 'fast'; presets: default, pure, reference, smoke");
    }

    @ParameterizedTest
    @ValueSource(strings = {"seed", "task", "preset"})
    void wantsWholeConfigurationsWhole(String key) {
        String json = ConfigWriter.json(set()).replaceFirst("\"" + key + "\".*\n", "");

        assertThatThrownBy(() -> ConfigReader.parse(json, "config.json")).isInstanceOf(ConfigException.class)
                .hasMessage("config.json: key '" + key + "' is missing");
    }

    /** Runs of earlier versions can be sampled and resumed. */
    @Test
    void readsConfigurationsFromBeforeLaterKeys() {
        String json = ConfigWriter.json(set());
        String earlier = json;
        for (String key : List.of("firstRefill", "trajectory", "langevinSteps", "lastStep", "restartSteps",
                "restartSigma")) {
            String shorter = earlier.replaceAll(",\\s*\"" + key + "\": [^,}\\s]*", "");
            assertThat(shorter).isNotEqualTo(earlier);
            earlier = shorter;
        }

        assertThat(ConfigReader.parse(earlier, "config.json")).isEqualTo(ConfigReader.parse(json, "config.json"));
    }

    @Test
    void wantsEverySetting() {
        String json = ConfigWriter.json(set()).replaceFirst("\"beta1\".*\n", "");

        assertThatThrownBy(() -> ConfigReader.parse(json, "config.json")).isInstanceOf(ConfigException.class)
                .hasMessage("config.json: key 'optimiser.beta1' is missing");
    }
}
