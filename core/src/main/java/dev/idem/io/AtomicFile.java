package dev.idem.io;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file that appears complete or not at all.
 *
 * <p>Bytes go to a hidden file in the same folder. {@link #commit} forces them to the disk and renames it, which
 * replaces an older file in one step; {@link #close} without {@link #commit} removes it. Only a killed process leaves
 * the hidden file behind (its name ends in {@code .part}); it never has the final name.
 *
 * <pre>
 * try (AtomicFile file = AtomicFile.replace(path)) {
 *     file.stream().write(bytes);
 *     file.commit();
 * }
 * </pre>
 *
 * <p>All failures are {@link IOException}s that name the file and the reason. Not for use by several threads.
 */
public final class AtomicFile implements Closeable {

    private static final AtomicLong COUNTER = new AtomicLong();

    private final Path target;
    private final boolean replace;
    private final Path part;
    private final FileOutputStream file; // unlike a channel, it is not closed when its thread is interrupted
    private final OutputStream stream;
    private boolean open = true;

    private AtomicFile(Path target, boolean replace) throws IOException {
        this.target = target;
        this.replace = replace;
        try {
            requireFree();
            Path name = target.getFileName();
            if (name == null) {
                throw new IOException("it has no file name");
            }
            this.part = target.resolveSibling(
                    "." + name + "." + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet() + ".part");
            Path folder = target.toAbsolutePath().getParent();
            if (folder != null && Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new NotDirectoryException(folder.toString());
            }
            Files.createFile(part);
            this.file = new FileOutputStream(part.toFile());
        } catch (NotDirectoryException e) {
            throw IoFailure.of("write", target, new IOException(e.getMessage() + " is not a folder", e));
        } catch (IOException e) {
            throw IoFailure.of("write", target, e);
        }
        this.stream = new NamedStream(file, target);
    }

    /**
     * Begins a file that may replace an older one.
     *
     * @param target final name
     * @throws IOException if the folder is missing or cannot be written, or the name is taken by something other than a
     *             plain file
     */
    public static AtomicFile replace(Path target) throws IOException {
        return new AtomicFile(target, true);
    }

    /**
     * Begins a file that must not exist yet.
     *
     * @param target final name
     * @throws IOException as for {@link #replace}, or if the file exists, now or at {@link #commit}
     */
    public static AtomicFile create(Path target) throws IOException {
        return new AtomicFile(target, false);
    }

    /**
     * Writes a whole text file, replacing an older one.
     *
     * @param target final name
     * @param text content, encoded in UTF-8
     * @throws IOException if it cannot be written; an older file is then untouched
     */
    public static void writeText(Path target, String text) throws IOException {
        try (AtomicFile file = replace(target)) {
            file.stream().write(text.getBytes(StandardCharsets.UTF_8));
            file.commit();
        }
    }

    /** Returns the final name. */
    public Path target() {
        return target;
    }

    /** Returns the stream to write to, unbuffered; closing it does nothing. */
    public OutputStream stream() {
        return stream;
    }

    /**
     * Forces the bytes to the disk and gives the file its final name. Whatever happens, nothing can be written
     * afterwards.
     *
     * @throws IOException if that fails; nothing is left behind, and an older file is untouched
     * @throws IllegalStateException if the file has been committed or closed
     */
    public void commit() throws IOException {
        if (!open) {
            throw new IllegalStateException(target + " has been committed or closed already");
        }
        try {
            file.getFD().sync();
            file.close();
            requireFree();
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            open = false;
        } catch (IOException e) {
            throw IoFailure.of("write", target, e);
        } finally {
            close();
        }
        forceFolder();
    }

    /** Removes the file unless it has been committed. May be called more than once. */
    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            file.close();
            Files.deleteIfExists(part);
        }
    }

    /** Renaming over a device or a folder would destroy it, over a link would cut it. */
    private void requireFree() throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("it exists and is not a plain file");
        }
        if (!replace) {
            throw new FileAlreadyExistsException(target.toString());
        }
    }

    /** Makes the new name survive a loss of power where the system can; Windows cannot open folders, and need not. */
    private void forceFolder() {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        } catch (IOException e) {
            // The file is complete and has its name: no reason to report a failure.
            return;
        }
    }

    /** Names the file in every failure, and keeps a wrapping stream's close from closing the file before it is forced. */
    static final class NamedStream extends FilterOutputStream {

        private final Path target;

        NamedStream(OutputStream out, Path target) {
            super(out);
            this.target = target;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw IoFailure.of("write", target, e);
            }
        }

        @Override
        public void close() {
            // The owner closes the file.
        }
    }
}
