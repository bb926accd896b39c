package dev.idem.config;

/** A configuration cannot be used; the message is one line, complete for whoever wrote it. */
public final class ConfigException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Makes an exception; the message names the file or option, the key, the value and what is allowed. */
    public ConfigException(String message) {
        super(message);
    }

    /** Makes an exception with what lies behind it. */
    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
