package dev.idem.cli;

import dev.idem.train.EpochMetrics;
import dev.idem.train.RefillMetrics;
import dev.idem.train.TrainingListener;

/**
 * Shows a training on standard error: on a terminal as one line that is written over, elsewhere as a plain line now and
 * then. Also knows how far the training has come, which decides what an interruption and a failure mean.
 */
final class TrainProgress implements TrainingListener {

    private static final long BETWEEN_LINES = 10_000_000_000L;
    private static final String ERASE = "\r\u001b[K";

    private final Terminal terminal;
    private final boolean quiet;
    private final Interruption interruption;
    private final String folder;
    private long lastLine = System.nanoTime() - BETWEEN_LINES;
    private boolean begun;
    private boolean looping;
    private boolean lineIsOpen;

    TrainProgress(Terminal terminal, boolean quiet, Interruption interruption, String folder) {
        this.terminal = terminal;
        this.quiet = quiet;
        this.interruption = interruption;
        this.folder = folder;
    }

    /** Returns whether training has begun: from then on a failure is no longer one of what was asked for. */
    boolean begun() {
        return begun;
    }

    @Override
    public boolean cancelled() {
        begun = true;
        looping = true;
        return interruption.requested();
    }

    @Override
    public void phase(String what) {
        begun = true;
        if (looping) {
            interruption.atOnce("stopped; what was trained is saved in " + folder);
        }
        if (quiet) {
            return;
        }
        if (terminal.live()) {
            write(what + " ...");
        } else {
            terminal.err().println(what);
        }
    }

    @Override
    public void epoch(EpochMetrics metrics) {
        if (quiet) {
            return;
        }
        if (terminal.live()) {
            write(line(metrics));
            return;
        }
        long now = System.nanoTime();
        if (now - lastLine >= BETWEEN_LINES || metrics.epoch() == metrics.epochs()) {
            lastLine = now;
            terminal.err().println(line(metrics));
        }
    }

    /** Returns the figures of an epoch on one line. */
    static String line(EpochMetrics metrics) {
        StringBuilder line = new StringBuilder("epoch ").append(metrics.epoch()).append('/').append(metrics.epochs());
        append(line, "loss", metrics.loss());
        append(line, "grad", metrics.gradientNorm());
        append(line, "ess", metrics.effectiveSamples());
        append(line, "E-W2", metrics.energyW2());
        RefillMetrics refill = metrics.refill();
        if (refill != null) {
            append(line, "E", refill.energyBefore());
            append(line, ">", refill.energyAfter());
            append(line, "replay", refill.replayEnergy());
            append(line, "virial", refill.virial());
            append(line, "accepted", refill.acceptance());
            line.append("  exploded ").append(refill.exploded());
        }
        line.append("  ").append(Figures.of(metrics.stepsPerSecond(), 3)).append(" steps/s  ETA ")
                .append(Durations.words(metrics.secondsLeft()));
        return line.toString();
    }

    private static void append(StringBuilder line, String name, double value) {
        if (Double.isFinite(value)) {
            line.append("  ").append(name).append(' ').append(Figures.of(value, 3));
        }
    }

    private void write(String line) {
        int room = terminal.width() - 1;
        terminal.err().print(ERASE + (line.length() > room ? line.substring(0, room) : line));
        terminal.err().flush();
        lineIsOpen = true;
    }

    /** Clears the line that is written over. */
    void end() {
        if (lineIsOpen) {
            terminal.err().print(ERASE);
            terminal.err().flush();
            lineIsOpen = false;
        }
    }
}
