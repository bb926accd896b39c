package dev.idem.cli;

import dev.idem.config.RunConfig;
import dev.idem.config.TrainConfig;
import dev.idem.config.Version;
import dev.idem.task.Task;
import dev.idem.train.EnergyCalls;
import dev.idem.train.RunSummary;
import dev.idem.train.TrainingOutlook;

/** What {@code idem train} says before and after. */
final class TrainReport {

    private static final double PERCENT = 100;
    private static final double MEBIBYTE = 1024 * 1024;

    private final Terminal terminal;

    TrainReport(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Says what is about to be done. */
    void plan(RunConfig config, Task task, TrainingOutlook outlook, String folder, boolean resumed) {
        TrainConfig train = config.train();
        terminal.err().println("idem " + Version.current() + (resumed ? ": continuing " : ": training ") + config.task()
                + ", preset " + config.preset() + ", seed " + config.seed());
        new TextTable("ll").row("  target", task.description())
                .row("  network", Figures.whole(outlook.parameters()) + " parameters, " + train.network().blocks()
                        + " blocks of width " + train.network().hidden() + ", for " + outlook.dimension()
                        + (outlook.dimension() == 1 ? " coordinate" : " coordinates"))
                .row("  training", Figures.whole(outlook.steps()) + (resumed ? " steps left, " : " steps, ")
                        + train.loop().stepsPerEpoch() + " an epoch, " + train.loop().batchSize() + " points a step")
                .row("  energy", calls(outlook.energyCalls(), resumed))
                .row("  time", "about " + Durations.words(outlook.seconds()) + " on " + outlook.device() + ", "
                        + outlook.threads() + (outlook.threads() == 1 ? " thread" : " threads")
                        + "; then " + Figures.whole(train.evaluation().samples()) + " samples are drawn and judged")
                .row("  folder", folder).print(terminal.err());
        terminal.err().flush();
    }

    private static String calls(EnergyCalls calls, boolean resumed) {
        String most = calls.refinement() == 0 ? "" : "at most ";
        String split = calls.refinement() == 0
                ? ""
                : ": " + Figures.whole(calls.targets()) + " of targets, " + Figures.whole(calls.refinement())
                        + " of chains that refine the replay";
        return most + Figures.whole(calls.total()) + (resumed ? " calls left" : " calls") + split;
    }

    /** Prints the figures of a finished run. */
    void summary(RunSummary summary, String folder, String files) {
        FigureTable figures = new FigureTable(terminal);
        RunSummary.AfterLangevin after = summary.afterLangevin();
        if (after == null) {
            figures.column("samples", summary.metrics().values());
        } else {
            figures.column("bare", summary.metrics().values()).column("bare + " + after.steps(),
                    after.metrics().values());
        }
        figures.print();
        terminal.out().println();
        TextTable table = new TextTable("ll")
                .row("trained", Durations.words(summary.trainSeconds()) + ", " + Figures.whole(summary.steps())
                        + " steps, " + Figures.whole(summary.energyCalls()) + " energy calls")
                .row("drew",
                        Figures.whole(summary.samples()) + " samples in " + Durations.words(summary.sampleSeconds()));
        if (after != null) {
            table.row("bare + " + after.steps(),
                    "the same after Metropolis-adjusted Langevin steps of size " + Figures.of(after.stepSize())
                            + (after.trajectory() == 1 ? ", " : " in trajectories of " + after.trajectory() + ", ")
                            + Figures.of(after.acceptance() * PERCENT, 3) + " % accepted, "
                            + Figures.whole(after.energyCalls()) + " energy calls");
        }
        table
                .row("in all",
                        Durations.words(summary.wallSeconds()) + " on " + summary.device() + ", peak heap below "
                                + Math.round(summary.peakHeapBytes() / MEBIBYTE) + " MiB")
                .row("files", folder + ": " + files)
                .row("next",
                        summary.complete()
                                ? "idem sample " + folder + " --count 100000 --out samples.npy"
                                : "idem train --resume " + folder)
                .print(terminal.out());
    }

}
