package dev.idem.cli;

/** Shows on a terminal how many samples have been drawn; says nothing elsewhere. */
final class SampleCounter {

    private static final long BETWEEN_LINES = 200_000_000L;
    private static final String ERASE = "\r\u001b[K";
    private static final double NANOS = 1e-9;

    private final Terminal terminal;
    private final long count;
    private final long begin = System.nanoTime();
    private long last = begin;
    private long done;

    SampleCounter(Terminal terminal, long count) {
        this.terminal = terminal;
        this.count = count;
    }

    void add(int rows) {
        done += rows;
        long now = System.nanoTime();
        if (terminal.live() && now - last >= BETWEEN_LINES) {
            last = now;
            double left = (now - begin) * NANOS / done * (count - done);
            terminal.err().print(ERASE + Figures.whole(done) + " of " + Figures.whole(count) + " samples  ETA "
                    + Durations.words(left));
            terminal.err().flush();
        }
    }

    /** Clears the line. */
    void end() {
        if (last != begin) {
            terminal.err().print(ERASE);
            terminal.err().flush();
        }
    }
}
