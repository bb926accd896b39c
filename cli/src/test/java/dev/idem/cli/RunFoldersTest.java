package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFoldersTest {

    @TempDir
    private Path folder;

    @Test
    void takesTheFirstFreeNumber() throws IOException {
        Path runs = folder.resolve("runs");

        assertThat(RunFolders.reserve(runs, "gmm40")).isEqualTo(runs.resolve("gmm40-1")).isDirectory();
        assertThat(RunFolders.reserve(runs, "gmm40")).isEqualTo(runs.resolve("gmm40-2"));
        RunFolders.release(runs.resolve("gmm40-1"));
        assertThat(RunFolders.reserve(runs, "gmm40")).isEqualTo(runs.resolve("gmm40-1"));
    }

    @Test
    void releasesOnlyWhatIsEmpty() throws IOException {
        Path run = RunFolders.reserve(folder, "host");
        Files.writeString(run.resolve("config.json"), "{}");

        RunFolders.release(run);

        assertThat(run.resolve("config.json")).exists();
    }

    @Test
    void refusesFoldersInUse() throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        Files.writeString(Files.createDirectory(folder.resolve("full")).resolve("x"), "x");
        Files.writeString(folder.resolve("file"), "x");

        assertThatCode(() -> RunFolders.requireFree(folder.resolve("empty"))).doesNotThrowAnyException();
        assertThatCode(() -> RunFolders.requireFree(folder.resolve("new/one"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> RunFolders.requireFree(folder.resolve("full")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("holds files already");
        assertThatThrownBy(() -> RunFolders.requireFree(folder.resolve("file")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is a file");
        assertThatThrownBy(() -> RunFolders.requireFree(folder.resolve("file/below")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("cannot be made or written");
    }
}
