package dev.idem.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the command line reads from its environment. */
final class Settings {

    private static final int STANDARD_WIDTH = 80;
    private static final int LEAST_WIDTH = 40;

    private Settings() {}

    /** Returns whether the user wants no colours (no-color.org). */
    static boolean noColour() {
        String value = System.getenv("NO_COLOR");
        return (value != null && !value.isEmpty()) || "dumb".equals(System.getenv("TERM"));
    }

    /** Returns the number of characters of a line, as the shell says, or 80. */
    static int width() {
        String columns = System.getenv("COLUMNS");
        if (columns != null && columns.matches("\\d{1,4}")) {
            return Math.max(LEAST_WIDTH, Integer.parseInt(columns));
        }
        return STANDARD_WIDTH;
    }

    /**
     * Returns whether a file descriptor is a terminal. Java itself only knows whether standard input and output both
     * are, so Linux is asked first.
     *
     * @param descriptor 1 for standard output, 2 for standard error
     */
    static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        }
    }
}
