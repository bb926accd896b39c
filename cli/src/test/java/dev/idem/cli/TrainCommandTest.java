package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.config.ConfigReader;
import dev.idem.io.FloatMatrix;
import dev.idem.io.NpyFile;
import dev.idem.io.SampleReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainCommandTest {

    @TempDir
    private static Path folder;

    private static Path trained;
    private static IdemRun training;

    @BeforeAll
    static void train() {
        trained = folder.resolve("trained");
        training = IdemRun.trainTiny("gmm40", "--out", trained.toString(), "--seed", "5", "--threads", "1");
    }

    @Test
    void saysWhatItWillDoAndWhatCameOut() {
        assertThat(training.exitCode()).as(training.err()).isZero();
        assertThat(training.err()).containsPattern("idem \\S+: training gmm40, preset smoke, seed 5")
                .containsPattern("training +6 steps, 3 an epoch, 16 points a step")
                .containsPattern("energy +1,536 calls").containsPattern("time +about .* s on cpu, 1 thread;")
                .contains("epoch 2/2  loss ").doesNotContain("\u001b", "Exception");
        assertThat(training.out()).containsPattern("figure +samples +exact").containsPattern("w2OverFloor +\\d")
                .contains("6 steps, 1,536 energy calls").contains(trained + ": checkpoints/ config.json ")
                .contains("idem sample " + trained).doesNotContain("\u001b");
    }

    @Test
    void writesARunFolder() throws IOException {
        assertThat(trained).isDirectoryContaining("glob:**/checkpoints");
        assertThat(SampleReader.read(trained.resolve("samples.npy"), 2).rows()).isEqualTo(200);
        assertThat(Files.readAllLines(trained.resolve("metrics.jsonl"))).hasSize(2);
        assertThat(ConfigReader.read(trained.resolve("config.json")).seed()).isEqualTo(5);
        assertThat(Files.size(trained.resolve("samples.png"))).isGreaterThan(1000);
        assertThat(Files.size(trained.resolve("weights.safetensors"))).isGreaterThan(1000);
        JsonNode summary = new ObjectMapper().readTree(trained.resolve("summary.json").toFile());
        assertThat(summary.fieldNames()).toIterable().contains("wallSeconds", "trainSeconds", "energyCalls",
                "peakHeapBytes", "seed", "task", "preset", "device", "version", "metrics");
        assertThat(summary.get("energyCalls").longValue()).isEqualTo(6 * 16 * 16);
        assertThat(summary.get("metrics").get("modesHit").get("floor").doubleValue()).isPositive();
    }

    @Test
    void comparesWithAReferenceAtTheEnd() throws IOException {
        Path reference = folder.resolve("reference.npy");
        assertThat(IdemRun.of("reference", "dw4", "--count", "120", "--burn-in", "64", "--out", reference.toString())
                .exitCode()).isZero();
        Path run = folder.resolve("compared");
        IdemRun compared = IdemRun.trainTiny("dw4", "--out", run.toString(), "--reference", reference.toString(),
                "--set",
                "evaluation.langevinSteps=8", "--set", "refine.stepSize=0.03", "--set", "refine.trajectory=2");

        assertThat(compared.exitCode()).as(compared.err()).isZero();
        assertThat(compared.out()).containsPattern("energyW2 +\\S+");
        JsonNode metrics = new ObjectMapper().readTree(run.resolve("summary.json").toFile()).get("metrics");
        assertThat(metrics.get("distanceTv").get("value").doubleValue()).isPositive();
        JsonNode after = new ObjectMapper().readTree(run.resolve("summary.json").toFile()).get("afterLangevin");
        assertThat(compared.out()).containsPattern("figure +bare +bare \\+ 8 +exact").contains("in trajectories of 2",
                "% accepted");
        assertThat(after.get("acceptance").doubleValue()).isBetween(0.01, 0.999);
        assertThat(after.get("energyCalls").longValue()).isEqualTo(9 * 200);
        assertThat(after.get("metrics").get("meanEnergy").get("value").doubleValue())
                .isLessThan(metrics.get("meanEnergy").get("value").doubleValue());
        Path moved = folder.resolve("moved.json");
        assertThat(IdemRun.of("evaluate", run.toString(), "--langevin", "8", "--reference", reference.toString(),
                "--json", moved.toString()).exitCode()).isZero();
        assertThat(new ObjectMapper().readTree(moved.toFile()).get("metrics")).isEqualTo(after.get("metrics"));
        BufferedImage picture = ImageIO.read(run.resolve("samples.png").toFile());
        assertThat(picture.getWidth()).isEqualTo(2 * picture.getHeight());

        float[] broken = SampleReader.read(reference, 8).values();
        broken[9] = Float.NaN;
        Path bad = folder.resolve("bad.npy");
        NpyFile.write(bad, new FloatMatrix(120, 8, broken));
        Path refused = folder.resolve("refused");
        IdemRun early = IdemRun.trainTiny("dw4", "--out", refused.toString(), "--reference", bad.toString());
        assertThat(early.exitCode()).isEqualTo(2);
        assertThat(early.errorLine()).contains("bad.npy: it has NaN in row 1, column 1");
        assertThat(refused).doesNotExist();
    }

    @Test
    void givesTheSameSamplesForTheSameSeed() throws IOException {
        Path again = folder.resolve("again");
        IdemRun run = IdemRun.trainTiny("gmm40", "--out", again.toString(), "--seed", "5", "--threads", "2", "--quiet");

        assertThat(run).isEqualTo(new IdemRun(0, again + System.lineSeparator(), ""));
        assertThat(again.resolve("samples.npy")).hasSameBinaryContentAs(trained.resolve("samples.npy"));
    }

    @Test
    void takesItsOwnConfigJson() throws IOException {
        Path copy = folder.resolve("copy");
        IdemRun run = IdemRun.of("train", "--config", trained.resolve("config.json").toString(), "--out",
                copy.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(copy.resolve("samples.npy")).hasSameBinaryContentAs(trained.resolve("samples.npy"));
    }

    @Test
    void stopsAtALimitAndGoesOn() throws IOException {
        Path limited = folder.resolve("limited");
        IdemRun first = IdemRun.trainTiny("gmm40", "--seed", "5", "--out", limited.toString(), "--max-energy-calls",
                "1100");

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).contains("4 steps, 1,024 energy calls").contains("idem train --resume " + limited);

        IdemRun second = IdemRun.of("train", "--resume", limited.toString());

        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.err()).contains(": continuing gmm40").contains("2 steps left");
        assertThat(limited.resolve("samples.npy")).hasSameBinaryContentAs(trained.resolve("samples.npy"));
    }

    @Test
    void goesOnWithAFinishedRunWithoutHarm() {
        Path finished = folder.resolve("finished");
        IdemRun.trainTiny("gmm40", "--seed", "5", "--out", finished.toString());

        IdemRun run = IdemRun.of("train", "--resume", finished.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(finished.resolve("samples.npy")).hasSameBinaryContentAs(trained.resolve("samples.npy"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"gmm40 | gmm40", "--seed 3 | --seed", "--preset smoke | --preset",
            "--set loop.epochs=9 | --set", "--config x.json | --config", "--out there | --out",
            "--energy a.B --seed 3 | --seed, --energy"})
    void refusesToContradictTheRunItResumes(String options, String named) {
        List<String> args = new ArrayList<>(List.of("train", "--resume", trained.toString()));
        args.addAll(List.of(options.split(" ")));
        IdemRun run = IdemRun.of(args.toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).isEqualTo("idem: --resume takes task, settings, seed and folder from " + trained
                + "; leave out " + named);
    }

    @Test
    void overwritesNothing() throws IOException {
        byte[] before = Files.readAllBytes(trained.resolve("samples.npy"));

        IdemRun run = IdemRun.trainTiny("gmm40", "--out", trained.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).contains("holds files already", "--resume");
        assertThat(trained.resolve("samples.npy")).hasBinaryContent(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"--threads 0 | --threads must be at least 1, got 0",
            "--device abacus | there is no device 'abacus'; devices here: auto, cpu",
            "--max-energy-calls 0 | must be at least 1, got 0"})
    void refusesBadInput(String options, String message) {
        Path bad = folder.resolve("bad");
        List<String> args = new ArrayList<>(List.of("gmm40", "--quiet", "--out", bad.toString()));
        args.addAll(List.of(options.split(" ")));
        IdemRun run = IdemRun.trainTiny(args.toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).startsWith("idem: ").contains(message);
        assertThat(bad).doesNotExist();
    }

    @Test
    void refusesFoldersThatHoldNoRun() {
        IdemRun run = IdemRun.of("train", "--resume", folder.resolve("none").toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).contains("it is not the folder of a run");
    }

    @Test
    void refusesDamagedCheckpoints() throws IOException {
        Path damaged = folder.resolve("damaged");
        IdemRun.trainTiny("gmm40", "--out", damaged.toString());
        List<Path> checkpoints;
        try (var files = Files.list(damaged.resolve("checkpoints"))) {
            checkpoints = files.toList();
        }
        for (Path checkpoint : checkpoints) {
            byte[] whole = Files.readAllBytes(checkpoint);
            Files.write(checkpoint, Arrays.copyOf(whole, whole.length / 2));
        }

        IdemRun run = IdemRun.of("train", "--resume", damaged.toString(), "--quiet");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).startsWith("idem: ").contains("step-").doesNotContain("Exception");
    }
}
