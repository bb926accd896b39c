package dev.idem.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders that look like JDKs. */
final class FakeJdk {

    private FakeJdk() {}

    /** Makes a folder with a {@code bin/java} and a {@code release} file of the version, the vector module inside. */
    static Path make(Path home, String version) {
        return make(home, version, "java.base java.desktop jdk.incubator.vector jdk.jfr");
    }

    static Path make(Path home, String version, String modules) {
        try {
            Files.createDirectories(home.resolve("bin"));
            Path program = Files.createFile(home.resolve("bin/java"));
            if (!program.toFile().setExecutable(true)) {
                throw new IllegalStateException(program + " cannot be made executable");
            }
            Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version
                    + "\"\nMODULES=\"" + modules + "\"\nOS_NAME=\"Linux\"\n");
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
