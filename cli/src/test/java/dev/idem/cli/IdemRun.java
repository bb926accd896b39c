package dev.idem.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of idem within this process.
 *
 * @param exitCode its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record IdemRun(int exitCode, String out, String err) {

    /** Settings of the smallest training that still does everything, over preset smoke. */
    static final List<String> TINY = List.of("--preset", "smoke", "--set", "loop.epochs=2", "--set",
            "loop.stepsPerEpoch=3", "--set", "loop.batchSize=16", "--set", "network.hidden=16", "--set",
            "network.embedding=8", "--set", "estimator.copies=16", "--set", "estimator.minCopies=16", "--set",
            "refill.steps=5", "--set", "sampler.steps=5", "--set", "replay.refillPoints=16", "--set",
            "replay.startPoints=16", "--set", "refine.oldPoints=0", "--set", "evaluation.samples=200", "--set",
            "evaluation.setSize=50");

    static IdemRun of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(Terminal.plain(new PrintWriter(out), new PrintWriter(err)), args);
        return new IdemRun(exitCode, out.toString(), err.toString());
    }

    /** Runs {@code idem train} with {@link #TINY} and some arguments, which win. */
    static IdemRun trainTiny(String... args) {
        return of(trainTinyCommand(args).toArray(String[]::new));
    }

    /** Returns what {@link #trainTiny} runs; one thread unless told otherwise, for workers wait by spinning. */
    static List<String> trainTinyCommand(String... args) {
        List<String> all = new ArrayList<>(List.of("train"));
        all.addAll(TINY);
        all.addAll(List.of(args));
        if (!all.contains("--threads")) {
            all.addAll(List.of("--threads", "1"));
        }
        return all;
    }

    /** Returns standard error if it is one line without a stack trace, else all of it with a mark before. */
    String errorLine() {
        return err.lines().count() == 1 ? err.strip() : "NOT ONE LINE: " + err;
    }
}
