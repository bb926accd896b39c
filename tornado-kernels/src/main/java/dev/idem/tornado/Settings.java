package dev.idem.tornado;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What TornadoVM reads from system properties, once and for all, when its first class is loaded. */
final class Settings {

    /** Properties that must have a value, as the launcher sets them, and what happens otherwise. */
    private static final List<Required> REQUIRED = List.of(
            new Required("tornado.recover.bailout", "false", "kernels that fail would run as Java, without a word"),
            new Required("tornado.tvm.maxbytecodesize", "65536", "a training step would not fit into a graph"));

    /** What must not be among the OpenCL compiler's flags: with it NaN and infinity go unnoticed. */
    private static final String COMPILER_FLAGS = "tornado.opencl.compiler.flags";

    /** Set to true, matrix products that fill tiles go by tiles. */
    static final String TILES = "idem.tornado.tiles";

    private static final long DEFAULT_MEMORY = 4L << 30;

    private Settings() {}

    private record Required(String property, String value, String otherwise) {}

    /** Returns what is wrong with the properties, empty if nothing. */
    static List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (Required required : REQUIRED) {
            String value = System.getProperty(required.property());
            if (!required.value().equals(value)) {
                problems.add("-D" + required.property() + "=" + required.value() + " is not set: "
                        + required.otherwise());
            }
        }
        String flags = System.getProperty(COMPILER_FLAGS);
        if (flags == null || flags.contains("fast") || flags.contains("finite")) {
            problems.add("-D" + COMPILER_FLAGS + "=-w is not set: NaN and infinity would go unnoticed");
        }
        String sdk = System.getProperty("idem.tornado.sdk", "");
        String api = Settings.apiVersion();
        if (!sdk.isEmpty() && !sdk.equals(api)) {
            problems.add("this SDK of TornadoVM is version " + sdk + ", and idem was built for " + api
                    + ": install that, or build idem with -Dtornado.version=" + sdk);
        }
        return problems;
    }

    /** Returns the version of the API that this was compiled with. */
    private static String apiVersion() {
        try (InputStream version = Settings.class.getResourceAsStream("version.txt")) {
            return version == null ? "" : new String(version.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether matrix products go by tiles where they fill some. */
    static boolean tiles() {
        return Boolean.getBoolean(TILES);
    }

    /** Returns the bytes that all plans together may take on the device. */
    static long deviceMemory() {
        String value = System.getProperty("tornado.device.memory");
        if (value == null) {
            return DEFAULT_MEMORY;
        }
        String digits = value.replaceAll("\\D", "");
        long number = digits.isEmpty() ? 0 : Long.parseLong(digits);
        if (value.endsWith("GB")) {
            return number << 30;
        }
        return value.endsWith("MB") ? number << 20 : number;
    }
}
