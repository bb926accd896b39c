package dev.idem.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    private Path folder;

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void write(AtomicFile file, String text) throws IOException {
        file.stream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void appearsOnlyWhenCommitted() throws IOException {
        Path target = folder.resolve("a.txt");
        try (AtomicFile file = AtomicFile.create(target)) {
            write(file, "half");
            assertThat(target).doesNotExist();
            write(file, " and half");
            assertThat(file.target()).isEqualTo(target);
            file.commit();
            assertThat(target).hasContent("half and half");
        }
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void leavesNothingWithoutCommit() throws IOException {
        Path target = folder.resolve("a.txt");
        AtomicFile.writeText(target, "old");
        try (AtomicFile file = AtomicFile.replace(target)) {
            write(file, "new");
        }
        assertThat(target).hasContent("old");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void replacesAnOlderFileInOneStep() throws IOException {
        Path target = folder.resolve("ä b.txt");
        AtomicFile.writeText(target, "a long old text");
        AtomicFile.writeText(target, "ünew");
        assertThat(Files.readString(target)).isEqualTo("ünew");
        assertThat(names()).hasSize(1);
    }

    @Test
    void doesNotReplaceWhatMustNotExist() throws IOException {
        Path target = folder.resolve("a.txt");
        try (AtomicFile file = AtomicFile.create(target)) {
            write(file, "mine");
            Files.writeString(target, "somebody else's");
            assertThatIOException().isThrownBy(file::commit)
                    .withMessage("cannot write " + target + ": it exists already");
        }
        assertThatIOException().isThrownBy(() -> AtomicFile.create(target).close())
                .withMessageContaining("it exists already");
        assertThat(target).hasContent("somebody else's");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void namesTheFileAndTheReason() throws IOException {
        Path inNowhere = folder.resolve("no/where.txt");
        assertThatIOException().isThrownBy(() -> AtomicFile.writeText(inNowhere, ""))
                .withMessage("cannot write " + inNowhere + ": no such file or folder");
        Path plain = Files.writeString(folder.resolve("plain"), "");
        assertThatIOException().isThrownBy(() -> AtomicFile.writeText(plain.resolve("a.txt"), ""))
                .withMessage("cannot write " + plain.resolve("a.txt") + ": " + plain + " is not a folder");
        assertThatIOException().isThrownBy(() -> AtomicFile.writeText(folder, ""))
                .withMessage("cannot write " + folder + ": it exists and is not a plain file");
        assertThatIOException().isThrownBy(() -> AtomicFile.writeText(Path.of("/"), ""))
                .withMessageStartingWith("cannot write /: ");
    }

    @Test
    void doesNotWriteIntoAFolderWithoutPermission() throws IOException {
        Assumptions.assumeTrue(Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null,
                "needs permissions as on Unix");
        Path locked = Files.createDirectory(folder.resolve("locked"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        Assumptions.assumeFalse(Files.isWritable(locked), "this user may write anywhere");
        assertThatIOException().isThrownBy(() -> AtomicFile.writeText(locked.resolve("a.txt"), ""))
                .withMessage("cannot write " + locked.resolve("a.txt") + ": permission denied");
    }

    @Test
    void refusesDevicesAndLinks() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        Path link = folder.resolve("link");
        Assumptions.assumeTrue(isLinked(link, file), "needs symbolic links");
        assertThatIOException().isThrownBy(() -> AtomicFile.writeText(link, "new"))
                .withMessageContaining("not a plain file");
        assertThat(file).hasContent("old");
    }

    private static boolean isLinked(Path link, Path file) throws IOException {
        try {
            Files.createSymbolicLink(link, file);
            return true;
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }

    @Test
    void failureOfTheDiskNamesTheFile() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        Path target = folder.resolve("a.txt");
        try (OutputStream stream = new AtomicFile.NamedStream(full, target)) {
            assertThatIOException().isThrownBy(() -> stream.write(1))
                    .withMessage("cannot write " + target + ": No space left on device");
            assertThatIOException().isThrownBy(() -> stream.write(new byte[10]))
                    .withMessage("cannot write " + target + ": No space left on device");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void interruptedThreadCanStillWrite() throws IOException {
        Path target = folder.resolve("a.txt");
        Thread.currentThread().interrupt();
        try {
            AtomicFile.writeText(target, "saved");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(target).hasContent("saved");
    }

    @Test
    void canBeCommittedOnce() throws IOException {
        try (AtomicFile file = AtomicFile.create(folder.resolve("a.txt"))) {
            file.commit();
            assertThatIllegalStateException().isThrownBy(file::commit);
        }
        AtomicFile closed = AtomicFile.create(folder.resolve("b.txt"));
        closed.close();
        closed.close();
        assertThatIllegalStateException().isThrownBy(closed::commit);
        assertThat(names()).containsExactly("a.txt");
    }
}
