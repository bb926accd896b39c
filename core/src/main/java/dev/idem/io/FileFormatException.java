package dev.idem.io;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file is not what it should be: foreign, damaged or of the wrong shape.
 *
 * <p>It is an {@link IOException} because whoever reads a file has to expect it, like a missing file, and it is a type
 * of its own because it is the input that is wrong, not the machine: a command reports it as a mistake of the caller.
 */
public final class FileFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Describes what is wrong, in one line: {@code FILE: FOUND; must be ALLOWED}.
     *
     * @param file the file
     * @param found what was found
     * @param allowed what is allowed
     */
    public FileFormatException(Path file, String found, String allowed) {
        super(file + ": " + found + "; must be " + allowed);
    }
}
