package dev.idem.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Equality of noise and scores between vector widths, and between interpreter and compiled code. */
class ScoreBitsTest {

    private static final int REPETITIONS = 2000;

    @TempDir
    Path folder;

    private String digestOfAnotherMachine(String... options) throws IOException, InterruptedException {
        Path result = folder.resolve("digest");
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-cp",
                ManagementFactory.getRuntimeMXBean().getClassPath()));
        command.addAll(List.of(options));
        command.addAll(List.of(ScoreDigest.class.getName(), result.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile()).start();
        assertThat(process.waitFor()).as(Files.readString(folder.resolve("log"))).isZero();
        return Files.readString(result);
    }

    @Test
    void everyWidthAndTheInterpreterGiveTheBitsOfHotCode() throws IOException, InterruptedException {
        int cold = ScoreDigest.digest();
        for (int i = 0; i < REPETITIONS; i++) {
            assertThat(ScoreDigest.digest()).isEqualTo(cold);
        }
        String width = "-D" + Settings.VECTOR_BITS + "=";
        assertThat(digestOfAnotherMachine(width + 128)).isEqualTo("128 " + cold);
        assertThat(digestOfAnotherMachine(width + 256, "-Xint")).isEqualTo("256 " + cold);
        assertThat(digestOfAnotherMachine(width + 512)).isEqualTo("512 " + cold);
    }
}
