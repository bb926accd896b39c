package dev.idem.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

    @TempDir
    private Path folder;

    private static List<Tensor> oneOfEach() {
        return List.of(new Tensor.Bytes("bytes", new byte[] {1, -1, 3}, 3),
                new Tensor.Floats("weights", new float[] {1.5f, -2, Float.NaN, 0, 5, 6}, 2, 3),
                new Tensor.Longs("counters", new long[] {Long.MIN_VALUE, 7}, 2),
                new Tensor.Doubles("scalar", new double[] {StrictMath.PI}),
                new Tensor.Ints("ints", new int[] {-9}, 1, 1),
                new Tensor.Floats("empty", new float[0], 0, 4));
    }

    private Path raw(String header, int dataBytes) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        return Files.write(folder.resolve("raw.safetensors"), bytes.array());
    }

    private static void assertRefused(Path file, String... parts) {
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> Safetensors.read(file))
                .withMessageStartingWith(file + ": ").withMessageContaining("; must be ")
                .satisfies(e -> {
                    for (String part : parts) {
                        assertThat(e.getMessage()).contains(part);
                    }
                });
    }

    private static String tensor(String name, String type, String shape, long begin, long end) {
        return "\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":[" + begin + ","
                + end
                + "]}";
    }

    @Test
    void returnsWhatWasWritten() throws IOException {
        Path file = folder.resolve("a.safetensors");
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("task", "gmm40");
        metadata.put("note", "\"ä\"\n∞");
        Safetensors.write(file, metadata, oneOfEach());
        Safetensors read = Safetensors.read(file);
        assertThat(read.file()).isEqualTo(file);
        assertThat(read.metadata()).containsExactly(entry("task", "gmm40"), entry("note", "\"ä\"\n∞"));
        assertThat(read.metadata("task")).isEqualTo("gmm40");
        assertThat(read.bytes("bytes", 3)).containsExactly(1, -1, 3);
        assertThat(read.floats("weights", 2, 3)).containsExactly(1.5f, -2, Float.NaN, 0, 5, 6);
        assertThat(read.longs("counters", 2)).containsExactly(Long.MIN_VALUE, 7);
        assertThat(read.doubles("scalar")).containsExactly(StrictMath.PI);
        assertThat(read.ints("ints", 1, 1)).containsExactly(-9);
        assertThat(read.floats("empty", 0, 4)).isEmpty();
        assertThat(read.tensors()).containsOnlyKeys("bytes", "weights", "counters", "scalar", "ints", "empty");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 8192, 8193, 16384, 40_007})
    void chunksDoNotShow(int size) throws IOException {
        float[] floats = new float[size];
        long[] longs = new long[size];
        byte[] bytes = new byte[size];
        for (int k = 0; k < size; k++) {
            floats[k] = k * 0.1f;
            longs[k] = -k;
            bytes[k] = (byte) k;
        }
        Path file = folder.resolve("a.safetensors");
        Safetensors.write(file, Map.of(),
                List.of(new Tensor.Bytes("b", bytes, size), new Tensor.Floats("f", floats, size),
                        new Tensor.Longs("l", longs, size)));
        Safetensors read = Safetensors.read(file);
        assertThat(read.floats("f", size)).containsExactly(floats);
        assertThat(read.longs("l", size)).containsExactly(longs);
        assertThat(read.bytes("b", size)).containsExactly(bytes);
    }

    @Test
    void layoutIsTheOfficialOne() throws IOException {
        Path file = folder.resolve("a.safetensors");
        Safetensors.write(file, Map.of("k", "v"),
                List.of(new Tensor.Bytes("u", new byte[] {7}, 1),
                        new Tensor.Floats("w", new float[] {1.5f, -2}, 2, 1)));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) bytes.getLong();
        byte[] header = new byte[length];
        bytes.get(header);
        assertThat(new String(header, StandardCharsets.UTF_8).strip())
                .isEqualTo("{\"__metadata__\":{\"k\":\"v\"}," + tensor("w", "F32", "[2,1]", 0, 8) + ","
                        + tensor("u", "U8", "[1]", 8, 9) + "}");
        assertThat(length % 8).isZero();
        assertThat(bytes.getFloat()).isEqualTo(1.5f);
        assertThat(bytes.getFloat()).isEqualTo(-2);
        assertThat(bytes.get()).isEqualTo((byte) 7);
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void readsFilesInAnotherOrderWithoutMetadata() throws IOException {
        Path file = raw("{" + tensor("b", "U8", "[2]", 4, 6) + "," + tensor("a", "I32", "[]", 0, 4) + "}", 6);
        Safetensors read = Safetensors.read(file);
        assertThat(read.metadata()).isEmpty();
        assertThat(read.ints("a")).containsExactly(0);
        assertThat(read.bytes("b", 2)).containsExactly(0, 0);
    }

    @Test
    void refusesEveryCutAndEveryAddition() throws IOException {
        Path file = folder.resolve("a.safetensors");
        Safetensors.write(file, Map.of("k", "v"), oneOfEach());
        byte[] bytes = Files.readAllBytes(file);
        Path cut = folder.resolve("cut.safetensors");
        for (int length = 0; length < bytes.length; length++) {
            Files.write(cut, Arrays.copyOf(bytes, length));
            assertRefused(cut);
        }
        Files.write(cut, Arrays.copyOf(bytes, bytes.length + 1));
        assertRefused(cut, "no shorter and no longer");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 bytes", "1, 1 bytes", "9223372036854775807, 9223372036854775807 bytes",
            "-1, 18446744073709551615 bytes",
            "2147483648, 2147483648 bytes", "99999999, 99999999 bytes"})
    void takesNoMemoryForAHeaderThatIsNotThere(long length, String claim) throws IOException {
        byte[] bytes = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
        assertRefused(Files.write(folder.resolve("bomb.safetensors"), bytes), "claims " + claim);
    }

    @Test
    void refusesForeignFiles() throws IOException {
        assertRefused(Files.writeString(folder.resolve("a"), "short"), "it has 5 bytes");
        assertRefused(raw("[1, 2]", 0), "no JSON header");
        assertRefused(raw("{\"a\": ", 0), "no JSON (");
        assertRefused(raw("{} x", 0), "no JSON (");
        assertRefused(raw("{\"a\":".repeat(5000), 0), "no JSON (");
        assertRefused(folder, "it is a folder");
        Path missing = folder.resolve("missing");
        assertThatIOException().isThrownBy(() -> Safetensors.read(missing))
                .withMessage("cannot read " + missing + ": no such file or folder");
    }

    @Test
    void refusesTensorsThatDoNotFit() throws IOException {
        assertRefused(raw("{" + tensor("a", "F16", "[2]", 0, 4) + "}", 4), "tensor a is of type F16", "F32");
        assertRefused(raw("{" + tensor("a", "F32", "[2]", 0, 4) + "}", 4), "has 4 bytes", "must be 8 bytes long");
        assertRefused(raw("{" + tensor("a", "F32", "[-1]", 0, 4) + "}", 4), "the shape [-1]");
        assertRefused(raw("{" + tensor("a", "F32", "[1.0]", 0, 4) + "}", 4), "the shape [1.0]");
        assertRefused(raw("{" + tensor("a", "F32", "[4294967297]", 0, 4) + "}", 4), "the shape [4294967297]");
        assertRefused(raw("{" + tensor("a", "F32", "[65536,65536]", 0, 4) + "}", 4), "the shape [65536,65536]");
        assertRefused(raw("{" + tensor("a", "F32", "[2147483647,2147483647,2147483647]", 0, 4) + "}", 4), "the shape");
        assertRefused(raw("{" + tensor("a", "F32", "[536870912]", 0, 2147483648L) + "}", 4), "2147483648 bytes");
        assertRefused(raw("{" + tensor("a", "F32", "[1]", 4, 8) + "}", 8), "begins at byte 4");
        assertRefused(raw("{" + tensor("a", "F32", "[1]", -4, 0) + "}", 8), "not described");
        assertRefused(raw("{" + tensor("a", "F32", "[2]", 0, 8) + "," + tensor("b", "F32", "[2]", 4, 12) + "}", 12),
                "tensor b begins at byte 4", "ends: 8");
        assertRefused(raw("{" + tensor("a", "F32", "[1]", 0, 4) + "," + tensor("b", "F32", "[1]", 8, 12) + "}", 12),
                "tensor b begins at byte 8");
        assertRefused(raw("{" + tensor("a", "F32", "[1]", 0, 4) + "," + tensor("a", "F32", "[1]", 4, 8) + "}", 8),
                "Duplicate");
        assertRefused(raw("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4), "tensor a is not described");
        assertRefused(raw("{\"a\":7}", 4), "tensor a is not described");
        assertRefused(raw("{\"__metadata__\":{\"k\":1}}", 0), "metadata k is no text");
        assertRefused(raw("{\"__metadata__\":[]}", 0), "no object");
    }

    @Test
    void refusesToHandOutSomethingElse() throws IOException {
        Path file = folder.resolve("a.safetensors");
        Safetensors.write(file, Map.of("k", "v"), oneOfEach());
        Safetensors read = Safetensors.read(file);
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> read.floats("nothing", 1))
                .withMessageContaining("weights").withMessageContaining("must be a file with tensor nothing");
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> read.floats("weights", 6))
                .withMessage(file + ": its tensor weights is F32 [2, 3]; must be F32 [6]");
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> read.ints("weights", 2, 3))
                .withMessage(file + ": its tensor weights is F32 [2, 3]; must be I32 [2, 3]");
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> read.metadata("other"))
                .withMessageContaining("metadata other");
    }

    @Test
    void writerRefusesWhatNoReaderAccepts() {
        Path file = folder.resolve("a.safetensors");
        Tensor tensor = new Tensor.Bytes("a", new byte[1], 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Safetensors.write(file, Map.of(), List.of(tensor, tensor)))
                .withMessageContaining("tensor name a is taken");
        assertThatIllegalArgumentException().isThrownBy(
                () -> Safetensors.write(file, Map.of(), List.of(new Tensor.Bytes("__metadata__", new byte[1], 1))));
        assertThatIllegalArgumentException().isThrownBy(() -> new Tensor.Floats("w", new float[5], 2, 3))
                .withMessageContaining("tensor w has 5 values").withMessageContaining("[2, 3]");
        assertThatIllegalArgumentException().isThrownBy(() -> new Tensor.Longs("w", new long[6], -2, -3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tensor.Ints("w", new int[0], 1 << 16, 1 << 16, 1 << 16, 1 << 16));
        assertThat(file).doesNotExist();
        assertThatIOException().isThrownBy(() -> Safetensors.write(folder.resolve("no/a"), Map.of(), List.of(tensor)))
                .withMessageContaining("no such file or folder");
    }
}
