package dev.idem.cli;

import dev.idem.backend.Processors;
import dev.idem.config.Version;
import dev.idem.io.SampleSink;
import dev.idem.task.ReferenceSystem;
import dev.idem.tempering.LevelReport;
import dev.idem.tempering.ObservableReport;
import dev.idem.tempering.ParallelTempering;
import dev.idem.tempering.TemperingReport;
import dev.idem.tempering.TemperingSettings;
import dev.idem.tempering.TemperingTarget;
import dev.idem.train.RunJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws reference samples. */
@Command(name = "reference", mixinStandardHelpOptions = true, sortOptions = false,
        description = {
                "Draws reference samples by parallel tempering: Hamiltonian Monte Carlo at several temperatures, in "
                        + "double precision, no network. Tasks: gmm40, dw4, lj13, lj55, manywell32, manywell64, "
                        + "funnel.",
                "",
                "Prints the ladder and, for each observable, mean, R-hat and effective number of samples; warns where "
                        + "they say that the samples are not to be trusted. FILE is *.npy, *.npz or *.csv as of 'idem "
                        + "sample'; FILE.json beside it says where the samples come from."},
        footerHeading = "%nExamples:%n",
        footer = {"  idem reference lj13 --count 100000 --out lj13.npy",
                "  idem evaluate samples.npy --task gmm40 --reference exact.npy", "",
                "Exit codes: 0 done, also with warnings; 1 failed on the way; 2 bad input; 130 stopped."})
final class ReferenceCommand implements Callable<Integer> {

    private static final String METHOD = "parallel tempering, Hamiltonian Monte Carlo, alternating exchanges";
    private static final double NANOS = 1e-9;

    /** Least share of the samples that should be effective. */
    private static final double LEAST_EFFECTIVE = 0.5;

    private final Terminal terminal;

    @Parameters(paramLabel = "TASK", description = "What to sample.")
    private String task = "";

    @Mixin
    private final SampleFile file = new SampleFile();

    @Option(names = "--seed", paramLabel = "N",
            description = "Seed of all random numbers; default 0. The same seed gives the same bits.")
    private long seed;

    @Option(names = "--threads", paramLabel = "N",
            description = "Threads; default: one per physical core. Samples do not depend on it.")
    private Optional<Integer> threads = Optional.empty();

    @Option(names = "--burn-in", paramLabel = "N", converter = WholeNumbers.class,
            description = "Sweeps thrown away, in which ladder and steps are tuned; default 4096.")
    private Optional<Long> burnIn = Optional.empty();

    ReferenceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        ReferenceSystem system = ReferenceSystem.byName(task);
        Path provenance = file.path().resolveSibling(file.path().getFileName() + ".json");
        file.check();
        file.files().requireNew(provenance);
        TemperingTarget target = TemperingTarget.of(system);
        TemperingSettings settings = burnIn.map(sweeps -> TemperingSettings.DEFAULT.withBurnIn(whole(sweeps)))
                .orElse(TemperingSettings.DEFAULT);
        try (Interruption interruption = Interruption.listen(terminal)) {
            Drawing drawing = new Drawing(system, target, settings, provenance, interruption);
            int code = file.draw(terminal, interruption, target.dimension(), drawing);
            if (code == ExitCode.OK) {
                drawing.show();
            }
            return code;
        }
    }

    private static int whole(long sweeps) {
        if (sweeps > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("--burn-in is too large: " + sweeps);
        }
        return (int) sweeps;
    }

    /** One run of the sampler, and what it says of itself. */
    private final class Drawing implements SampleFile.Drawing {

        private final ReferenceSystem system;
        private final TemperingTarget target;
        private final TemperingSettings settings;
        private final Path provenance;
        private final Interruption interruption;
        private final long begin = System.nanoTime();
        private @Nullable TemperingReport report;
        private double seconds;

        Drawing(ReferenceSystem system, TemperingTarget target, TemperingSettings settings, Path provenance,
                Interruption interruption) {
            this.system = system;
            this.target = target;
            this.settings = settings;
            this.provenance = provenance;
            this.interruption = interruption;
        }

        @Override
        public void into(SampleSink sink) throws IOException {
            report = ParallelTempering.sample(target, settings, file.count(), seed,
                    threads.orElseGet(Processors::physicalCores), sink,
                    (_, _, _, _) -> SampleFile.StoppedException.throwIf(interruption.requested()));
            seconds = (System.nanoTime() - begin) * NANOS;
        }

        @Override
        public void completed() throws IOException {
            TemperingReport drawn = Objects.requireNonNull(report);
            ReferenceJson json = new ReferenceJson(task, system.energy().toString(), Version.current(),
                    target.dimension(), METHOD, drawn.rHat(), drawn.effectiveSize(), seconds, drawn);
            file.files().write(provenance, RunJson.pretty(json).getBytes(StandardCharsets.UTF_8));
        }

        void show() {
            ReferenceCommand.this.show(Objects.requireNonNull(report), (System.nanoTime() - begin) * NANOS);
        }
    }

    private void show(TemperingReport report, double seconds) {
        terminal.out().println(Figures.whole(report.samples()) + " samples of " + task + " in " + Durations.words(
                seconds) + ", " + Figures.whole(report.energyCalls()) + " energy calls, "
                + Figures.whole(
                        report.roundTrips())
                + " round trips, a sample every " + report.thinning() + " sweeps");
        TextTable ladder = new TextTable("rrrr").row("temperature", "step", "accepted", "exchanged");
        for (LevelReport level : report.levels()) {
            ladder.row(Figures.of(level.temperature()), Figures.of(level.step()), Figures.of(level.acceptance(), 3),
                    level.exchangeRate() == 0 ? "" : Figures.of(level.exchangeRate(), 3));
        }
        ladder.print(terminal.out());
        TextTable table = new TextTable("lrrrr").row("observable", "mean", "deviation", "R-hat", "effective");
        for (ObservableReport observable : report.observables()) {
            table.row(observable.name(),
                    Figures.of(observable.mean(), observable.standardError(), terminal.plusMinus()),
                    Figures.of(observable.deviation()), Figures.of(observable.rHat(), 5),
                    Figures.of(Math.rint(observable.effectiveSize())));
        }
        table.print(terminal.out());
        warn(report);
    }

    private void warn(TemperingReport report) {
        if (!report.mixed()) {
            terminal.err().println("idem: warning: R-hat is " + Figures.of(report.rHat(), 5) + ", above "
                    + TemperingReport.GREATEST_R_HAT + " or not known: the chains may not have mixed; raise --burn-in "
                    + "or --count");
        }
        if (!(report.effectiveSize() >= LEAST_EFFECTIVE * report.samples())) {
            terminal.err().println("idem: warning: the samples are worth only " + Figures.of(
                    Math.rint(report.effectiveSize())) + " independent ones");
        }
    }
}
