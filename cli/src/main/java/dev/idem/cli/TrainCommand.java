package dev.idem.cli;

import dev.idem.io.SampleReader;
import dev.idem.train.Training;
import dev.idem.train.TrainingResult;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains a sampler and writes its run folder. */
@Command(name = "train", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Trains a sampler of a task's density, then draws samples and judges them.", "",
                "Says first what it will do: sizes, energy calls, time after a short calibration. Then shows a line "
                        + "per epoch: loss; grad, the gradient's norm; ess, the effective number of Monte-Carlo "
                        + "copies; E-W2, the Wasserstein-2 distance between the energies of new points and of exact "
                        + "samples, where those are known (falls towards 0); speed; time left."},
        footerHeading = "%nThe run folder holds:%n", footer = {
                "  config.json          the resolved settings, for --config",
                "  metrics.jsonl        a line of figures per epoch",
                "  checkpoints/         the whole state, for --resume",
                "  weights.safetensors  the trained network", "  samples.npy          float32 (N, dimension)",
                "  samples.png          the samples over the density; of particles, energies and pair distances",
                "  summary.json         figures of the run", "",
                "Ctrl-C or SIGTERM saves a checkpoint; 'idem train --resume DIR' goes on from there and gives the same "
                        + "bits as an uninterrupted run.",
                "", "Examples:", "  idem train gmm40", "  idem train gmm40 --preset reference --out runs/published",
                "  idem train gmm40 --seed 7 --set loop.epochs=100 --set loop.batchSize=256",
                "  idem train gmm40 --max-time 30s", "  idem train lj13 --reference lj13.npy",
                "  idem train --energy my.Ring --classpath ring.jar --preset smoke",
                "  idem train --resume runs/gmm40-1", "",
                "Exit codes: 0 trained, or a limit was reached; 1 failed on the way (diverged, disk full, your energy "
                        + "threw); 2 bad input; 130 stopped by Ctrl-C or SIGTERM."})
final class TrainCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "TASK", arity = "0..1", description = "What to sample, see 'idem tasks'.")
    private Optional<String> task = Optional.empty();

    @Mixin
    private final TaskOptions options = new TaskOptions();

    @Mixin
    private final DeviceOptions device = new DeviceOptions();

    @Option(names = "--out", paramLabel = "DIR",
            description = "Folder of the run, new or empty; default: the first free of runs/TASK-1, runs/TASK-2, ...")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--resume", paramLabel = "DIR",
            description = "Continue the run of that folder, with its own task, settings and seed.")
    private Optional<Path> resume = Optional.empty();

    @Option(names = "--max-time", paramLabel = "DURATION", converter = Durations.class,
            description = "Stop training after 30s, 5m, 1h30m, ...; then draw and judge as at the end.")
    private Optional<Duration> maxTime = Optional.empty();

    @Option(names = "--max-energy-calls", paramLabel = "N", converter = WholeNumbers.class,
            description = "Stop training before it takes more energy calls than that; likewise.")
    private Optional<Long> maxEnergyCalls = Optional.empty();

    @Option(names = "--reference", paramLabel = "FILE",
            description = "Samples to compare with at the end, as of 'idem reference': the summary holds distances to them, the "
                    + "picture of particles their histograms. Training does not see them.")
    private Optional<Path> reference = Optional.empty();

    @Option(names = "--quiet", description = "Say nothing but errors; print the run's folder at the end.")
    private boolean quiet;

    TrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Training training = resume.isPresent() ? resumed(resume.get()) : Training.of(options.resolve(task));
        device.apply(training);
        if (reference.isPresent()) {
            training.reference(SampleReader.read(reference.get(), training.task().dimension()).values());
        }
        maxTime.ifPresent(training::maxTime);
        maxEnergyCalls.ifPresent(training::maxEnergyCalls);
        Path folder;
        if (resume.isPresent()) {
            folder = resume.get();
        } else if (out.isPresent()) {
            folder = out.get();
            RunFolders.requireFree(folder);
            training.directory(folder);
        } else {
            folder = RunFolders.reserve(training.config().task());
            training.directory(folder);
        }
        try (Interruption interruption = Interruption.listen(terminal)) {
            return run(training, folder, interruption);
        } finally {
            if (out.isEmpty() && resume.isEmpty()) {
                RunFolders.release(folder);
            }
        }
    }

    private Training resumed(Path folder) throws IOException {
        List<String> contradictions = new ArrayList<>(options.given());
        task.ifPresent(contradictions::addFirst);
        out.ifPresent(_ -> contradictions.add("--out"));
        if (!contradictions.isEmpty()) {
            throw new IllegalArgumentException("--resume takes task, settings, seed and folder from " + folder
                    + "; leave out " + String.join(", ", contradictions));
        }
        return Training.resume(folder);
    }

    private int run(Training training, Path folder, Interruption interruption) throws IOException {
        TrainReport report = new TrainReport(terminal);
        TrainProgress progress = new TrainProgress(terminal, quiet, interruption, folder.toString());
        interruption.atOnce("stopped before training began");
        TrainingResult result;
        try {
            if (!quiet) {
                report.plan(training.config(), training.task(), training.outlook(), folder.toString(),
                        resume.isPresent());
            }
            interruption.atOnce(null);
            interruption.announce("stopping after the step that is running; once more to stop without saving it");
            result = training.listener(progress).run();
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
            progress.end();
            throw progress.begun() ? CommandFailure.running(e) : CommandFailure.beforehand(e);
        }
        progress.end();
        try (var sampler = result.sampler()) {
            if (result.summary().isEmpty()) {
                terminal.err().println("stopped; a checkpoint is saved. Go on with: idem train --resume " + folder);
                return ExitCode.INTERRUPTED;
            }
            new SamplesPicture(terminal).ofRun(sampler.task(), folder, result.histograms());
            if (quiet) {
                terminal.out().println(folder);
            } else {
                report.summary(result.summary().get(), folder.toString(), files(folder));
            }
        }
        return ExitCode.OK;
    }

    private static String files(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        // Not those that begin with a dot, as the lock.
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[!.]*")) {
            for (Path file : files) {
                names.add(file.getFileName() + (Files.isDirectory(file) ? "/" : ""));
            }
        }
        names.sort(null);
        return String.join(" ", names);
    }
}
