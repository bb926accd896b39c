package dev.idem.launcher;

/** No JDK that idem can run on; the message is for the user and says what to do. */
final class NoSuitableJavaException extends Exception {

    private static final long serialVersionUID = 1;

    NoSuitableJavaException(String message) {
        super(message);
    }
}
