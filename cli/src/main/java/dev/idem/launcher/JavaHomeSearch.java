package dev.idem.launcher;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds a JDK that idem can run on.
 *
 * <p>In this order: IDEM_JAVA_HOME, which is an order and so must be right; JAVA_HOME; the Java that runs the launcher;
 * the {@code java} on PATH; the folders where systems and tools install JDKs, of those the oldest suitable feature
 * version, since that is the one idem is tested on.
 */
final class JavaHomeSearch {

    /** Environment variable that names the JDK to use. */
    static final String VARIABLE = "IDEM_JAVA_HOME";

    /** Where a JDK may lie below the folder named after it: there itself, in a macOS bundle, in a Homebrew keg. */
    private static final List<String> INNER = List.of("", "Contents/Home", "libexec",
            "libexec/openjdk.jdk/Contents/Home");

    private final Map<String, String> environment;
    private final Path own;
    private final List<Path> folders;

    /**
     * Makes a search.
     *
     * @param environment the environment variables
     * @param own         home of the Java that runs the launcher
     * @param folders     folders with JDKs in them; those that do not exist are skipped
     */
    JavaHomeSearch(Map<String, String> environment, Path own, List<Path> folders) {
        this.environment = environment;
        this.own = own;
        this.folders = folders;
    }

    /** Returns the search over the usual places of this machine. */
    static JavaHomeSearch ofThisMachine(Map<String, String> environment) {
        return new JavaHomeSearch(environment, Settings.ownJavaHome(),
                Settings.windows() ? windowsFolders(environment) : unixFolders(environment));
    }

    /**
     * Returns the JDK to use.
     *
     * @throws NoSuitableJavaException if IDEM_JAVA_HOME names something else, or if there is none anywhere
     */
    JavaHome find() throws NoSuitableJavaException {
        String ordered = environment.getOrDefault(VARIABLE, "");
        if (!ordered.isBlank()) {
            JavaHome home = read(ordered);
            if (!home.suitable()) {
                throw new NoSuitableJavaException("idem: " + VARIABLE + "=" + ordered + " is not a JDK "
                        + JavaHome.LEAST_FEATURE + " or newer: " + home.fault());
            }
            return home;
        }
        List<String> faults = new ArrayList<>();
        String javaHome = environment.getOrDefault("JAVA_HOME", "");
        if (!javaHome.isBlank()) {
            JavaHome home = read(javaHome);
            if (home.suitable()) {
                return home;
            }
            faults.add("JAVA_HOME=" + javaHome + " (" + home.fault() + ")");
        }
        JavaHome running = JavaHome.read(own);
        if (running.suitable()) {
            return running;
        }
        faults.add("the running Java, " + own + " (" + running.fault() + ")");
        Optional<JavaHome> found = onPath().filter(JavaHome::suitable).or(this::inFolders);
        return found.orElseThrow(() -> new NoSuitableJavaException(explanation(faults)));
    }

    private String explanation(List<String> faults) {
        return String.join(System.lineSeparator(),
                "idem needs a JDK " + JavaHome.LEAST_FEATURE + " or newer, and there is none on this machine.",
                "Looked at " + String.join(", ", faults) + ", PATH, and below "
                        + folders.stream().map(Path::toString).collect(Collectors.joining(", ")) + ".",
                "Install one, for example Eclipse Temurin " + JavaHome.LEAST_FEATURE
                        + " (https://adoptium.net), or set " + VARIABLE + " to the folder of one.");
    }

    private Optional<JavaHome> onPath() {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank()).flatMap(folder -> homeOfProgram(folder).stream()).findFirst();
    }

    private static Optional<JavaHome> homeOfProgram(String folder) {
        for (String name : new String[] {"java", "java.exe"}) {
            try {
                // The program on PATH is mostly a chain of links into the real home.
                Path bin = Path.of(folder, name).toRealPath().getParent();
                return Optional.ofNullable(bin).map(Path::getParent).map(JavaHome::read);
            } catch (IOException | InvalidPathException e) {
                continue; // not here
            }
        }
        return Optional.empty();
    }

    private Optional<JavaHome> inFolders() {
        return folders.stream().flatMap(folder -> Stream.concat(Stream.of(folder), children(folder)))
                .flatMap(child -> INNER.stream().map(child::resolve)).map(JavaHome::read).filter(JavaHome::suitable)
                .min(Comparator.comparingInt(JavaHome::feature));
    }

    private static Stream<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().collect(Collectors.toList()).stream();
        } catch (IOException | UncheckedIOException e) {
            return Stream.empty(); // absent or not ours to read
        }
    }

    private static JavaHome read(String folder) {
        try {
            return JavaHome.read(Path.of(folder));
        } catch (InvalidPathException e) {
            return JavaHome.none(Path.of(""), "no folder can have this name");
        }
    }

    private static List<Path> unixFolders(Map<String, String> environment) {
        Path home = Settings.userHome();
        List<Path> folders = new ArrayList<>();
        for (String folder : new String[] {"/usr/lib/jvm", "/usr/lib64/jvm", "/usr/java", "/usr/local/java", "/opt",
                "/opt/java", "/opt/jdk", "/usr/local", "/Library/Java/JavaVirtualMachines", "/opt/homebrew/opt",
                "/usr/local/opt", "/home/linuxbrew/.linuxbrew/opt"}) {
            folders.add(Path.of(folder));
        }
        folders.add(home.resolve("Library/Java/JavaVirtualMachines"));
        String sdkman = environment.getOrDefault("SDKMAN_DIR", "");
        folders.add((sdkman.isBlank() ? home.resolve(".sdkman") : Path.of(sdkman)).resolve("candidates/java"));
        for (String folder : new String[] {".jdks", ".gradle/jdks", ".asdf/installs/java",
                ".local/share/mise/installs/java"}) {
            folders.add(home.resolve(folder));
        }
        return folders;
    }

    private static List<Path> windowsFolders(Map<String, String> environment) {
        Path programs = Path.of(environment.getOrDefault("ProgramFiles", "C:\\Program Files"));
        List<Path> folders = new ArrayList<>();
        for (String vendor : new String[] {"Java", "Eclipse Adoptium", "Microsoft", "Zulu", "Amazon Corretto",
                "BellSoft", "OpenJDK", "Semeru"}) {
            folders.add(programs.resolve(vendor));
        }
        folders.add(Settings.userHome().resolve(".jdks"));
        folders.add(Settings.userHome().resolve(".gradle").resolve("jdks"));
        return folders;
    }
}
