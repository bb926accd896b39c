package dev.idem.io;

import java.nio.file.Path;
import java.util.Locale;

/** The kinds of file that samples are kept in, told by the end of the name. */
public enum SampleFormat {

    /** NumPy array. */
    NPY,
    /** Zip file with one NumPy array called samples. */
    NPZ,
    /** Text, one row a line. */
    CSV;

    /**
     * Returns the kind of a file.
     *
     * @param file its name; case does not matter
     * @throws IllegalArgumentException if the name ends in none of .npy, .npz, .csv
     */
    public static SampleFormat of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        for (SampleFormat format : values()) {
            if (name.endsWith("." + format.name().toLowerCase(Locale.ROOT))) {
                return format;
            }
        }
        throw new IllegalArgumentException(
                "the name of " + file + " ends in none of .npy, .npz and .csv, must end in one of them");
    }
}
