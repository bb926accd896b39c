package dev.idem.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One training at a time, of this process or of another. */
class FolderLockTest {

    private static final String TAKEN = "taken";

    @TempDir
    private Path folder;

    /** Another process: takes the folder, says so, and keeps it until its input ends. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            try (FolderLock _ = FolderLock.take(Path.of(arguments[0]))) {
                System.out.println(TAKEN);
                while (System.in.read() >= 0) {
                    // waits
                }
            }
        }
    }

    @Test
    void anotherProcessIsKeptOutUntilThisOneEnds() throws IOException, InterruptedException {
        Process holder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Holder.class.getName(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader said = holder.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo(TAKEN);
            assertRefused();
            holder.destroyForcibly();
            assertThat(holder.waitFor()).isNotZero();
            FolderLock.take(folder).close(); // what a killed process leaves does not stand in the way
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void refusalsDoNotLoosenTheLock() throws IOException, InterruptedException {
        try (FolderLock _ = FolderLock.take(folder)) {
            assertRefused();
            assertRefused();
            Process second = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp", System.getProperty("java.class.path"), Holder.class.getName(), folder.toString())
                    .redirectErrorStream(true).redirectInput(Files.createTempFile("empty", "").toFile()).start();
            try (BufferedReader said = second.inputReader(StandardCharsets.UTF_8)) {
                assertThat(String.join("\n", said.readAllLines())).contains("another training is running");
            }
            assertThat(second.waitFor()).isNotZero();
        }
        FolderLock.take(folder).close();
    }

    private void assertRefused() {
        assertThatThrownBy(() -> FolderLock.take(folder)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another training").hasMessageContaining(folder.toString());
    }
}
