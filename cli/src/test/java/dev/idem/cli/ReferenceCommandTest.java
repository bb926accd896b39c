package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.io.SampleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceCommandTest {

    @TempDir
    private static Path folder;

    private static IdemRun reference(String task, Path file, String... more) {
        String[] args = {"reference", task, "--out", file.toString(), "--burn-in", "128", "--count"};
        String[] all = Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return IdemRun.of(all);
    }

    @Test
    void writesSamplesAndWhereTheyComeFrom() throws IOException {
        Path file = folder.resolve("dw4.npy");
        IdemRun run = reference("dw4", file, "300", "--seed", "7", "--threads", "2");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(SampleReader.read(file, 8).values()).hasSize(2400);
        assertThat(run.out()).contains("300 samples of dw4").containsPattern("temperature +step")
                .containsPattern("(?m)^pairDistance +[34]\\.\\d+");
        assertThat(Files.readString(folder.resolve("dw4.npy.json"))).contains("\"task\" : \"dw4\"", "\"seed\" : 7",
                "PairDoubleWell[", "\"energyCalls\"", "\"exchangeRate\"", "\"rHat\"", "\"effectiveSize\"",
                "\"version\"");

        Path again = folder.resolve("again.npy");
        reference("dw4", again, "300", "--seed", "7", "--threads", "1");
        assertThat(again).hasSameBinaryContentAs(file);
    }

    @Test
    void warnsWhereTheSamplesAreNotToBeTrusted() {
        IdemRun run = reference("lj13", folder.resolve("few.npy"), "16");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("idem: warning: R-hat is ").contains("idem: warning: the samples are worth");
    }

    @Test
    void refusesWhatItCannotDo() throws IOException {
        assertThat(reference("dw5", folder.resolve("x.npy"), "10").errorLine())
                .contains("there is no reference sampler of 'dw5'").contains("lj55");
        assertThat(reference("dw4", folder.resolve("x.txt"), "10").exitCode()).isEqualTo(2);
        assertThat(reference("dw4", folder.resolve("x.npy"), "0").errorLine()).contains("--count must be at least 1");
        assertThat(reference("dw4", folder.resolve("x.npy"), "10", "--threads", "0").exitCode()).isEqualTo(2);
        Path file = folder.resolve("kept.npy");
        Files.writeString(file, "mine");
        IdemRun run = reference("dw4", file, "10");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).contains("exists already; --force replaces it");
        assertThat(Files.readString(file)).isEqualTo("mine");
    }
}
