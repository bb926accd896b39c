package dev.idem.backend;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** How many workers a machine deserves: one per physical core, for two threads of a core share its multipliers. */
public final class Processors {

    private static final Path TOPOLOGY = Path.of("/sys/devices/system/cpu");

    private Processors() {}

    /**
     * Returns the number of physical cores this process may use, at least one: on Linux from the kernel's topology, never
     * more than the processors the JVM sees; elsewhere the latter.
     */
    public static int physicalCores() {
        int visible = Runtime.getRuntime().availableProcessors();
        int cores = cores(TOPOLOGY);
        return cores == 0 ? visible : Math.min(visible, cores);
    }

    /** Returns the number of different sibling lists below a topology folder; zero if it cannot be read. */
    static int cores(Path topology) {
        Set<String> siblings = new HashSet<>();
        try (DirectoryStream<Path> processors = Files.newDirectoryStream(topology, "cpu[0-9]*")) {
            for (Path processor : processors) {
                siblings.add(Files.readString(processor.resolve("topology/thread_siblings_list")).strip());
            }
        } catch (IOException e) {
            return 0; // not Linux, or not readable: the caller falls back
        }
        return siblings.size();
    }
}
