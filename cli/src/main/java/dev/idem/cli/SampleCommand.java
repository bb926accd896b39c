package dev.idem.cli;

import dev.idem.io.SampleFormat;
import dev.idem.io.SampleSink;
import dev.idem.io.SampleWriter;
import dev.idem.train.TrainedSampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws samples into a file. */
@Command(name = "sample", mixinStandardHelpOptions = true, sortOptions = false,
        description = {
                "Draws samples of a trained run into a file, in the task's own coordinates (gmm40: as published).", "",
                "The end of the file's name decides its kind: .npy, float32 of shape (N, dimension); .npz, the same as "
                        + "array 'samples'; .csv, a header x0,x1,... and a line per sample. Memory does not grow with "
                        + "N. The file appears when it is complete."},
        footerHeading = "%nExamples:%n",
        footer = {"  idem sample runs/gmm40-1 --count 100000 --out samples.npy",
                "  idem sample runs/gmm40-1 --count 1e4 --out more.csv --seed 1", "",
                "Exit codes: 0 done; 1 failed on the way; 2 bad input; 130 stopped."})
final class SampleCommand implements Callable<Integer> {

    private static final String FORCE = "--force";

    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", description = "Folder of a run.")
    private Path run = Path.of("");

    @Option(names = "--count", paramLabel = "N", required = true, converter = WholeNumbers.class,
            description = "Number of samples.")
    private long count;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "File, *.npy, *.npz or *.csv.")
    private Path out = Path.of("");

    @Option(names = "--seed", paramLabel = "N",
            description = "Seed of the samples; default: the run's, which gives the samples of samples.npy first.")
    private Optional<Long> seed = Optional.empty();

    @Mixin
    private final DeviceOptions device = new DeviceOptions();

    @Option(names = FORCE, description = "Replace FILE if it exists.")
    private boolean force;

    SampleCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        SampleFormat.of(out);
        if (count < 1) {
            throw new IllegalArgumentException("--count must be at least 1, got " + count);
        }
        if (!force && Files.exists(out)) {
            throw new IllegalArgumentException(out + " exists already; " + FORCE + " replaces it");
        }
        try (TrainedSampler sampler = TrainedSampler.load(run);
                Interruption interruption = Interruption.listen(terminal)) {
            device.apply(sampler);
            int dimension = sampler.task().dimension();
            try (SampleWriter writer = force
                    ? SampleWriter.replace(out, count, dimension)
                    : SampleWriter.create(out, count, dimension)) {
                return draw(sampler, writer, interruption);
            }
        }
    }

    private int draw(TrainedSampler sampler, SampleWriter writer, Interruption interruption) throws IOException {
        interruption.announce("stopping; no file is written");
        SampleCounter counter = new SampleCounter(terminal, count);
        SampleSink sink = (samples, rows) -> {
            writer.write(samples, rows);
            counter.add(rows);
            if (interruption.requested()) {
                throw new StoppedException();
            }
        };
        try {
            sampler.sample(count, seed.orElse(sampler.config().seed()), sink);
            writer.commit();
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
    private static final class StoppedException extends IOException {

        private static final long serialVersionUID = 1L;
    }
}
