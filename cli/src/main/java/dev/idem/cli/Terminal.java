package dev.idem.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err progress and errors
 * @param colourOut whether results may have colours
 * @param live whether err is a terminal, on which a line can be written over
 * @param width characters of a line
 * @param plusMinus the sign between a value and its error
 */
record Terminal(PrintWriter out, PrintWriter err, boolean colourOut, boolean live, int width, String plusMinus) {

    private static final String PLUS_MINUS = "±";

    /** Returns the process's own streams. */
    static Terminal system() {
        Charset charset = System.out.charset();
        String plusMinus = charset.newEncoder().canEncode(PLUS_MINUS) ? PLUS_MINUS : "+-";
        return new Terminal(writer(System.out), writer(System.err), Settings.isTerminal(1) && !Settings.noColour(),
                Settings.isTerminal(2) && !Settings.noColour(), Settings.width(), plusMinus);
    }

    /** Returns writers without colours and without a terminal, as a script has them. */
    static Terminal plain(PrintWriter out, PrintWriter err) {
        return new Terminal(out, err, false, false, Settings.width(), PLUS_MINUS);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }
}
