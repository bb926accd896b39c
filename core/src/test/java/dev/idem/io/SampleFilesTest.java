package dev.idem.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleFilesTest {

    @TempDir
    private Path folder;

    private static float[] numbers(int count) {
        float[] values = new float[count];
        for (int k = 0; k < count; k++) {
            values[k] = (float) (StrictMath.sin(k) * StrictMath.pow(10, k % 61 - 30));
        }
        return values;
    }

    private static void write(Path file, float[] values, int dimension, int part) throws IOException {
        int rows = values.length / dimension;
        try (SampleWriter writer = SampleWriter.replace(file, rows, dimension)) {
            for (int row = 0; row < rows; row += part) {
                int next = Math.min(part, rows - row);
                float[] chunk = new float[next * dimension + 3]; // more than is used
                System.arraycopy(values, row * dimension, chunk, 0, next * dimension);
                writer.write(chunk, next);
            }
            writer.commit();
        }
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void assertRefused(String name, String text, String... parts) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> SampleReader.read(file))
                .withMessageStartingWith(file + ": ").withMessageContaining("; must be ")
                .satisfies(e -> {
                    for (String part : parts) {
                        assertThat(e.getMessage()).contains(part);
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.npy", "a.npz", "a.csv", "A.CSV"})
    void returnsWhatWasWritten(String name) throws IOException {
        Path file = folder.resolve(name);
        for (int rows : new int[] {1, 3, 1001, 6000}) {
            for (int dimension : new int[] {1, 2, 39}) {
                float[] values = numbers(rows * dimension);
                write(file, values, dimension, 250);
                FloatMatrix read = SampleReader.read(file, dimension);
                assertThat(read.rows()).isEqualTo(rows);
                assertThat(read.columns()).isEqualTo(dimension);
                assertThat(read.values()).containsExactly(values);
            }
        }
        assertThat(names()).containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.npy", "a.npz", "a.csv"})
    void bytesDoNotDependOnTheParts(String name) throws IOException {
        float[] values = numbers(300);
        write(folder.resolve(name), values, 3, 100);
        write(folder.resolve("other-" + name), values, 3, 7);
        assertThat(folder.resolve(name)).hasSameBinaryContentAs(folder.resolve("other-" + name));
    }

    @Test
    void textHasNamesAndShortNumbers() throws IOException {
        Path file = folder.resolve("a.csv");
        write(file, new float[] {0.1f, -2, 3e10f, 1e-7f}, 2, 1);
        assertThat(Files.readString(file)).isEqualTo("x0,x1\n0.1,-2.0\n3.0E10,1.0E-7\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.npy", "a.npz", "a.csv"})
    void keepsNothingUnlessCompleted(String name) throws IOException {
        Path file = folder.resolve(name);
        try (SampleWriter writer = SampleWriter.create(file, 10, 2)) {
            writer.write(new float[10], 5);
        }
        assertThat(names()).isEmpty();
        try (SampleWriter writer = SampleWriter.create(file, 10, 2)) {
            writer.write(new float[10], 5);
            assertThatIllegalStateException().isThrownBy(writer::commit).withMessageContaining("5 samples")
                    .withMessageContaining("must be 10");
        }
        try (SampleWriter writer = SampleWriter.create(file, 10, 2)) {
            writer.write(new float[10], 5);
            assertThatIllegalArgumentException().isThrownBy(() -> writer.write(new float[12], 6))
                    .withMessageContaining("5 + 6 samples").withMessageContaining("must be 10");
            assertThatIllegalArgumentException().isThrownBy(() -> writer.write(new float[7], 4))
                    .withMessageContaining("7 values");
            assertThatIllegalArgumentException().isThrownBy(() -> writer.write(new float[7], -1));
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void refusesNamesAndSizes() throws IOException {
        for (String name : new String[] {"a.txt", "npy", "a.npy.gz", "a"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> SampleWriter.create(folder.resolve(name), 1, 1))
                    .withMessageContaining(".npy, .npz and .csv").withMessageContaining(name);
            assertThatIllegalArgumentException().isThrownBy(() -> SampleReader.read(folder.resolve(name)));
        }
        Path file = folder.resolve("a.npy");
        assertThatIllegalArgumentException().isThrownBy(() -> SampleWriter.create(file, 0, 2))
                .withMessageContaining("count is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> SampleWriter.create(file, 1, -2))
                .withMessageContaining("dimension -2");
        Files.writeString(file, "precious");
        assertThatIOException().isThrownBy(() -> SampleWriter.create(file, 1, 1))
                .withMessageContaining("exists already");
        assertThatIOException().isThrownBy(() -> SampleWriter.create(folder.resolve("no/a.npy"), 1, 1))
                .withMessageContaining("no such file or folder");
        assertThat(names()).containsExactly("a.npy");
        assertThat(file).hasContent("precious");
    }

    @Test
    void readsTextOfOtherPrograms() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), " 1 , 2.5\r\n-3e-1,+4\r\n\r\n\r\n");
        assertThat(SampleReader.read(file).values()).containsExactly(1, 2.5f, -0.3f, 4);
        Files.writeString(file, "a\n1\n2");
        assertThat(SampleReader.read(file).values()).containsExactly(1, 2);
    }

    @Test
    void refusesOtherText() throws IOException {
        assertRefused("a.csv", "x0,x1\n1,2\n3\n", "line 3 has 1 fields", "2 fields");
        assertRefused("a.csv", "x0,x1\n1,two\n", "line 2, field 2 is 'two'", "a number");
        assertRefused("a.csv", "1,two\n", "line 1, field 2 is 'two'");
        assertRefused("a.csv", "1,\n", "line 1, field 2 is ''");
        assertRefused("a.csv", "1f\n2f\n", "line 2, field 1 is '2f'");
        assertRefused("a.csv", "1\n0x1p3\n", "line 2, field 1 is '0x1p3'");
        assertRefused("a.csv", "1\n\n2\n", "line 2 is blank");
        assertRefused("a.csv", "", "0 rows");
        assertRefused("a.csv", "x0,x1\n", "0 rows");
        assertRefused("a.csv", "1,2\n3,nan\n", "NaN in row 1, column 1");
        assertRefused("a.csv", "1,2\n-inf,4\n", "-Infinity in row 1, column 0");
        assertRefused("a.csv", "1,2\n3,1e99\n", "Infinity in row 1, column 1");
        Path bytes = Files.write(folder.resolve("b.csv"), new byte[] {'1', '\n', (byte) 0x93, (byte) 0xfe});
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> SampleReader.read(bytes))
                .withMessageContaining("it is not text");
        Path endless = Files.writeString(folder.resolve("c.csv"), "1".repeat((1 << 24) + 1));
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> SampleReader.read(endless))
                .withMessageContaining("more than 16777216 characters");
        Path folderAsFile = Files.createDirectory(folder.resolve("d.csv"));
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> SampleReader.read(folderAsFile))
                .withMessageContaining("it is a folder");
    }

    @Test
    void refusesTheWrongDimensionAndNumbersThatAreNotFinite() throws IOException {
        Path file = folder.resolve("a.npy");
        write(file, numbers(12), 3, 4);
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> SampleReader.read(file, 2))
                .withMessage(file + ": it has rows of 3 numbers; must be rows of 2");
        write(file, new float[] {1, 2, 3, Float.NaN}, 2, 4);
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> SampleReader.read(file))
                .withMessageContaining("NaN in row 1, column 1");
        assertThatIOException().isThrownBy(() -> SampleReader.read(folder.resolve("none.npz")))
                .withMessageContaining("no such file or folder");
    }

    private Path zip(String... names) throws IOException {
        Path array = folder.resolve("array.npy");
        write(array, new float[] {1, 2}, 2, 1);
        Path file = folder.resolve("a.npz");
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(Files.readAllBytes(array));
                zip.closeEntry();
            }
        }
        return file;
    }

    @Test
    void readsTheOnlyArrayOrTheOneCalledSamples() throws IOException {
        assertThat(SampleReader.read(zip("arr_0.npy")).values()).containsExactly(1, 2);
        assertThat(SampleReader.read(zip("other.npy", "samples.npy")).values()).containsExactly(1, 2);
        Path two = zip("a.npy", "b.npy");
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> SampleReader.read(two))
                .withMessageContaining("[a.npy, b.npy]").withMessageContaining("samples");
        Path foreign = zip("readme.txt");
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> SampleReader.read(foreign));
        Path empty = zip();
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> SampleReader.read(empty));
    }

    @Test
    void refusesDamagedZipFiles() throws IOException {
        assertRefused("b.npz", "no zip file", "not a zip file");
        assertRefused("b.npz", "", "not a zip file");
        Path file = folder.resolve("c.npz");
        write(file, numbers(3000), 3, 100);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> SampleReader.read(file));
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 1;
        Files.write(file, flipped);
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> SampleReader.read(file))
                .withMessageContaining("checksum");
    }

    @Test
    void refusesAZipMemberThatClaimsMoreThanItCanHold() throws IOException {
        Path file = zip("samples.npy");
        byte[] bytes = Files.readAllBytes(file);
        int directory = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\001\002");
        // The uncompressed size of the entry in the central directory.
        for (int k = 0; k < 4; k++) {
            bytes[directory + 24 + k] = 0x7f;
        }
        Files.write(file, bytes);
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> SampleReader.read(file))
                .withMessageContaining("claims 2139062143 bytes");
    }
}
