package dev.idem.io;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads and writes NumPy's .npy files, and reads members of .npz files, of 4 or 8 byte floating-point numbers in one or
 * two dimensions.
 *
 * <p>Either byte order, row after row or column after column; a vector of n numbers becomes n rows of one column. A
 * file must be as long as its header says, no shorter and no longer; that is checked before memory is taken for it.
 */
public final class NpyFile {

    private static final int CHUNK = 1 << 16;

    /** Deflate cannot shrink data more than this, so a member that claims more than this lies. */
    private static final long MOST_DEFLATED = 1032;

    private NpyFile() {}

    /**
     * Reads a .npy file in single precision; 8-byte numbers are rounded.
     *
     * @param file the file
     * @return its numbers, row after row
     * @throws FileFormatException if it is not such a file, is damaged, or a finite number overflows single precision
     * @throws IOException if it cannot be read
     */
    public static FloatMatrix readFloats(Path file) throws IOException {
        return asFloats(file, open(file));
    }

    /**
     * Reads a .npy file in double precision.
     *
     * @param file the file
     * @return its numbers, row after row
     * @throws FileFormatException if it is not such a file or is damaged
     * @throws IOException if it cannot be read
     */
    public static DoubleMatrix readDoubles(Path file) throws IOException {
        Source source = open(file);
        try (InputStream in = source.in) {
            NpyHeader header = source.header(file);
            double[] values = new double[(int) (header.rows() * header.columns())];
            transfer(file, in, header, (index, value) -> values[index] = value);
            return new DoubleMatrix((int) header.rows(), (int) header.columns(), values);
        } catch (IOException e) {
            throw IoFailure.of("read", file, e);
        }
    }

    /**
     * Reads one array of a .npz file in single precision: the one called {@code samples}, or the only one.
     *
     * @param file the file
     * @return its numbers, row after row
     * @throws FileFormatException if it is not such a file, is damaged, or has several arrays none of which is called
     *             so
     * @throws IOException if it cannot be read
     */
    public static FloatMatrix readZippedFloats(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry member = member(file, zip);
            long size = member.getSize();
            if (size < 0 || size > member.getCompressedSize() * MOST_DEFLATED + CHUNK
                    || member.getCompressedSize() > Files.size(file)) {
                throw new FileFormatException(file, "its member " + member.getName() + " claims " + size + " bytes",
                        "a size that its compressed form can have");
            }
            CheckedInputStream in = new CheckedInputStream(zip.getInputStream(member), new CRC32());
            FloatMatrix matrix = asFloats(file, new Source(in, size));
            if (in.getChecksum().getValue() != member.getCrc()) {
                throw new FileFormatException(file, "the checksum of its member " + member.getName() + " is wrong",
                        "undamaged");
            }
            return matrix;
        } catch (ZipException e) {
            FileFormatException foreign = new FileFormatException(file, "it is not a zip file (" + e.getMessage() + ")",
                    "a .npz file");
            foreign.initCause(e);
            throw foreign;
        } catch (IOException e) {
            throw IoFailure.of("read", file, e);
        }
    }

    /**
     * Writes a .npy file, float32, little-endian, row after row, replacing an older file when it is complete.
     *
     * @param file final name
     * @param matrix not modified
     * @throws IOException if it cannot be written; an older file is then untouched
     */
    public static void write(Path file, FloatMatrix matrix) throws IOException {
        try (AtomicFile target = AtomicFile.replace(file)) {
            OutputStream out = new BufferedOutputStream(target.stream(), CHUNK);
            out.write(NpyHeader.ofFloats(matrix.rows(), matrix.columns()));
            writeFloats(out, matrix.values(), 0, matrix.values().length);
            out.flush();
            target.commit();
        }
    }

    /** Writes numbers as little-endian float32, in chunks. */
    static void writeFloats(OutputStream out, float[] values, int offset, int count) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(Math.min(CHUNK, 4 * Math.max(count, 1))).order(ByteOrder.LITTLE_ENDIAN);
        int done = 0;
        while (done < count) {
            int part = Math.min(count - done, chunk.capacity() / 4);
            chunk.asFloatBuffer().put(values, offset + done, part);
            out.write(chunk.array(), 0, 4 * part);
            done += part;
        }
    }

    private static ZipEntry member(Path file, ZipFile zip) throws FileFormatException {
        List<String> names = new ArrayList<>();
        ZipEntry only = null;
        for (ZipEntry entry : zip.stream().toList()) {
            if (entry.getName().equals("samples.npy")) {
                return entry;
            }
            only = entry;
            names.add(entry.getName());
        }
        if (only == null || names.size() != 1 || !only.getName().endsWith(".npy")) {
            throw new FileFormatException(file, "its members are " + names, "one array, or one called samples");
        }
        return only;
    }

    private static Source open(Path file) throws IOException {
        try {
            if (Files.isDirectory(file)) {
                throw new FileFormatException(file, "it is a folder", "a file");
            }
            return new Source(new BufferedInputStream(Files.newInputStream(file), CHUNK), Files.size(file));
        } catch (IOException e) {
            throw IoFailure.of("read", file, e);
        }
    }

    private static FloatMatrix asFloats(Path file, Source source) throws IOException {
        try (InputStream in = source.in) {
            NpyHeader header = source.header(file);
            float[] values = new float[(int) (header.rows() * header.columns())];
            transfer(file, in, header, (index, value) -> {
                values[index] = (float) value;
                if (Float.isInfinite(values[index]) && !Double.isInfinite(value)) {
                    throw new FileFormatException(file, "it holds the number " + value, "within the range of float32");
                }
            });
            return new FloatMatrix((int) header.rows(), (int) header.columns(), values);
        } catch (IOException e) {
            throw IoFailure.of("read", file, e);
        }
    }

    private static void transfer(Path file, InputStream in, NpyHeader header, Sink sink) throws IOException {
        int rows = (int) header.rows();
        int columns = (int) header.columns();
        int width = header.bytesPerValue();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(header.order());
        int total = rows * columns;
        int done = 0;
        while (done < total) {
            int part = Math.min(total - done, CHUNK / width);
            if (in.readNBytes(chunk.array(), 0, part * width) != part * width) {
                throw new FileFormatException(file, "it ends within its numbers", "complete");
            }
            for (int k = 0; k < part; k++) {
                double value = header.doublePrecision() ? chunk.getDouble(k * width) : chunk.getFloat(k * width);
                int place = done + k;
                sink.put(header.fortranOrder() ? place % rows * columns + place / rows : place, value);
            }
            done += part;
        }
    }

    /** Takes one number at its place, [row][column]. */
    @FunctionalInterface
    private interface Sink {
        void put(int index, double value) throws FileFormatException;
    }

    /** A stream of known length. */
    private record Source(InputStream in, long length) {

        NpyHeader header(Path file) throws IOException {
            NpyHeader header = NpyHeader.read(file, in);
            long expected = header.length() + header.dataBytes(file);
            if (expected != length) {
                throw new FileFormatException(file,
                        "it has " + length + " bytes for the shape (" + header.rows() + ", " + header.columns() + ")",
                        expected + " bytes long");
            }
            return header;
        }
    }
}
