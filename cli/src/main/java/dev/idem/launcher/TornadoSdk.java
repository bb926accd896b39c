package dev.idem.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An installed SDK of TornadoVM 5.2, the compiler behind the GPU backend, and the flags with which its classes are found.
 *
 * <p>Everything that depends on its version is here. Without an SDK nothing changes.
 */
final class TornadoSdk {

    /** Environment variable with the SDK's folder. */
    static final String VARIABLE = "TORNADOVM_HOME";

    /** The option with the same meaning, which comes before the variable. */
    static final String OPTION = "--tornado-home";

    private static final String PRELOAD = "LD_PRELOAD";
    private static final String PACKAGE = "uk.ac.manchester.tornado.";
    private static final String[] BACKENDS = {"opencl", "ptx"};

    private final Path home;

    private TornadoSdk(Path home) {
        this.home = home;
    }

    /**
     * Returns the SDK that the option or the environment names.
     *
     * @throws IllegalArgumentException if the option has no value, or the folder is not an SDK
     */
    static Optional<TornadoSdk> find(Map<String, String> environment, List<String> arguments) {
        String named = environment.get(VARIABLE);
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).startsWith(OPTION + "=")) {
                named = arguments.get(i).substring(OPTION.length() + 1);
            } else if (arguments.get(i).equals(OPTION)) {
                if (i + 1 == arguments.size()) {
                    throw new IllegalArgumentException(OPTION + " needs the folder of TornadoVM's SDK");
                }
                named = arguments.get(i + 1);
            }
        }
        if (named == null || named.isEmpty()) {
            return Optional.empty();
        }
        Path home = Path.of(named).toAbsolutePath().normalize();
        if (!Files.isDirectory(home.resolve("share/java/tornado")) || !Files.isDirectory(home.resolve("lib"))) {
            throw new IllegalArgumentException(
                    home + " is not an SDK of TornadoVM: it lacks share/java/tornado or lib; see docs/gpu.md");
        }
        return Optional.of(new TornadoSdk(home));
    }

    /** Returns the arguments without the option. */
    static List<String> without(List<String> arguments) {
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).equals(OPTION)) {
                i++;
            } else if (!arguments.get(i).startsWith(OPTION + "=")) {
                rest.add(arguments.get(i));
            }
        }
        return rest;
    }

    /** Returns the flags; a user's come later and win. */
    List<String> flags() {
        Path jars = home.resolve("share/java");
        List<String> flags = new ArrayList<>(List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+EnableJVMCI",
                "-Djava.library.path=" + home.resolve("lib"), "--module-path=" + jars.resolve("tornado"),
                "--upgrade-module-path=" + jars.resolve("graalJars"),
                "--add-modules=tornado.runtime,tornado.annotation", "@" + exports("common")));
        for (String backend : BACKENDS) {
            if (Files.exists(home.resolve("lib/libtornado-" + backend + ".so"))) {
                flags.add("@" + exports(backend));
                flags.add("--enable-native-access=tornado.drivers." + backend);
            }
        }
        flags.addAll(List.of("-Dtornado.load.api.implementation=" + PACKAGE + "runtime.tasks.TornadoTaskGraph",
                "-Dtornado.load.runtime.implementation=" + PACKAGE + "runtime.TornadoCoreRuntime",
                "-Dtornado.load.tornado.implementation=" + PACKAGE + "runtime.common.Tornado",
                "-Dtornado.load.annotation.implementation=" + PACKAGE + "annotation.ASMClassVisitor",
                // A kernel that does not compile must be an error, not a slow success in Java.
                "-Dtornado.recover.bailout=false",
                // A training step is longer than the 4096 bytes that a graph has otherwise.
                "-Dtornado.tvm.maxbytecodesize=65536",
                // No fast mathematics: NaN and infinity must be seen.
                "-Dtornado.opencl.compiler.flags=-w", "-Dtornado.max.events=1024",
                // Arrays of the host lie outside the heap and count against this, whose default is the heap's size.
                "-XX:MaxDirectMemorySize=64g", "-Didem.tornado.sdk=" + version()));
        return flags;
    }

    /**
     * Returns what the child's environment needs besides: the library that hands signals to Java first.
     *
     * <p>OpenCL drivers that compile with LLVM take SIGSEGV while they do, and delete their files when one comes; to Java's threads
     * it comes all the time.
     */
    static Map<String, String> variables(JavaHome java, Map<String, String> environment) {
        Path library = java.path().resolve("lib/libjsig.so");
        if (!Files.exists(library)) {
            return Map.of();
        }
        String others = environment.getOrDefault(PRELOAD, "");
        return Map.of(PRELOAD, others.isEmpty() ? library.toString() : library + ":" + others);
    }

    private Path exports(String list) {
        return home.resolve("etc/exportLists/" + list + "-exports");
    }

    /** Returns the version in etc/tornado.release, empty if that cannot be read. */
    private String version() {
        try {
            List<String> lines = Files.readAllLines(home.resolve("etc/tornado.release"), StandardCharsets.UTF_8);
            return lines.stream().filter(line -> line.startsWith("version=")).map(line -> line.substring(8).trim())
                    .findFirst().orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
