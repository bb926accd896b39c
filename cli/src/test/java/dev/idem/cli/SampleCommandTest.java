package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.io.FloatMatrix;
import dev.idem.io.SampleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleCommandTest {

    @TempDir
    private static Path folder;

    private static String trained;

    @BeforeAll
    static void train() {
        trained = folder.resolve("trained").toString();
        IdemRun run = IdemRun.trainTiny("gmm40", "--out", trained, "--seed", "5", "--quiet");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static FloatMatrix draw(String name, String... more) throws IOException {
        Path file = folder.resolve(name);
        String[] args = {"sample", trained, "--out", file.toString(), "--count"};
        String[] all = Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        IdemRun run = IdemRun.of(all);
        assertThat(run).isEqualTo(new IdemRun(0, "", ""));
        return SampleReader.read(file, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.npy", "a.npz", "a.csv"})
    void writesEveryKindOfFile(String name) throws IOException {
        FloatMatrix samples = draw(name, "200");

        // The run's own seed by default, so these are the samples that the run was judged by.
        assertThat(samples.values())
                .isEqualTo(SampleReader.read(Path.of(trained).resolve("samples.npy"), 2).values());
    }

    @Test
    void givesOtherSamplesForOtherSeeds() throws IOException {
        float[] first = draw("s1.npy", "1_500", "--seed", "1").values();
        float[] prefix = draw("s2.npy", "1e3", "--seed", "1", "--threads", "2").values();
        float[] other = draw("s3.npy", "1000", "--seed", "2").values();

        assertThat(first).hasSize(3000);
        assertThat(prefix).isEqualTo(Arrays.copyOf(first, 2000)).isNotEqualTo(other);
    }

    /** Moved samples do not depend on how many are drawn; a step so small is always accepted and hardly moves. */
    @ParameterizedTest
    @CsvSource({"1, 100", "3, 99.9"}) // a trajectory sums the rounding of its energies
    void movesSamplesByLangevinSteps(String trajectory, String accepted) throws IOException {
        float[] bare = draw("l0-" + trajectory + ".npy", "1100").values();
        String[] names = {"l1-" + trajectory + ".npy", "l2-" + trajectory + ".npy"};
        float[][] moved = new float[2][];
        for (int i = 0; i < 2; i++) {
            Path file = folder.resolve(names[i]);
            IdemRun run = IdemRun.of("sample", trained, "--count", i == 0 ? "1100" : "1030", "--out", file.toString(),
                    "--langevin", "3", "--step-size", "1e-9", "--trajectory", trajectory);
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).contains("Langevin: " + accepted + " % accepted, 8,192 energy calls"); // two batches of 1,024, 1 + 3 each
            moved[i] = SampleReader.read(file, 2).values();
        }
        assertThat(moved[1]).isEqualTo(Arrays.copyOf(moved[0], 2060));
        assertThat(moved[0]).isNotEqualTo(bare).containsExactly(bare, within(0.1f));
    }

    @Test
    void replacesFilesOnlyIfTold() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.csv"), "mine");

        IdemRun refused = IdemRun.of("sample", trained, "--count", "3", "--out", file.toString());

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.errorLine()).isEqualTo("idem: " + file + " exists already; --force replaces it");
        assertThat(file).hasContent("mine");
        assertThat(draw("mine.csv", "3", "--force").rows()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"RUN --count 0 --out DIR/x.npy | --count must be at least 1, got 0",
            "RUN --count -5 --out DIR/x.npy | --count must be at least 1, got -5",
            "RUN --count 5 --out DIR/x.txt | ends in none of .npy, .npz and .csv",
            "RUN --count 5e9 --out DIR/x.npy | count must lie in [1, 2^31 - 1024)",
            "RUN --count 5 --out DIR/none/x.npy | cannot write",
            "DIR/none --count 5 --out DIR/x.npy | it is not the folder of a run",
            "RUN --count 5 --out DIR/x.npy --device abacus | there is no device 'abacus'",
            "RUN --count 5 --out DIR/x.npy --langevin 0 | --langevin must be at least 1",
            "RUN --count 5 --out DIR/x.npy --unadjusted | add --langevin STEPS",
            "RUN --count 5 --out DIR/x.npy --trajectory 2 | add --langevin STEPS",
            "RUN --count 5 --out DIR/x.npy --langevin 3 --trajectory 2 | --langevin 3 must be a multiple of --trajectory, got 2",
            "RUN --count 5 --out DIR/x.npy --langevin 4 --trajectory 2 --unadjusted | need the Metropolis test",
            "RUN --count 5 --out DIR/x.npy --langevin 3 --step-size 0 | positive, finite step size",
            "RUN --count 5 --out DIR/x.npy --threads 0 | --threads must be at least 1, got 0"})
    void refusesBadInput(String line, String message) throws IOException {
        IdemRun run = IdemRun
                .of(("sample " + line.replace("RUN", trained).replace("DIR", folder.toString())).split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).startsWith("idem: ").contains(message);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains("x."));
        }
    }

    @Test
    void refusesDamagedWeights() throws IOException {
        Path damaged = folder.resolve("damaged");
        IdemRun.trainTiny("gmm40", "--out", damaged.toString(), "--quiet");
        Path weights = damaged.resolve("weights.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(whole, whole.length - 4));

        IdemRun run = IdemRun.of("sample", damaged.toString(), "--count", "5", "--out",
                folder.resolve("d.npy").toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).contains(weights.toString());
        assertThat(folder.resolve("d.npy")).doesNotExist();
    }
}
