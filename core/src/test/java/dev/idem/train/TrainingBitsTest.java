package dev.idem.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A short training has the same bits for every vector width, and in the interpreter, C1 and C2. */
class TrainingBitsTest {

    private static final long MINUTES = 5;

    @ParameterizedTest
    @ValueSource(strings = {"-Didem.vectorBits=128", "-Didem.vectorBits=256", "-Xint", "-XX:TieredStopAtLevel=1"})
    void bitsDoNotDependOnTheVirtualMachine(String flag) throws Exception {
        assertThat(forked(flag, 1)).isEqualTo(TrainingDigest.digest(1));
    }

    @Test
    void bitsDoNotDependOnTheNumberOfThreads() throws Exception {
        assertThat(TrainingDigest.digest(2)).isEqualTo(TrainingDigest.digest(1));
    }

    private static String forked(String flag, int threads) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector", flag, "-cp",
                place(TrainingDigest.class) + File.pathSeparator + place(Trainer.class), TrainingDigest.class.getName(),
                Integer.toString(threads)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as(output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output.lines().filter(line -> line.startsWith("digest ")).findFirst().orElseThrow().substring(7);
    }

    private static String place(Class<?> type) throws IOException {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
