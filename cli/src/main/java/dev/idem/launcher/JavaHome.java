package dev.idem.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A folder that may hold a JDK, judged by its {@code release} file without running it. */
final class JavaHome {

    /** The oldest feature version that idem runs on. */
    static final int LEAST_FEATURE = 25;
    /** The module that has to be inside: runtime images may leave it out. */
    static final String VECTOR_MODULE = "jdk.incubator.vector";

    private final Path path;
    private final int feature;
    private final String fault;

    private JavaHome(Path path, int feature, String fault) {
        this.path = path;
        this.feature = feature;
        this.fault = fault;
    }

    /** Reads what a folder holds; never fails, see {@link #fault()}. */
    static JavaHome read(Path path) {
        if (!Files.isDirectory(path)) {
            return none(path, "there is no such folder");
        }
        if (executable(path).isEmpty()) {
            return none(path, "it has no bin/java");
        }
        String release;
        try {
            release = new String(Files.readAllBytes(path.resolve("release")), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return none(path, "it has no readable file named release");
        }
        String version = value(release, "JAVA_VERSION");
        int feature = featureOf(version);
        if (feature == 0) {
            return none(path, "its release file names no Java version");
        }
        String modules = value(release, "MODULES");
        String fault = "";
        if (feature < LEAST_FEATURE) {
            fault = "it is Java " + version;
        } else if (!modules.isEmpty() && !Arrays.asList(modules.split(" ")).contains(VECTOR_MODULE)) {
            // A distributor's release file without the list of modules is given the benefit of the doubt.
            fault = "its Java " + version + " lacks the module " + VECTOR_MODULE;
        }
        return new JavaHome(path, feature, fault);
    }

    /** Returns a folder that holds no JDK. */
    static JavaHome none(Path path, String fault) {
        return new JavaHome(path, 0, fault);
    }

    /** Returns the folder. */
    Path path() {
        return path;
    }

    /** Returns the feature version, such as 25; 0 if it is not known. */
    int feature() {
        return feature;
    }

    /** Returns why idem cannot run on it, in words that follow the folder's name; empty if it can. */
    String fault() {
        return fault;
    }

    /** Returns whether idem can run on it. */
    boolean suitable() {
        return fault.isEmpty();
    }

    /** Returns the {@code java} program. */
    Path executable() {
        return executable(path).orElseThrow();
    }

    private static Optional<Path> executable(Path home) {
        for (String name : new String[] {"java", "java.exe"}) {
            Path program = home.resolve("bin").resolve(name);
            if (Files.isRegularFile(program) && Files.isExecutable(program)) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    private static String value(String release, String key) {
        return release.lines().filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1).replace("\"", "").strip()).findFirst().orElse("");
    }

    /** "25", "25.0.3" and "26-ea" have the feature versions 25, 25 and 26; of "1.8.0" any answer is too old. */
    private static int featureOf(String version) {
        String digits = version.split("[^0-9]", 2)[0];
        return digits.isEmpty() || digits.length() > 4 ? 0 : Integer.parseInt(digits);
    }
}
