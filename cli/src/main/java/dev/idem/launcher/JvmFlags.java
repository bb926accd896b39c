package dev.idem.launcher;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The flags of the Java virtual machine that idem runs on. */
final class JvmFlags {

    /** Environment variable with further flags, separated by blanks; they come last and so win. */
    static final String VARIABLE = "IDEM_JAVA_OPTS";

    private static final List<String> FLAGS = List.of(
            // The CPU backend is written with the Vector API. Java warns of it on standard error, with no way to say no.
            "--add-modules=" + JavaHome.VECTOR_MODULE,
            // Faster start from the archive of the JDK's classes; never fails where there is none.
            "-Xshare:auto",
            // Pictures are drawn in memory: no display is asked for, and no icon appears in a dock.
            "-Djava.awt.headless=true");

    /** Training allocates nothing in its steady state: the smallest collector, with no threads of its own, is best. */
    private static final String COLLECTOR = "-XX:+UseSerialGC";

    /** Java starts with a 64th of the memory and fills it before it collects; the largest heap stays Java's choice. */
    private static final String FIRST_HEAP = "-Xms64m";

    private JvmFlags() {}

    /**
     * Returns the flags with a user's added. Those that Java refuses beside a user's are left out.
     *
     * @param added the value of {@link #VARIABLE}, or null
     */
    static List<String> with(@Nullable String added) {
        List<String> words = new ArrayList<>();
        if (added != null && !added.isBlank()) {
            words.addAll(List.of(added.strip().split("\\s+")));
        }
        List<String> flags = new ArrayList<>(FLAGS);
        addUnless(words, "-XX:\\+Use\\w+GC", flags, COLLECTOR);
        addUnless(words, "-Xm[sx].*|-XX:(Max|Initial)HeapSize=.*", flags, FIRST_HEAP);
        flags.addAll(words);
        return flags;
    }

    private static void addUnless(List<String> words, String pattern, List<String> flags, String flag) {
        if (words.stream().noneMatch(word -> word.matches(pattern))) {
            flags.add(flag);
        }
    }
}
