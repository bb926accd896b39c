package dev.idem.io;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads text files of numbers separated by commas, one row a line, all rows of one length.
 *
 * <p>The first line may hold names instead of numbers. Blanks around numbers, a final line feed, blank lines at the end
 * and Windows' line ends are allowed; anything else that is no number is an error with its line and column.
 */
final class CsvFile {

    /** A longer line is no row of numbers but some other file; reading it whole would take its length in memory. */
    private static final int LONGEST_LINE = 1 << 24;

    private static final int MOST_VALUES = Integer.MAX_VALUE - 8;

    private final Path file;
    private final Reader in;
    private final StringBuilder line = new StringBuilder();
    private int lineNumber;
    private int columns = -1;
    private float[] values = new float[1024];
    private int size;

    private CsvFile(Path file, Reader in) {
        this.file = file;
        this.in = in;
    }

    /**
     * Reads a file in single precision.
     *
     * @param file the file
     * @return its numbers
     * @throws FileFormatException if something is no number or rows differ in length
     * @throws IOException if it cannot be read
     */
    static FloatMatrix readFloats(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileFormatException(file, "it is a folder", "a file");
        }
        // A reader with a decoder, unlike one with a charset, refuses bytes that are not UTF-8.
        try (Reader in = new BufferedReader(
                new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder()), 1 << 16)) {
            return new CsvFile(file, in).read();
        } catch (CharacterCodingException e) {
            FileFormatException foreign = new FileFormatException(file, "it is not text",
                    "numbers separated by commas");
            foreign.initCause(e);
            throw foreign;
        } catch (IOException e) {
            throw IoFailure.of("read", file, e);
        }
    }

    private FloatMatrix read() throws IOException {
        boolean ended = false;
        while (nextLine()) {
            if (line.isEmpty()) {
                ended = true;
            } else if (ended) {
                throw new FileFormatException(file, "line " + (lineNumber - 1) + " is blank", "a row of numbers");
            } else if (lineNumber > 1 || !isHeader()) {
                addRow();
            }
        }
        int rows = columns < 1 ? 0 : size / columns;
        return new FloatMatrix(rows, Math.max(columns, 0), Arrays.copyOf(values, size));
    }

    /** Reads the next line without its end and the blanks around it; false at the end of the file. */
    private boolean nextLine() throws IOException {
        line.setLength(0);
        int c = in.read();
        if (c < 0) {
            return false;
        }
        lineNumber++;
        while (c >= 0 && c != '\n') {
            if (line.length() == LONGEST_LINE) {
                throw new FileFormatException(file,
                        "line " + lineNumber + " has more than " + LONGEST_LINE + " characters",
                        "a row of numbers");
            }
            line.append((char) c);
            c = in.read();
        }
        String stripped = line.toString().strip();
        line.setLength(0);
        line.append(stripped);
        return true;
    }

    private boolean isHeader() {
        for (String field : line.toString().split(",", -1)) {
            if (number(field) != null) {
                return false;
            }
        }
        return true;
    }

    private void addRow() throws FileFormatException {
        String[] fields = line.toString().split(",", -1);
        if (columns < 0) {
            columns = fields.length;
        }
        if (fields.length != columns) {
            throw new FileFormatException(file, "line " + lineNumber + " has " + fields.length + " fields",
                    columns + " fields");
        }
        if (size > MOST_VALUES - columns) {
            throw new FileFormatException(file, "it has more than " + size + " numbers", "at most " + MOST_VALUES);
        }
        if (size + columns > values.length) {
            values = Arrays.copyOf(values, (int) Math.min(MOST_VALUES, Math.max(2L * values.length, size + columns)));
        }
        for (int column = 0; column < columns; column++) {
            Float value = number(fields[column]);
            if (value == null) {
                String field = fields[column].strip();
                throw new FileFormatException(file, "line " + lineNumber + ", field " + (column + 1) + " is '"
                        + (field.length() > 40 ? field.substring(0, 37) + "..." : field) + "'", "a number");
            }
            values[size++] = value;
        }
    }

    private static @Nullable Float number(String field) {
        String digits = field.strip();
        for (int k = 0; k < digits.length(); k++) {
            // Java would also take 1f, 1d and hexadecimal numbers.
            if ("0123456789+-.eE".indexOf(digits.charAt(k)) < 0) {
                return spelled(digits);
            }
        }
        try {
            return Float.valueOf(digits);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Returns the numbers that this and other programs write in words. */
    private static @Nullable Float spelled(String word) {
        return switch (word) {
            case "NaN", "nan", "-nan" -> Float.NaN;
            case "Infinity", "inf", "+inf" -> Float.POSITIVE_INFINITY;
            case "-Infinity", "-inf" -> Float.NEGATIVE_INFINITY;
            default -> null;
        };
    }
}
