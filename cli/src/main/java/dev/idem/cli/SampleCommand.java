package dev.idem.cli;

import dev.idem.train.TrainedSampler;
import java.io.IOException;
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
                "  idem sample runs/gmm40-1 --count 1e4 --out more.csv --seed 1",
                "  idem sample runs/lj13-1 --count 1e4 --out moved.npy --langevin 200", "",
                "Exit codes: 0 done; 1 failed on the way; 2 bad input; 130 stopped."})
final class SampleCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", description = "Folder of a run.")
    private Path run = Path.of("");

    @Mixin
    private final SampleFile file = new SampleFile();

    @Option(names = "--seed", paramLabel = "N",
            description = "Seed of the samples; default: the run's, which gives the samples of samples.npy first.")
    private Optional<Long> seed = Optional.empty();

    @Mixin
    private final LangevinOptions langevin = new LangevinOptions();

    @Mixin
    private final DeviceOptions device = new DeviceOptions();

    SampleCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        file.check();
        try (TrainedSampler sampler = TrainedSampler.load(run);
                Interruption interruption = Interruption.listen(terminal)) {
            device.apply(sampler);
            langevin.apply(sampler);
            int code = file.draw(terminal, interruption, sampler.task().dimension(),
                    sink -> sampler.sample(file.count(), seed.orElse(sampler.config().seed()), sink));
            langevin.report(terminal, sampler);
            return code;
        }
    }
}
