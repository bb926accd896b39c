package dev.idem.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** One wording for failures of the machine: what could not be done to which file, and why. */
final class IoFailure {

    private IoFailure() {}

    /**
     * Returns an exception that says {@code cannot VERB FILE: REASON}, because the JDK's own often lack the file or the
     * reason; exceptions that already name the file are returned as they are.
     */
    static IOException of(String verb, Path file, IOException cause) {
        if (cause instanceof FileFormatException || cause instanceof Described) {
            return cause;
        }
        return new Described("cannot " + verb + " " + file + ": " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        String message = switch (cause) {
            case AccessDeniedException e -> "permission denied";
            case NoSuchFileException e -> "no such file or folder";
            case FileAlreadyExistsException e -> "it exists already";
            case FileSystemException e -> e.getReason();
            default -> cause.getMessage();
        };
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private static final class Described extends IOException {

        private static final long serialVersionUID = 1L;

        Described(String message, IOException cause) {
            super(message, cause);
        }
    }
}
