package dev.idem.train;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps other trainings out of a folder until it is closed, or its process ends.
 *
 * <p>Processes are kept apart by a lock on a file of its own, {@code .lock}, which stays: one that is removed may still be taken by who has
 * opened it before. A process loses its locks on a file when it closes any channel of it, so that trainings of one process are kept apart by
 * a set of folders, and nothing else opens the file.
 */
final class FolderLock implements AutoCloseable {

    /** Name of the file. */
    static final String FILE = ".lock";

    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes a folder that exists.
     *
     * @throws IllegalArgumentException if another training has it
     * @throws IOException if the file cannot be opened
     */
    static FolderLock take(Path path) throws IOException {
        Path folder = path.toRealPath();
        if (!HELD.add(folder)) {
            throw inUse(path);
        }
        try {
            return new FolderLock(folder, locked(path, folder.resolve(FILE)));
        } catch (IOException | RuntimeException e) {
            HELD.remove(folder);
            throw e;
        }
    }

    private static FileChannel locked(Path path, Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw inUse(path);
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static IllegalArgumentException inUse(Path folder) {
        return new IllegalArgumentException("another training is running in " + folder
                + "; wait for its end, stop it, or choose another folder with --out");
    }

    /** Returns whether a path is that of a lock's file. */
    static boolean isFile(Path path) {
        return path.endsWith(FILE) && Files.isRegularFile(path);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(folder);
        }
    }
}
