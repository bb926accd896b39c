package dev.idem.cli;

import dev.idem.energy.InvalidEnergyException;
import dev.idem.train.TrainingDivergedException;
import java.io.IOException;
import java.util.Arrays;

/** Ends a command with an exit code and one line for the user. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String USERS_LOADER = "idem-energy";

    private final int exitCode;

    private CommandFailure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** Returns a failure whose cause is what the user asked for. */
    static CommandFailure badInput(Throwable cause) {
        return new CommandFailure(ExitCode.BAD_INPUT, message(cause), cause);
    }

    /** Returns a failure of the machine, the training or the user's code. */
    static CommandFailure running(Throwable cause) {
        return new CommandFailure(ExitCode.FAILED, explanation(cause), cause);
    }

    /** Returns the failure that an exception before anything was computed or written is. */
    static CommandFailure beforehand(Throwable cause) {
        boolean asked = cause instanceof IOException || cause instanceof IllegalArgumentException;
        return asked && !fromUsersCode(cause) ? badInput(cause) : running(cause);
    }

    private static String explanation(Throwable cause) {
        if (fromUsersCode(cause)) {
            return "the energy threw " + cause + "; --verbose shows where";
        }
        return switch (cause) {
            case IOException _,IllegalArgumentException _,TrainingDivergedException _,InvalidEnergyException _ ->
                message(cause);
            case OutOfMemoryError _ -> "out of memory (" + message(cause)
                    + "); Java takes more with IDEM_JAVA_OPTS=-Xmx8g";
            default -> "internal error: " + cause + "; run again with --verbose to see where";
        };
    }

    /** Users' classes are loaded by a loader of their own, whose name stands in stack traces. */
    private static boolean fromUsersCode(Throwable cause) {
        return Arrays.stream(cause.getStackTrace()).anyMatch(frame -> USERS_LOADER.equals(frame.getClassLoaderName()));
    }

    int exitCode() {
        return exitCode;
    }

    /** Returns what a throwable says, on one line. */
    static String message(Throwable cause) {
        String said = cause.getMessage();
        String plain = said == null || said.isBlank() ? cause.getClass().getSimpleName() : said;
        return plain.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
