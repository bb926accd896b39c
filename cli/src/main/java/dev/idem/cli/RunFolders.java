package dev.idem.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the folder of a new run. */
final class RunFolders {

    private static final Path PARENT = Path.of("runs");

    private RunFolders() {}

    /** Makes the first free of {@code runs/TASK-1}, {@code runs/TASK-2}, …; runs started at once get one each. */
    static Path reserve(String task) throws IOException {
        return reserve(PARENT, task);
    }

    static Path reserve(Path parent, String task) throws IOException {
        try {
            Files.createDirectories(parent);
            int number = 1;
            while (true) {
                try {
                    return Files.createDirectory(parent.resolve(task + "-" + number));
                } catch (FileAlreadyExistsException e) {
                    number++;
                }
            }
        } catch (FileSystemException e) {
            throw new IOException(
                    "cannot make a folder in " + parent + ": " + reason(e) + "; choose another with --out", e);
        }
    }

    private static String reason(FileSystemException e) {
        return e.getReason() == null ? e.getClass().getSimpleName().replace("Exception", "") : e.getReason();
    }

    /** Removes a reserved folder in which nothing was written. */
    static void release(Path folder) throws IOException {
        if (Files.isDirectory(folder) && isEmpty(folder)) {
            Files.delete(folder);
        }
    }

    /**
     * Refuses a folder that a new run must not be written to, before anything is computed.
     *
     * @throws IllegalArgumentException if it is a file, holds files or cannot be written
     */
    static void requireFree(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("the output folder " + folder + " is a file");
        }
        if (Files.isDirectory(folder) && !isEmpty(folder)) {
            throw new IllegalArgumentException(
                    "the output folder " + folder + " holds files already; choose another with "
                            + "--out, or continue its run with --resume " + folder);
        }
        Path existing = folder.toAbsolutePath();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
            throw new IllegalArgumentException("the output folder " + folder + " cannot be made or written: " + existing
                    + " is no folder that may be written");
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            return !files.iterator().hasNext();
        }
    }
}
