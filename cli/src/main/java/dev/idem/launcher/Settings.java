package dev.idem.launcher;

import java.nio.file.Path;
import java.util.Locale;

/** What the launcher reads from system properties. */
final class Settings {

    private Settings() {}

    /** Returns the home folder of the Java that runs the launcher. */
    static Path ownJavaHome() {
        return Path.of(System.getProperty("java.home"));
    }

    /** Returns the user's home folder. */
    static Path userHome() {
        return Path.of(System.getProperty("user.home"));
    }

    /** Returns the class path of this process: {@code idem.jar} as it was named on the command line. */
    static String classPath() {
        return System.getProperty("java.class.path");
    }

    /** Returns whether this is Windows. */
    static boolean windows() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    }
}
