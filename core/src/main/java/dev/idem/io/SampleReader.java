package dev.idem.io;

import java.io.IOException;
import java.nio.file.Path;

/** Reads samples of any kind of file that {@link SampleWriter} writes, or that NumPy or a spreadsheet has written. */
public final class SampleReader {

    private SampleReader() {}

    /**
     * Reads samples.
     *
     * @param file name ending in .npy, .npz or .csv
     * @return at least one row of finite numbers
     * @throws IllegalArgumentException if the name has another ending
     * @throws FileFormatException if the content is foreign or damaged, there are no rows, or a number is not finite
     * @throws IOException if the file cannot be read
     */
    public static FloatMatrix read(Path file) throws IOException {
        FloatMatrix samples = switch (SampleFormat.of(file)) {
            case NPY -> NpyFile.readFloats(file);
            case NPZ -> NpyFile.readZippedFloats(file);
            case CSV -> CsvFile.readFloats(file);
        };
        if (samples.values().length == 0) {
            throw new FileFormatException(file,
                    "it has " + samples.rows() + " rows of " + samples.columns() + " numbers",
                    "at least one of each");
        }
        float[] values = samples.values();
        for (int k = 0; k < values.length; k++) {
            if (!Float.isFinite(values[k])) {
                throw new FileFormatException(file,
                        "it has " + values[k] + " in row " + k / samples.columns() + ", column "
                                + k % samples.columns() + " (counted from 0)",
                        "finite numbers");
            }
        }
        return samples;
    }

    /**
     * Reads samples of a known dimension.
     *
     * @param file name ending in .npy, .npz or .csv
     * @param dimension coordinates of a sample
     * @return at least one row of finite numbers
     * @throws FileFormatException as for {@link #read(Path)}, or if rows have another length
     * @throws IOException if the file cannot be read
     */
    public static FloatMatrix read(Path file, int dimension) throws IOException {
        FloatMatrix samples = read(file);
        if (samples.columns() != dimension) {
            throw new FileFormatException(file, "it has rows of " + samples.columns() + " numbers",
                    "rows of " + dimension);
        }
        return samples;
    }
}
