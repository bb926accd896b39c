package dev.idem.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFileTest {

    @TempDir
    private Path folder;

    /** A file with a header in version 1, 2 or 3 and the numbers 1, 2, 3 … in the header's type. */
    private Path file(int version, String header, int values) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        byte[] text = (header + "\n").getBytes(StandardCharsets.UTF_8);
        ByteBuffer length = ByteBuffer.allocate(version == 1 ? 2 : 4).order(ByteOrder.LITTLE_ENDIAN);
        out.write(version == 1 ? length.putShort((short) text.length).array() : length.putInt(text.length).array());
        out.write(text);
        ByteBuffer data = ByteBuffer.allocate(8)
                .order(header.contains(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int k = 1; k <= values; k++) {
            data.clear();
            boolean wide = header.contains("8");
            out.write(wide ? data.putDouble(k).array() : data.putFloat(k).array(), 0, wide ? 8 : 4);
        }
        return Files.write(folder.resolve("a.npy"), out.toByteArray());
    }

    private static String header(String type, String fortran, String shape) {
        return "{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }";
    }

    private static void assertRefused(Path file, String... parts) {
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> NpyFile.readFloats(file))
                .withMessageStartingWith(file + ": ").withMessageContaining("; must be ")
                .satisfies(e -> {
                    for (String part : parts) {
                        assertThat(e.getMessage()).contains(part);
                    }
                });
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> NpyFile.readDoubles(file));
    }

    @ParameterizedTest
    @CsvSource({"<f4, 1", ">f4, 1", "<f8, 1", ">f8, 1", "<f4, 2", ">f8, 3"})
    void readsAllTypesOrdersAndVersions(String type, int version) throws IOException {
        Path rowByRow = file(version, header(type, "False", "(2, 3)"), 6);
        assertThat(NpyFile.readFloats(rowByRow).values()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(NpyFile.readDoubles(rowByRow).values()).containsExactly(1, 2, 3, 4, 5, 6);
        Path columnByColumn = file(version, header(type, "True", "(2, 3)"), 6);
        FloatMatrix matrix = NpyFile.readFloats(columnByColumn);
        assertThat(matrix.values()).containsExactly(1, 3, 5, 2, 4, 6);
        assertThat(matrix.rows()).isEqualTo(2);
        assertThat(matrix.columns()).isEqualTo(3);
        assertThat(NpyFile.readDoubles(columnByColumn).values()).containsExactly(1, 3, 5, 2, 4, 6);
    }

    @Test
    void readsVectorsAsOneColumn() throws IOException {
        FloatMatrix matrix = NpyFile.readFloats(file(1, header("<f4", "False", "(4,)"), 4));
        assertThat(matrix.rows()).isEqualTo(4);
        assertThat(matrix.columns()).isEqualTo(1);
        assertThat(matrix.values()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void readsHeadersInAnySpelling() throws IOException {
        for (String header : new String[] {"{\"shape\":(2,3),\"fortran_order\":False,\"descr\":\"<f4\"}",
                "  { 'shape' : ( 2 , 3 , ) , 'descr':'<f4','fortran_order':False }   "}) {
            assertThat(NpyFile.readFloats(file(1, header, 6)).values()).containsExactly(1, 2, 3, 4, 5, 6);
        }
    }

    /** {@code numpy.save} of {@code array([[1.5], [-2]], '>f8')}, NumPy 2.4.6, as {@code open(…, 'rb').read().hex()}. */
    @Test
    void readsWhatNumpyWrites() throws IOException {
        String head = "934e554d5059010076007b276465736372273a20273e6638272c2027666f727472616e5f6f72646572273a2046616c7365"
                + "2c20277368617065273a2028322c2031292c207d";
        String text = head + "20".repeat(127 - head.length() / 2) + "0a" + "3ff8000000000000c000000000000000";
        Path file = Files.write(folder.resolve("a.npy"), HexFormat.of().parseHex(text));
        assertThat(NpyFile.readDoubles(file).values()).containsExactly(1.5, -2);
    }

    @Test
    void writesTheBytesThatNumpyWrites() throws IOException {
        Path file = folder.resolve("a.npy");
        NpyFile.write(file, new FloatMatrix(2, 1, new float[] {1.5f, -2}));
        String head = "934e554d5059010076007b276465736372273a20273c6634272c2027666f727472616e5f6f72646572273a2046616c7365"
                + "2c20277368617065273a2028322c2031292c207d";
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(file)))
                .isEqualTo(head + "20".repeat(127 - head.length() / 2) + "0a" + "0000c03f" + "000000c0");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16384, 16385, 40001})
    void returnsWhatWasWritten(int rows) throws IOException {
        float[] values = new float[3 * rows];
        for (int k = 0; k < values.length; k++) {
            values[k] = k * 0.37f - 5;
        }
        values[0] = Float.NaN;
        values[1] = Float.NEGATIVE_INFINITY;
        Path file = folder.resolve("a.npy");
        NpyFile.write(file, new FloatMatrix(rows, 3, values));
        FloatMatrix read = NpyFile.readFloats(file);
        assertThat(read.rows()).isEqualTo(rows);
        assertThat(read.values()).containsExactly(values);
    }

    @Test
    void refusesForeignFiles() throws IOException {
        assertRefused(Files.writeString(folder.resolve("b.npy"), "x0,x1\n1,2\n"), "does not begin like a .npy file");
        assertRefused(Files.writeString(folder.resolve("b.npy"), ""), "ends within its .npy header");
        assertRefused(file(9, header("<f4", "False", "(2, 3)"), 6), "version is 9.0");
        assertRefused(folder, "it is a folder");
        Path missing = folder.resolve("missing.npy");
        assertThatIOException().isThrownBy(() -> NpyFile.readFloats(missing))
                .withMessage("cannot read " + missing + ": no such file or folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<i4", "<f2", "|u1", "f4", "<f16", "<c8", "|O"})
    void refusesOtherTypes(String type) throws IOException {
        assertRefused(file(1, header(type, "False", "(2, 3)"), 6), "type " + type, "<f4, <f8, >f4 or >f8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"()", "(2, 3, 1)", "(-2, 3)", "(2)", "(2.0, 3)", "6", "(1e1, 2)", "(9999999999999999999,)"})
    void refusesOtherShapes(String shape) throws IOException {
        assertRefused(file(1, header("<f4", "False", shape), 6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "{'descr': '<f4'}", "[1]",
            "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (2, 3)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'more': 1}",
            "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}",
            "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2, 3)}",
            "{'descr': '<f4' 'fortran_order': False 'shape': (2, 3)}", "{'descr: <f4}", "{descr: '<f4'}", "{'descr':}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3}"})
    void refusesOtherHeaders(String header) throws IOException {
        assertRefused(file(1, header, 6));
    }

    @Test
    void refusesMoreOrFewerBytesThanTheShapeNeeds() throws IOException {
        Path whole = file(1, header("<f4", "False", "(2, 3)"), 6);
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = folder.resolve("cut.npy");
        for (int length = 0; length < bytes.length; length++) {
            Files.write(cut, Arrays.copyOf(bytes, length));
            assertRefused(cut);
        }
        Files.write(cut, Arrays.copyOf(bytes, bytes.length + 1));
        assertRefused(cut, "for the shape (2, 3)", "bytes long");
    }

    @Test
    void takesNoMemoryForWhatIsNotThere() throws IOException {
        assertRefused(file(1, header("<f8", "False", "(268435456, 7)"), 1), "for the shape (268435456, 7)");
        assertRefused(file(1, header("<f4", "False", "(4294967296, 4294967296)"), 1), "at most 2147483639 numbers");
        assertRefused(file(1, header("<f4", "False", "(0, 999999999999999999)"), 1), "at most 2147483639 numbers");
        byte[] bomb = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff,
                '{'};
        assertRefused(Files.write(folder.resolve("bomb.npy"), bomb), "claims 4294967295 bytes");
    }

    @Test
    void refusesNumbersBeyondSinglePrecision() throws IOException {
        Path file = file(1, header("<f8", "False", "(1,)"), 1);
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putDouble(bytes.length - 8, 1e300);
        Files.write(file, bytes);
        assertThat(NpyFile.readDoubles(file).values()).containsExactly(1e300);
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> NpyFile.readFloats(file))
                .withMessageContaining("1.0E300");
    }

    @Test
    void matricesHaveTheirSize() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FloatMatrix(2, 2, new float[3]))
                .withMessageContaining("3 numbers");
        assertThatIllegalArgumentException().isThrownBy(() -> new DoubleMatrix(-1, -3, new double[3]));
    }
}
