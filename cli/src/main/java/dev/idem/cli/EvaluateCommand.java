package dev.idem.cli;

import dev.idem.config.EvaluationConfig;
import dev.idem.config.RunConfig;
import dev.idem.eval.Evaluation;
import dev.idem.eval.Metric;
import dev.idem.io.FileFormatException;
import dev.idem.io.SampleReader;
import dev.idem.task.Task;
import dev.idem.task.Tasks;
import dev.idem.train.RunFolder;
import dev.idem.train.RunJson;
import dev.idem.train.TrainedSampler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges samples. */
@Command(name = "evaluate", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Judges the samples of a run, drawn anew, or those in a file.", "",
                "Where the target is a mixture, each figure stands beside the same figure of exact samples, as many: "
                        + "its noise floor. A sampler as good as exact has w2OverFloor 1 within its error. Of your own "
                        + "energy, whose truth is not known, mean energy and virial (1 if exact) are given. Of particles, "
                        + "what has exploded is counted, and figures are given with and without it."},
        footerHeading = "%nExamples:%n",
        footer = {"  idem evaluate runs/gmm40-1", "  idem evaluate samples.npy --task gmm40 --json figures.json",
                "  idem evaluate samples.csv --task gmm40 --reference exact.npy", "",
                "Exit codes: 0 done; 1 failed on the way; 2 bad input."})
final class EvaluateCommand implements Callable<Integer> {

    private static final Path STANDARD_OUTPUT = Path.of("-");

    private final Terminal terminal;

    @Parameters(paramLabel = "RUN|FILE", description = "Folder of a run, or samples as *.npy, *.npz or *.csv.")
    private Path source = Path.of("");

    @Option(names = "--task", paramLabel = "T",
            description = "Task whose samples FILE holds; not needed for a run or a file in its folder.")
    private Optional<String> taskName = Optional.empty();

    @Option(names = "--reference", paramLabel = "FILE",
            description = "Samples to compare with: adds distances to them, each beside its floor, that of the "
                    + "reference's halves.")
    private Optional<Path> reference = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE",
            description = "Also write the figures as JSON; -: instead of the table.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--picture", paramLabel = "FILE",
            description = "Of particles with a reference: also draw energies and pair distances beside the "
                    + "reference's, as *.png.")
    private Optional<Path> picture = Optional.empty();

    @Option(names = "--samples", paramLabel = "N",
            description = "Samples to draw of a run; default: its evaluation.samples.")
    private Optional<Integer> samples = Optional.empty();

    @Mixin
    private final TaskOptions options = new TaskOptions();

    @Mixin
    private final LangevinOptions langevin = new LangevinOptions();

    @Mixin
    private final DeviceOptions device = new DeviceOptions();

    @Mixin
    private final OutputFiles files = new OutputFiles();

    EvaluateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Samples and what they are samples of. */
    @SuppressWarnings("ArrayRecordComponent") // handed over, not copied; equality is never asked for
    private record Subject(Task task, float[] values, EvaluationConfig sizes, long seed) {}

    @Override
    public Integer call() throws IOException {
        json.filter(file -> !file.equals(STANDARD_OUTPUT)).ifPresent(files::requireNew);
        picture.ifPresent(files::requireNew);
        if (picture.isPresent() && reference.isEmpty()) {
            throw new IllegalArgumentException("--picture shows samples beside a reference; give --reference");
        }
        if (!Files.exists(source)) {
            throw new IllegalArgumentException("there is no run or file " + source);
        }
        Subject subject = Files.isDirectory(source) ? ofRun() : ofFile();
        Optional<float[]> compared = reference.isPresent()
                ? Optional.of(SampleReader.read(reference.get(), subject.task().dimension()).values())
                : Optional.empty();
        Evaluation evaluation = Evaluation.of(subject.task(), subject.values(), compared, subject.sizes(),
                subject.seed(), device.threads());
        if (picture.isPresent()) {
            draw(picture.get(), subject, evaluation);
        }
        show(subject, evaluation);
        return ExitCode.OK;
    }

    private void draw(Path file, Subject subject, Evaluation evaluation) throws IOException {
        if (evaluation.histograms().isEmpty()) {
            throw new IllegalArgumentException("--picture is of particles; " + subject.task().name() + " has none");
        }
        files.write(file, HistogramsPicture.png(subject.task().name(), evaluation.histograms()));
    }

    private Subject ofRun() throws IOException {
        if (taskName.isPresent() || options.given().stream().anyMatch(name -> !name.equals("--seed"))) {
            throw new IllegalArgumentException(
                    source + " is the folder of a run, which knows its task; leave out --task and settings");
        }
        try (TrainedSampler sampler = TrainedSampler.load(source)) {
            device.apply(sampler);
            langevin.apply(sampler);
            RunConfig config = sampler.config();
            EvaluationConfig sizes = config.train().evaluation();
            long seed = options.seed().orElse(config.seed());
            int count = samples.orElse(sizes.samples());
            if (count < 1) {
                throw new IllegalArgumentException("--samples must be at least 1, got " + count);
            }
            float[] values = drawn(sampler, count, seed);
            langevin.report(terminal, sampler);
            return new Subject(sampler.task(), values, sizes, seed);
        }
    }

    private static float[] drawn(TrainedSampler sampler, int count, long seed) {
        try {
            return sampler.sample(count, seed);
        } catch (RuntimeException e) {
            throw CommandFailure.running(e);
        }
    }

    private Subject ofFile() throws IOException {
        if (samples.isPresent()) {
            throw new IllegalArgumentException("--samples is of use for a run only; all samples of a file are judged");
        }
        Optional<RunConfig> ofFolder = runAround(source);
        boolean told = taskName.isPresent() || !options.given().isEmpty();
        if (!told && ofFolder.isEmpty()) {
            throw new IllegalArgumentException("say which task " + source + " holds samples of: --task T");
        }
        RunConfig config = told ? options.resolve(taskName) : ofFolder.orElseThrow();
        Task task = Tasks.of(config);
        return new Subject(task, SampleReader.read(source, task.dimension()).values(), config.train().evaluation(),
                config.seed());
    }

    /** Returns the configuration of the run in whose folder a file lies. */
    private static Optional<RunConfig> runAround(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        try {
            return folder == null ? Optional.empty() : Optional.of(RunFolder.open(folder).config());
        } catch (FileFormatException e) {
            return Optional.empty();
        }
    }

    private void show(Subject subject, Evaluation evaluation) throws IOException {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        evaluation.metrics().forEach(metric -> metrics.put(metric.name(), metric));
        String text = RunJson.pretty(new EvaluationJson(source.toString(), subject.task().name(), subject.seed(),
                evaluation.samples(), evaluation.dimension(), evaluation.energyCalls(), metrics));
        if (json.isPresent() && json.get().equals(STANDARD_OUTPUT)) {
            terminal.out().print(text);
            return;
        }
        if (json.isPresent()) {
            files.write(json.get(), text.getBytes(StandardCharsets.UTF_8));
        }
        terminal.out().println(Figures.whole(evaluation.samples()) + " samples of " + subject.task().name() + " from "
                + source);
        new TrainReport(terminal).metrics(evaluation.metrics());
    }
}
