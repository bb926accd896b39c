package dev.idem.tornado;

import java.util.ArrayList;
import java.util.List;

/** TornadoVM's exceptions as one line of text. */
final class Messages {

    private static final String COLOUR_CODES = "\u001B\\[[;\\d]*m";

    private Messages() {}

    /** Returns the messages of an error and its causes, without the terminal's colour codes. */
    static String plain(Throwable error) {
        List<String> messages = new ArrayList<>();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            String text = message == null ? cause.getClass().getSimpleName() : message;
            String line = text.replaceAll(COLOUR_CODES, "").strip().replaceAll("\\s+", " ");
            if (!messages.contains(line)) {
                messages.add(line);
            }
        }
        return String.join("; ", messages);
    }
}
