package dev.idem.cli;

import dev.idem.io.SampleFormat;
import dev.idem.io.SampleSink;
import dev.idem.io.SampleWriter;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A file of samples that a command draws: how many, where to, and how the drawing ends. */
final class SampleFile {

    @Option(names = "--count", paramLabel = "N", required = true, converter = WholeNumbers.class,
            description = "Number of samples.")
    private long count;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "File, *.npy, *.npz or *.csv.")
    private Path out = Path.of("");

    @Mixin
    private final OutputFiles files = new OutputFiles();

    /** Something that draws samples. */
    interface Drawing {

        /** Gives samples to the sink. */
        void into(SampleSink sink) throws IOException;

        /** Does what is left when the file is complete. */
        default void completed() throws IOException {}
    }

    long count() {
        return count;
    }

    Path path() {
        return out;
    }

    OutputFiles files() {
        return files;
    }

    /**
     * Checks what is asked for.
     *
     * @throws IllegalArgumentException if the file's kind is unknown, the count not positive, or the file there already
     */
    void check() {
        SampleFormat.of(out);
        if (count < 1) {
            throw new IllegalArgumentException("--count must be at least 1, got " + count);
        }
        files.requireNew(out);
    }

    /** Draws samples into the file, which appears when it is complete; returns the command's exit code. */
    int draw(Terminal terminal, Interruption interruption, int dimension, Drawing drawing) throws IOException {
        // Outside of the other try: that the file cannot be opened is bad input.
        try (SampleWriter writer = files.replaces()
                ? SampleWriter.replace(out, count, dimension)
                : SampleWriter.create(out, count, dimension)) {
            return draw(terminal, interruption, writer, drawing);
        }
    }

    private int draw(Terminal terminal, Interruption interruption, SampleWriter writer, Drawing drawing) {
        interruption.announce("stopping; no file is written");
        SampleCounter counter = new SampleCounter(terminal, count);
        try {
            drawing.into((samples, rows) -> {
                writer.write(samples, rows);
                counter.add(rows);
                StoppedException.throwIf(interruption.requested());
            });
            writer.commit();
            drawing.completed();
        } catch (StoppedException e) {
            return ExitCode.INTERRUPTED;
        } catch (IllegalArgumentException e) {
            throw CommandFailure.badInput(e);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            throw CommandFailure.running(e);
        } finally {
            counter.end();
        }
        return ExitCode.OK;
    }

    /** Ends the drawing from within. */
    static final class StoppedException extends IOException {

        private static final long serialVersionUID = 1L;

        /** Throws one if the user wants to stop. */
        static void throwIf(boolean requested) throws StoppedException {
            if (requested) {
                throw new StoppedException();
            }
        }
    }
}
