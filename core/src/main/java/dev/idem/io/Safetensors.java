package dev.idem.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named tensors and text metadata in one file, in the safetensors layout, readable by its official library.
 *
 * <p>Layout: the header's length (8 bytes, little-endian), the header (JSON: for each tensor its dtype, shape and
 * data_offsets from the header's end, and {@code __metadata__}, a map from text to text), padded with spaces to a
 * multiple of 8, then the tensors' numbers, little-endian, one tensor after the other without gaps, widest types first
 * so that all are aligned.
 *
 * <p>Reading is strict: every byte of the file must belong to exactly one tensor, keys must be unique, and types and
 * shapes must be ones that this class knows. All of it is checked before memory is taken for a tensor. Numbers pass
 * through a buffer of 64 KiB; there is never a second copy of the file.
 *
 * <p>Source: the format section of the safetensors project's README.
 */
public final class Safetensors {

    private static final int CHUNK = 1 << 16;

    private final Path file;
    private final Map<String, String> metadata;
    private final Map<String, Tensor> tensors;

    private Safetensors(Path file, Map<String, String> metadata, Map<String, Tensor> tensors) {
        this.file = file;
        this.metadata = metadata;
        this.tensors = tensors;
    }

    /**
     * Writes a file, replacing an older one when it is complete.
     *
     * @param file final name
     * @param metadata texts by name, written in the map's order
     * @param tensors not modified
     * @throws IllegalArgumentException if two tensors have the same name, or one is called {@code __metadata__}
     * @throws IOException if it cannot be written; an older file is then untouched
     */
    public static void write(Path file, Map<String, String> metadata, List<Tensor> tensors) throws IOException {
        List<Tensor> sorted = new ArrayList<>(tensors);
        sorted.sort(Comparator.comparingInt((Tensor tensor) -> tensor.type().bytes()).reversed());
        byte[] header = SafetensorsHeader.of(metadata, sorted);
        try (AtomicFile target = AtomicFile.replace(file)) {
            OutputStream out = target.stream();
            out.write(header);
            byte[] chunk = new byte[CHUNK];
            for (Tensor tensor : sorted) {
                writeValues(out, chunk, tensor);
            }
            target.commit();
        }
    }

    private static void writeValues(OutputStream out, byte[] chunk, Tensor tensor) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
        int width = tensor.type().bytes();
        int done = 0;
        while (done < tensor.size()) {
            int part = Math.min(tensor.size() - done, CHUNK / width);
            buffer.clear();
            switch (tensor) {
                case Tensor.Floats floats -> buffer.asFloatBuffer().put(floats.values(), done, part);
                case Tensor.Doubles doubles -> buffer.asDoubleBuffer().put(doubles.values(), done, part);
                case Tensor.Ints ints -> buffer.asIntBuffer().put(ints.values(), done, part);
                case Tensor.Longs longs -> buffer.asLongBuffer().put(longs.values(), done, part);
                case Tensor.Bytes bytes -> buffer.put(bytes.values(), done, part);
            }
            out.write(chunk, 0, part * width);
            done += part;
        }
    }

    /**
     * Reads a whole file.
     *
     * @param file the file
     * @return its content
     * @throws FileFormatException if it is not such a file or is damaged
     * @throws IOException if it cannot be read
     */
    public static Safetensors read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileFormatException(file, "it is a folder", "a safetensors file");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), CHUNK)) {
            SafetensorsHeader header = SafetensorsHeader.read(file, in, Files.size(file));
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            byte[] chunk = new byte[CHUNK];
            for (SafetensorsHeader.Entry entry : header.entries()) {
                tensors.put(entry.name(), readValues(file, in, chunk, entry));
            }
            return new Safetensors(file, header.metadata(), tensors);
        } catch (IOException e) {
            throw IoFailure.of("read", file, e);
        }
    }

    private static Tensor readValues(Path file, InputStream in, byte[] chunk, SafetensorsHeader.Entry entry)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
        Tensor tensor = entry.empty();
        int width = entry.type().bytes();
        int done = 0;
        while (done < tensor.size()) {
            int part = Math.min(tensor.size() - done, CHUNK / width);
            if (in.readNBytes(chunk, 0, part * width) != part * width) {
                throw new FileFormatException(file, "it ends within tensor " + entry.name(), "complete");
            }
            buffer.clear();
            switch (tensor) {
                case Tensor.Floats floats -> buffer.asFloatBuffer().get(floats.values(), done, part);
                case Tensor.Doubles doubles -> buffer.asDoubleBuffer().get(doubles.values(), done, part);
                case Tensor.Ints ints -> buffer.asIntBuffer().get(ints.values(), done, part);
                case Tensor.Longs longs -> buffer.asLongBuffer().get(longs.values(), done, part);
                case Tensor.Bytes bytes -> buffer.get(bytes.values(), done, part);
            }
            done += part;
        }
        return tensor;
    }

    /** Returns the file it was read from. */
    public Path file() {
        return file;
    }

    /** Returns all metadata, in the file's order. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * Returns one text of the metadata.
     *
     * @param name its name
     * @throws FileFormatException if the file lacks it
     */
    public String metadata(String name) throws FileFormatException {
        String value = metadata.get(name);
        if (value == null) {
            throw new FileFormatException(file, "its metadata have " + metadata.keySet(),
                    "a file with metadata " + name);
        }
        return value;
    }

    /** Returns the tensors by name, in the file's order. */
    public Map<String, Tensor> tensors() {
        return tensors;
    }

    /**
     * Returns the values of a float32 tensor, not a copy.
     *
     * @param name its name
     * @param shape the shape it must have
     * @throws FileFormatException if the file lacks it, or its type or shape is another
     */
    public float[] floats(String name, int... shape) throws FileFormatException {
        return ((Tensor.Floats) tensor(name, TensorType.F32, shape)).values();
    }

    /** Returns the values of a float64 tensor; otherwise as {@link #floats}. */
    public double[] doubles(String name, int... shape) throws FileFormatException {
        return ((Tensor.Doubles) tensor(name, TensorType.F64, shape)).values();
    }

    /** Returns the values of an int32 tensor; otherwise as {@link #floats}. */
    public int[] ints(String name, int... shape) throws FileFormatException {
        return ((Tensor.Ints) tensor(name, TensorType.I32, shape)).values();
    }

    /** Returns the values of an int64 tensor; otherwise as {@link #floats}. */
    public long[] longs(String name, int... shape) throws FileFormatException {
        return ((Tensor.Longs) tensor(name, TensorType.I64, shape)).values();
    }

    /** Returns the values of a tensor of bytes; otherwise as {@link #floats}. */
    public byte[] bytes(String name, int... shape) throws FileFormatException {
        return ((Tensor.Bytes) tensor(name, TensorType.U8, shape)).values();
    }

    private Tensor tensor(String name, TensorType type, int... shape) throws FileFormatException {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new FileFormatException(file, "it has the tensors " + tensors.keySet(), "a file with tensor " + name);
        }
        if (tensor.type() != type || !Arrays.equals(tensor.shape(), shape)) {
            throw new FileFormatException(file,
                    "its tensor " + name + " is " + tensor.type() + " " + Arrays.toString(tensor.shape()),
                    type + " " + Arrays.toString(shape));
        }
        return tensor;
    }
}
