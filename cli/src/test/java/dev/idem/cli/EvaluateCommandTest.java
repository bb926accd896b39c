package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.io.FloatMatrix;
import dev.idem.io.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluateCommandTest {

    @TempDir
    private static Path folder;

    private static Path trained;

    @BeforeAll
    static void train() {
        trained = folder.resolve("trained");
        IdemRun run = IdemRun.trainTiny("gmm40", "--out", trained.toString(), "--seed", "5", "--quiet");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static JsonNode json(String... args) throws IOException {
        IdemRun run = IdemRun.of(args);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void findsTheFiguresOfTheSummaryAgain() throws IOException {
        JsonNode summary = new ObjectMapper().readTree(trained.resolve("summary.json").toFile());

        JsonNode run = json("evaluate", trained.toString(), "--json", "-");
        JsonNode file = json("evaluate", trained.resolve("samples.npy").toString(), "--json", "-");

        assertThat(run.get("metrics")).isEqualTo(summary.get("metrics"));
        assertThat(file.get("metrics")).isEqualTo(summary.get("metrics"));
        assertThat(run.get("samples").intValue()).isEqualTo(200);
        assertThat(run.get("task").textValue()).isEqualTo("gmm40");
    }

    @Test
    void printsATableAndWritesJson() throws IOException {
        Path file = folder.resolve("figures.json");

        IdemRun run = IdemRun.of("evaluate", trained.toString(), "--samples", "100", "--seed", "9", "--json",
                file.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("100 samples of gmm40 from " + trained)
                .containsPattern("modesHit +\\d+ +\\d+ +modes").contains("± ");
        assertThat(new ObjectMapper().readTree(file.toFile()).get("seed").longValue()).isEqualTo(9);
        IdemRun again = IdemRun.of("evaluate", trained.toString(), "--json", file.toString());
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.errorLine()).contains("exists already; --force replaces it");
    }

    @Test
    void judgesFilesOfOthers() throws IOException {
        Path file = folder.resolve("own.npy");
        NpyFile.write(file, new FloatMatrix(3, 2, new float[] {0, 0, 1, 1, 2, 2}));

        JsonNode alone = json("evaluate", file.toString(), "--task", "gmm40", "--json", "-");
        JsonNode beside = json("evaluate", file.toString(), "--task", "gmm40", "--json", "-", "--reference",
                trained.resolve("samples.npy").toString());

        assertThat(alone.get("samples").intValue()).isEqualTo(3);
        assertThat(alone.get("metrics").has("referenceW2")).isFalse();
        assertThat(beside.get("metrics").get("referenceW2").get("value").doubleValue()).isPositive();
    }

    @Test
    void judgesSamplesOfAMixtureInAFile() throws IOException {
        Path config = Files.writeString(folder.resolve("one.json"),
                "{\"mixture\": {\"weights\": [1], \"means\": [[0, 0]], \"standardDeviations\": [1]}}");
        Path file = folder.resolve("centre.npy");
        NpyFile.write(file, new FloatMatrix(2, 2, new float[4]));

        JsonNode judged = json("evaluate", file.toString(), "--config", config.toString(), "--json", "-");

        assertThat(judged.get("metrics").get("meanLogDensity").get("value").doubleValue())
                .isCloseTo(-Math.log(2 * Math.PI), within(1e-9));
    }

    @Test
    void putsControlsBesideTheSamplerOfParticles() throws IOException {
        Path run = folder.resolve("particles");
        IdemRun training = IdemRun.trainTiny("dw4", "--out", run.toString(), "--quiet");
        assertThat(training.exitCode()).as(training.err()).isZero();
        long calls = new ObjectMapper().readTree(run.resolve("summary.json").toFile()).get("energyCalls").longValue();
        Path file = folder.resolve("controls.json");

        IdemRun judged = IdemRun.of("evaluate", run.toString(), "--samples", "40", "--controls", "--energy-calls",
                "3e5",
                "--langevin", "4", "--json", file.toString(), "--threads", "1");

        assertThat(judged.exitCode()).as(judged.err()).isZero();
        assertThat(judged.out()).containsPattern("figure +bare +bare \\+ 4 +langevin +tempering +relaxed \\+ 4 +exact")
                .containsPattern("virial +\\S+").contains("adapted in the first half");
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        JsonNode compared = json.get("compared");
        assertThat(compared.fieldNames()).toIterable().containsExactly("bare", "moved", "langevin", "tempering",
                "relaxed");
        assertThat(compared.get("bare").get("energyCalls").longValue()).isEqualTo(calls);
        assertThat(compared.get("moved").get("energyCalls").longValue()).isEqualTo(calls + 5 * 40);
        assertThat(compared.get("langevin").get("energyCalls").longValue()).isBetween(299_960L, 300_000L);
        assertThat(json.get("metrics")).isEqualTo(compared.get("moved").get("metrics"));

        IdemRun bare = IdemRun.of("evaluate", run.toString(), "--samples", "40", "--json", "-", "--threads", "1");
        assertThat(new ObjectMapper().readTree(bare.out()).get("metrics"))
                .isEqualTo(compared.get("bare").get("metrics"));
        assertThat(new ObjectMapper().readTree(bare.out()).get("compared").isEmpty()).isTrue();

        IdemRun few = IdemRun.of("evaluate", run.toString(), "--samples", "40", "--controls", "--energy-calls", "10");
        assertThat(few.exitCode()).isEqualTo(2);
        assertThat(few.errorLine()).contains("10 energy calls are too few for 40 samples");
    }

    @Test
    void givesTheExcessLossOfANetwork() throws IOException {
        Path reference = trained.resolve("samples.npy");
        Path file = folder.resolve("excess.json");

        IdemRun judged = IdemRun.of("evaluate", trained.toString(), "--reference", reference.toString(),
                "--excess-loss", "20", "--json", file.toString());

        assertThat(judged.exitCode()).as(judged.err()).isZero();
        assertThat(judged.out()).containsPattern("noise level +excess loss").contains(" nats, a bound");
        JsonNode excess = new ObjectMapper().readTree(file.toFile()).get("excessLoss");
        assertThat(excess.get("levels")).hasSize(12);
        assertThat(excess.get("levels").get(0).get("excess").get("value").isNumber()).isTrue();

        IdemRun alone = IdemRun.of("evaluate", trained.toString(), "--excess-loss", "20");
        assertThat(alone.exitCode()).isEqualTo(2);
        assertThat(alone.errorLine()).contains("--excess-loss is of a run's network at samples of a --reference");
    }

    @Test
    void givesTheFiguresOfSamplesThatMakeNoPicture() throws IOException {
        Path file = folder.resolve("alike.npy");
        NpyFile.write(file, new FloatMatrix(2, 8, new float[16]));
        Path picture = folder.resolve("alike.png");

        IdemRun run = IdemRun.of("evaluate", file.toString(), "--task", "dw4", "--picture", picture.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.errorLine()).startsWith("idem: no picture: fewer than two different energies");
        assertThat(run.out()).contains("2 samples of dw4").containsPattern("meanEnergy +\\S+");
        assertThat(picture).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"DIR/none.npy | there is no run or file",
            "DIR | it is not the folder of a run", "RUN --task gmm40 | which knows its task",
            "RUN --set loop.epochs=3 | which knows its task", "RUN --samples 0 | --samples must be at least 1, got 0",
            "RUN/config.json | ends in none of .npy, .npz and .csv",
            "RUN/samples.npy --samples 3 | is of use for a run", "DIR/bad.npy | say which task",
            "DIR/bad.npy --task gmm40 | must be", "DIR/bad.npy --task none | no task 'none'",
            "DIR/three.npy --task gmm40 | it has rows of 3 numbers; must be rows of 2",
            "RUN --controls | is of particles; gmm40 has none", "RUN --energy-calls 5 | add --controls",
            "RUN/samples.npy --controls | give the folder of a run",
            "RUN --reference DIR/three.npy | rows of 3 numbers", "RUN --reference DIR/none.npy | no such file",
            "RUN --controls --reference DIR/none.npy | no such file",
            "RUN --controls --picture DIR/none.png | --picture is of particles; gmm40 has none",
            "DIR/same.npy --task dw4 --reference DIR/same.npy | at least 2 different energies"})
    void refusesBadInput(String line, String message) throws IOException {
        Files.writeString(folder.resolve("bad.npy"), "no numbers");
        NpyFile.write(folder.resolve("three.npy"), new FloatMatrix(2, 3, new float[6]));
        NpyFile.write(folder.resolve("same.npy"), new FloatMatrix(2, 8, new float[16]));

        IdemRun run = IdemRun
                .of(("evaluate " + line.replace("RUN", trained.toString()).replace("DIR", folder.toString()))
                        .split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).startsWith("idem: ").contains(message);
        assertThat(run.out()).isEmpty();
    }
}
