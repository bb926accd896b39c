package dev.idem.io;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a known number of samples to a .npy, .npz or .csv file, a part at a time, in memory that does not depend on
 * their number.
 *
 * <p>.npy: float32, little-endian, shape (count, dimension). .npz: the same as member {@code samples}, not compressed,
 * because the digits of samples hardly compress. .csv: a line {@code x0,x1,…}, then one line a sample, each number in
 * the fewest digits that give the same float32 back. The same samples always give the same bytes.
 *
 * <pre>
 * try (SampleWriter writer = SampleWriter.create(file, count, dimension)) {
 *     writer.write(part, rows); // as often as needed
 *     writer.commit();
 * }
 * </pre>
 *
 * <p>The file gets its name in {@link #commit}; {@link #close} without it leaves nothing behind. Not for use by several
 * threads.
 */
public final class SampleWriter implements Closeable {

    private static final int CHUNK = 1 << 16;

    private final AtomicFile file;
    private final SampleFormat format;
    private final OutputStream out;
    private final long count;
    private final int dimension;
    private final StringBuilder text = new StringBuilder();
    private long written;

    private SampleWriter(AtomicFile file, SampleFormat format, long count, int dimension) throws IOException {
        this.file = file;
        this.format = format;
        this.count = count;
        this.dimension = dimension;
        OutputStream buffered = new BufferedOutputStream(file.stream(), CHUNK);
        this.out = format == SampleFormat.NPZ ? zipped(buffered) : buffered;
        if (format == SampleFormat.CSV) {
            writeNames();
        } else {
            out.write(NpyHeader.ofFloats(count, dimension));
        }
    }

    /**
     * Begins a file that must not exist yet.
     *
     * @param file final name, ending in .npy, .npz or .csv
     * @param count number of samples, at least 1
     * @param dimension coordinates of a sample, at least 1
     * @throws IllegalArgumentException if the name has another ending or a size is not positive
     * @throws IOException if the file exists, now or at {@link #commit}, or cannot be written
     */
    public static SampleWriter create(Path file, long count, int dimension) throws IOException {
        return open(file, count, dimension, false);
    }

    /** Begins a file that replaces an older one when it is complete; otherwise as {@link #create}. */
    public static SampleWriter replace(Path file, long count, int dimension) throws IOException {
        return open(file, count, dimension, true);
    }

    private static SampleWriter open(Path file, long count, int dimension, boolean replace) throws IOException {
        SampleFormat format = SampleFormat.of(file);
        if (count < 1 || dimension < 1) {
            throw new IllegalArgumentException(
                    "count is " + count + " and dimension " + dimension + ", must be at least 1 each");
        }
        AtomicFile target = replace ? AtomicFile.replace(file) : AtomicFile.create(file);
        try {
            return new SampleWriter(target, format, count, dimension);
        } catch (IOException | RuntimeException e) {
            target.close();
            throw e;
        }
    }

    private static ZipOutputStream zipped(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.NO_COMPRESSION);
        ZipEntry entry = new ZipEntry("samples.npy");
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        return zip;
    }

    private void writeNames() throws IOException {
        for (int axis = 0; axis < dimension; axis++) {
            text.append(axis == 0 ? "x" : ",x").append(axis);
        }
        flushLine();
    }

    private void flushLine() throws IOException {
        text.append('\n');
        out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
        text.setLength(0);
    }

    /**
     * Writes the next samples.
     *
     * @param values [row][axis], at least rows · dimension long, not modified
     * @param rows number of samples to write, from the first one on
     * @throws IllegalArgumentException if the array is too short, or there would be more samples than announced
     * @throws IOException if writing fails
     */
    public void write(float[] values, int rows) throws IOException {
        if (rows < 0 || (long) rows * dimension > values.length) {
            throw new IllegalArgumentException("rows is " + rows + " of dimension " + dimension
                    + ", must be in 0 … what the " + values.length + " values hold");
        }
        if (rows > count - written) {
            throw new IllegalArgumentException(
                    written + " + " + rows + " samples for " + file.target() + ", must be " + count + " in all");
        }
        if (format == SampleFormat.CSV) {
            for (int row = 0; row < rows; row++) {
                for (int axis = 0; axis < dimension; axis++) {
                    // Since JDK 19 this is the shortest text that reads back as the same float.
                    text.append(axis == 0 ? "" : ",").append(values[row * dimension + axis]);
                }
                flushLine();
            }
        } else {
            NpyFile.writeFloats(out, values, 0, rows * dimension);
        }
        written += rows;
    }

    /**
     * Completes the file and gives it its name.
     *
     * @throws IllegalStateException if not all samples have been written; nothing is left behind
     * @throws IOException if that fails; nothing is left behind, and an older file is untouched
     */
    public void commit() throws IOException {
        if (written != count) {
            close();
            throw new IllegalStateException(
                    written + " samples were written for " + file.target() + ", must be " + count
                            + "; nothing was kept");
        }
        try {
            if (out instanceof ZipOutputStream zip) {
                zip.finish();
            }
            out.flush();
        } catch (IOException e) {
            close();
            throw e;
        }
        file.commit();
    }

    /** Removes the file unless it has been committed. May be called more than once. */
    @Override
    public void close() throws IOException {
        file.close();
        if (out instanceof ZipOutputStream zip) {
            end(zip);
        }
    }

    /** Frees the deflater's native memory; its last bytes go nowhere. */
    private static void end(ZipOutputStream zip) {
        try {
            zip.close();
        } catch (IOException e) {
            return; // the file is closed and, unless committed, gone
        }
    }
}
