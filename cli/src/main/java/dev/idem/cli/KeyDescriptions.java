package dev.idem.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** What each setting means, in one line; kept as a resource that a test compares with the settings there are. */
final class KeyDescriptions {

    private static final String RESOURCE = "config-keys.properties";
    private static final Properties LINES = load();

    private KeyDescriptions() {}

    private static Properties load() {
        Properties lines = new Properties();
        try (InputStream in = KeyDescriptions.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("resource " + RESOURCE + " is missing from this build");
            }
            lines.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + RESOURCE, e);
        }
        return lines;
    }

    /** Returns the description of a setting, empty if there is none. */
    static String of(String path) {
        return LINES.getProperty(path, "");
    }

    /** Returns all descriptions by path. */
    static Properties all() {
        return LINES;
    }
}
