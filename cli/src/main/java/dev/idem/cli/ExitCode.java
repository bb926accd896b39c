package dev.idem.cli;

/** What a command's exit code says. */
final class ExitCode {

    /** Everything was done, or a limit that was asked for was reached. */
    static final int OK = 0;

    /** Something failed on the way: training diverged, a file could not be written, the user's energy threw. */
    static final int FAILED = 1;

    /** What was asked for makes no sense; nothing was done. */
    static final int BAD_INPUT = 2;

    /** Stopped by Ctrl-C or SIGTERM. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
