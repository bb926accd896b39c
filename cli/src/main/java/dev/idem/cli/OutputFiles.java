package dev.idem.cli;

import dev.idem.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Files that a command writes: none takes the place of another unless that is asked for. */
final class OutputFiles {

    private static final String FORCE = "--force";

    @Option(names = FORCE, description = "Replace files that exist.")
    private boolean force;

    boolean replaces() {
        return force;
    }

    /**
     * Checks that a file may be written.
     *
     * @throws IllegalArgumentException if it exists and is not to be replaced
     */
    void requireNew(Path file) {
        if (!force && Files.exists(file)) {
            throw new IllegalArgumentException(file + " exists already; " + FORCE + " replaces it");
        }
    }

    /** Writes a file that appears whole or not at all. */
    void write(Path file, byte[] content) throws IOException {
        try (AtomicFile target = force ? AtomicFile.replace(file) : AtomicFile.create(file)) {
            target.stream().write(content);
            target.commit();
        }
    }
}
