package dev.idem.io;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a .npy file: type of number, order and shape.
 *
 * <p>Layout: the magic bytes 93 "NUMPY", two bytes of version, the header's length (2 bytes little-endian in version 1,
 * 4 in 2 and 3), then a Python dictionary, e.g. {@code {'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }},
 * padded with spaces and a line feed so that the data begin at a multiple of 64.
 *
 * <p>Source: NumPy Enhancement Proposal 1 and the documentation of {@code numpy.lib.format}.
 *
 * @param doublePrecision whether numbers have 8 bytes, not 4
 * @param order byte order
 * @param fortranOrder whether the numbers of a column, not of a row, follow each other
 * @param rows number of rows
 * @param columns number of columns, 1 for a vector
 * @param length bytes before the data
 */
record NpyHeader(boolean doublePrecision, ByteOrder order, boolean fortranOrder, long rows, long columns, int length) {

    /** Far more than any header of two sizes needs; a length beyond it is a foreign file or an attack. */
    private static final int LONGEST = 1 << 12;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;
    private static final int PREAMBLE = MAGIC.length + 4; // of version 1

    private static final Pattern SHAPE = Pattern.compile("\\((\\d{1,18}),(?:(\\d{1,18}),?)?\\)");

    /** Returns the number of bytes of one number. */
    int bytesPerValue() {
        return doublePrecision ? 8 : 4;
    }

    /**
     * Returns the number of bytes of the data.
     *
     * @throws FileFormatException if there are more numbers than a Java array holds
     */
    long dataBytes(Path file) throws FileFormatException {
        long most = Integer.MAX_VALUE - 8L;
        if (rows > most || columns > most || (rows > 0 && columns > most / rows)) {
            throw new FileFormatException(file, "it has the shape (" + rows + ", " + columns + ")",
                    "at most 2147483639 numbers");
        }
        return rows * columns * bytesPerValue();
    }

    /** Returns the head of a file in version 1, float32, little-endian, row after row. */
    static byte[] ofFloats(long rows, int columns) {
        String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + rows + ", " + columns + "), }";
        int unpadded = PREAMBLE + dictionary.length() + 1;
        int length = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] head = new byte[length];
        Arrays.fill(head, (byte) ' ');
        System.arraycopy(MAGIC, 0, head, 0, MAGIC.length);
        head[6] = 1;
        head[7] = 0;
        head[8] = (byte) (length - PREAMBLE);
        head[9] = (byte) ((length - PREAMBLE) >> 8);
        byte[] text = dictionary.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, head, PREAMBLE, text.length);
        head[length - 1] = '\n';
        return head;
    }

    /**
     * Reads the head from the beginning of a file and leaves the stream at the data.
     *
     * @param file named in messages
     * @param in at the beginning, modified
     * @throws FileFormatException if it is not a .npy file of 4 or 8 byte floating-point numbers in one or two
     *             dimensions
     * @throws IOException if reading fails
     */
    static NpyHeader read(Path file, InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        try {
            byte[] magic = new byte[MAGIC.length];
            data.readFully(magic);
            if (!Arrays.equals(magic, MAGIC)) {
                throw new FileFormatException(file, "it does not begin like a .npy file", "a NumPy array");
            }
            int version = data.readUnsignedByte();
            int minor = data.readUnsignedByte();
            if (version < 1 || version > 3) {
                throw new FileFormatException(file, "its .npy version is " + version + "." + minor, "1.0, 2.0 or 3.0");
            }
            long size = version == 1
                    ? Short.toUnsignedInt(Short.reverseBytes(data.readShort()))
                    : Integer.toUnsignedLong(Integer.reverseBytes(data.readInt()));
            if (size > LONGEST) {
                throw new FileFormatException(file, "its header claims " + size + " bytes", "at most " + LONGEST);
            }
            byte[] text = new byte[(int) size];
            data.readFully(text);
            int length = MAGIC.length + 2 + (version == 1 ? 2 : 4) + text.length;
            return parse(file, new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1),
                    length);
        } catch (EOFException e) {
            FileFormatException truncated = new FileFormatException(file, "it ends within its .npy header", "complete");
            truncated.initCause(e);
            throw truncated;
        }
    }

    private static NpyHeader parse(Path file, String text, int length) throws FileFormatException {
        PythonDictionary entries = PythonDictionary.parse(text);
        if (entries == null || !entries.values().keySet().equals(Set.of("descr", "fortran_order", "shape"))) {
            throw new FileFormatException(file, "its .npy header is " + shortened(text.strip()),
                    "a dictionary of descr, fortran_order and shape");
        }
        return of(file, entries.get("descr"), entries.get("fortran_order"), entries.get("shape"), length);
    }

    private static NpyHeader of(Path file, String type, String fortran, String shape, int length)
            throws FileFormatException {
        if (!type.matches("[<>]f[48]")) {
            throw new FileFormatException(file, "its numbers are of type " + shortened(type),
                    "<f4, <f8, >f4 or >f8 (float32 or float64)");
        }
        if (!fortran.equals("True") && !fortran.equals("False")) {
            throw new FileFormatException(file, "its fortran_order is " + shortened(fortran), "True or False");
        }
        Matcher sizes = SHAPE.matcher(shape);
        if (!sizes.matches()) {
            throw new FileFormatException(file, "its shape is " + shortened(shape), "(rows, columns) or (rows,)");
        }
        long rows = Long.parseLong(sizes.group(1));
        long columns = sizes.group(2) == null ? 1 : Long.parseLong(sizes.group(2));
        return new NpyHeader(type.charAt(2) == '8',
                type.charAt(0) == '<' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN,
                fortran.equals("True"), rows, columns, length);
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
