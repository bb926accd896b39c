package dev.idem.cli;

import dev.idem.config.EvaluationConfig;
import dev.idem.config.RunConfig;
import dev.idem.eval.Estimate;
import dev.idem.eval.Evaluation;
import dev.idem.io.FileFormatException;
import dev.idem.io.SampleReader;
import dev.idem.task.Task;
import dev.idem.task.Tasks;
import dev.idem.train.ExcessLoss;
import dev.idem.train.MovedSamples;
import dev.idem.train.RunFolder;
import dev.idem.train.RunJson;
import dev.idem.train.TrainedSampler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
                "  idem evaluate samples.csv --task gmm40 --reference exact.npy",
                "  idem evaluate runs/lj13-1 --reference lj13.npy --langevin 200 --controls",
                "  idem evaluate runs/lj13-1 --reference lj13.npy --excess-loss 256", "",
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
            description = "Of particles: also draw energies and pair distances, with a reference beside its, as *.png.")
    private Optional<Path> picture = Optional.empty();

    @Option(names = "--samples", paramLabel = "N",
            description = "Samples to draw of a run; default: its evaluation.samples.")
    private Optional<Integer> samples = Optional.empty();

    @Option(names = "--excess-loss", paramLabel = "ROWS",
            description = "Of a run, with --reference: also how far its network is from the true score at 12 noise levels, at "
                    + "ROWS samples of the reference, by chains on what each may have been before the noise.")
    private Optional<Integer> excessRows = Optional.empty();

    @Mixin
    private final TaskOptions options = new TaskOptions();

    @Mixin
    private final LangevinOptions langevin = new LangevinOptions();

    @Mixin
    private final ControlOptions controls = new ControlOptions();

    @Mixin
    private final DeviceOptions device = new DeviceOptions();

    @Mixin
    private final OutputFiles files = new OutputFiles();

    EvaluateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Samples and what they are samples of.
     *
     * @param drawn the samples to judge, among others that they are compared with
     * @param judged place of the samples to judge
     * @param reference samples to compare with
     * @param excess of the network, if wanted
     */
    private record Subject(Task task, List<DrawnSamples> drawn, int judged, Optional<float[]> reference,
            EvaluationConfig sizes, long seed, Optional<ExcessLoss> excess) {}

    @Override
    public Integer call() throws IOException {
        json.filter(file -> !file.equals(STANDARD_OUTPUT)).ifPresent(files::requireNew);
        picture.ifPresent(files::requireNew);
        if (!Files.exists(source)) {
            throw new IllegalArgumentException("there is no run or file " + source);
        }
        controls.check(Files.isDirectory(source));
        if (excessRows.isPresent() && (reference.isEmpty() || !Files.isDirectory(source))) {
            throw new IllegalArgumentException(
                    "--excess-loss is of a run's network at samples of a --reference; give both");
        }
        Subject subject = Files.isDirectory(source) ? ofRun() : ofFile();
        List<Evaluation> evaluations = subject.drawn().stream()
                .map(samples -> Evaluation.of(subject.task(), samples.values(), subject.reference(),
                        subject.sizes(), subject.seed(), device.threads()))
                .toList();
        show(subject, evaluations);
        if (picture.isPresent()) {
            draw(picture.get(), subject, evaluations.get(subject.judged()));
        }
        return ExitCode.OK;
    }

    private void draw(Path file, Subject subject, Evaluation evaluation) throws IOException {
        if (evaluation.histograms().isEmpty()) {
            terminal.err()
                    .println("idem: no picture: fewer than two different energies of samples that have not exploded");
            return;
        }
        files.write(file, HistogramsPicture.png(subject.task().name(), evaluation.histograms()));
    }

    /** Checks what asks something of the task, before anything takes time, and returns the reference. */
    private Optional<float[]> referenceOf(Task task) throws IOException {
        if (picture.isPresent() && task.particles().isEmpty()) {
            throw new IllegalArgumentException("--picture is of particles; " + task.name() + " has none");
        }
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        float[] values = SampleReader.read(reference.get(), task.dimension()).values();
        Evaluation.requireReference(task, values, device.threads());
        return Optional.of(values);
    }

    private Subject ofRun() throws IOException {
        if (taskName.isPresent() || options.given().stream().anyMatch(name -> !name.equals("--seed"))) {
            throw new IllegalArgumentException(
                    source + " is the folder of a run, which knows its task; leave out --task and settings");
        }
        try (TrainedSampler sampler = TrainedSampler.load(source)) {
            device.apply(sampler);
            Optional<TrainedSampler.Langevin> steps = langevin.steps(sampler);
            RunConfig config = sampler.config();
            EvaluationConfig sizes = config.train().evaluation();
            long seed = options.seed().orElse(config.seed());
            int count = samples.orElse(sizes.samples());
            if (count < 1) {
                throw new IllegalArgumentException("--samples must be at least 1, got " + count);
            }
            Optional<float[]> compared = referenceOf(sampler.task());
            Optional<ExcessLoss> excess = excessRows
                    .map(rows -> sampler.excessLoss(compared.orElseThrow(), rows, seed));
            List<DrawnSamples> drawn = drawn(sampler, steps, count, seed);
            int judged = drawn.size() - 1;
            if (controls.wanted()) {
                drawn.addAll(controls.draw(sampler, steps, count, seed, drawn.getLast().energyCalls()));
            } else {
                drawn = List.of(DrawnSamples.of(drawn.getLast().values()));
                judged = 0;
            }
            return new Subject(sampler.task(), drawn, judged, compared, sizes, seed, excess);
        }
    }

    /** Draws the bare sampler's samples and, if there are steps, moves them. */
    private List<DrawnSamples> drawn(TrainedSampler sampler, Optional<TrainedSampler.Langevin> steps, int count,
            long seed) throws IOException {
        long calls = controls.callsOfTraining(source, sampler.task());
        List<DrawnSamples> drawn = new ArrayList<>();
        try {
            drawn.add(new DrawnSamples("bare", "bare", "the run's sampler", sampler.sample(count, seed), calls));
            if (steps.isPresent()) {
                TrainedSampler.Langevin made = steps.get();
                MovedSamples moved = sampler.moved(drawn.getFirst().values(), made, seed);
                LangevinOptions.report(terminal, moved.acceptance(), moved.energyCalls());
                drawn.add(new DrawnSamples("moved", "bare + " + made.steps(),
                        "the same samples after Langevin steps of size " + Figures.of(made.stepSize()), moved.samples(),
                        calls + moved.energyCalls()));
            }
        } catch (RuntimeException e) {
            throw CommandFailure.running(e);
        }
        return drawn;
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
        return new Subject(task,
                List.of(DrawnSamples.of(SampleReader.read(source, task.dimension()).values())), 0, referenceOf(task),
                config.train().evaluation(), config.seed(), Optional.empty());
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

    private void show(Subject subject, List<Evaluation> evaluations) throws IOException {
        Evaluation evaluation = evaluations.get(subject.judged());
        String text = RunJson.pretty(new EvaluationJson(source.toString(), subject.task().name(), subject.seed(),
                evaluation.samples(), evaluation.dimension(),
                evaluations.stream().mapToLong(Evaluation::energyCalls).sum(), evaluation.byName(),
                controls.wanted() ? compared(subject, evaluations) : Map.of(), subject.excess().orElse(null)));
        if (json.isPresent() && json.get().equals(STANDARD_OUTPUT)) {
            terminal.out().print(text);
            return;
        }
        if (json.isPresent()) {
            files.write(json.get(), text.getBytes(StandardCharsets.UTF_8));
        }
        terminal.out().println(Figures.whole(evaluation.samples()) + " samples of " + subject.task().name() + " from "
                + source);
        FigureTable table = new FigureTable(terminal);
        for (int i = 0; i < evaluations.size(); i++) {
            DrawnSamples drawn = subject.drawn().get(i);
            if (controls.wanted()) {
                table.column(drawn.head(), evaluations.get(i).metrics(), drawn.energyCalls());
            } else {
                table.column(drawn.head(), evaluations.get(i).metrics());
            }
        }
        table.print();
        if (controls.wanted()) {
            terminal.out().println();
            TextTable notes = new TextTable("ll");
            subject.drawn().forEach(drawn -> notes.row(drawn.head(), drawn.description()));
            notes.print(terminal.out());
        }
        subject.excess().ifPresent(this::show);
    }

    private void show(ExcessLoss excess) {
        terminal.out().println();
        TextTable table = new TextTable("rrl");
        table.row("noise level", "excess loss", "");
        for (ExcessLoss.Level level : excess.levels()) {
            Estimate loss = level.excess();
            table.row(Figures.of(level.sigma()), Figures.of(loss.value(), loss.standardError(), terminal.plusMinus()),
                    level.readable()
                            ? ""
                            : "perhaps too large, for its chains are slow: less distant parts of them give "
                                    + Figures.of(level.slowness().value(), 2) + " more");
        }
        table.print(terminal.out());
        terminal.out().println("Excess loss: sigma^2 |score - true score|^2 per coordinate. Over all levels "
                + Figures.of(excess.pathDivergence(), 3)
                + " nats, a bound of the divergence of exact samples from the sampler's but for its steps.");
    }

    private static Map<String, EvaluationJson.Compared> compared(Subject subject, List<Evaluation> evaluations) {
        Map<String, EvaluationJson.Compared> compared = new LinkedHashMap<>();
        for (int i = 0; i < evaluations.size(); i++) {
            DrawnSamples drawn = subject.drawn().get(i);
            compared.put(drawn.name(), new EvaluationJson.Compared(drawn.description(), drawn.energyCalls(),
                    evaluations.get(i).byName()));
        }
        return compared;
    }
}
