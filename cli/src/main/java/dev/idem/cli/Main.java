package dev.idem.cli;

import dev.idem.config.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code idem}. */
@Command(name = "idem", versionProvider = Main.VersionLine.class, mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND", description = {
                "Trains a diffusion sampler of the density exp(-E(x))/Z from its energy E alone (iDEM), and draws, "
                        + "judges and saves its samples."},
        footerHeading = "%nExamples:%n",
        footer = {"  idem train gmm40                        train, about a minute",
                "  idem train gmm40 --set loop.epochs=100  train twice as long",
                "  idem sample runs/gmm40-1 --count 100000 --out samples.npy",
                "  idem evaluate runs/gmm40-1              judge the samples against exact ones",
                "  idem train --energy my.Ring --classpath ring.jar   an energy of your own", "",
                "Results go to standard output, progress and errors to standard error. For more: idem COMMAND --help",
                "",
                "Exit codes: 0 done; 1 failed on the way; 2 what was asked for makes no sense; 130 stopped by Ctrl-C "
                        + "or SIGTERM."})
public final class Main implements Callable<Integer> {

    private final Terminal terminal;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show where an error came from.")
    private boolean verbose;

    private Main(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Runs idem and ends the process with its exit code.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        System.exit(run(Terminal.system(), args));
    }

    /** Runs idem and returns its exit code. */
    static int run(Terminal terminal, String... args) {
        CommandLine command = new CommandLine(new Main(terminal)).addSubcommand(new TrainCommand(terminal))
                .addSubcommand(new SampleCommand(terminal)).addSubcommand(new EvaluateCommand(terminal))
                .addSubcommand(new ReferenceCommand(terminal))
                .addSubcommand(new TasksCommand(terminal)).addSubcommand(new ConfigCommand(terminal))
                .addSubcommand(new DevicesCommand(terminal));
        Errors errors = new Errors(terminal);
        command.setOut(terminal.out()).setErr(terminal.err()).setExecutionExceptionHandler(errors)
                .setParameterExceptionHandler(errors).setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false).setUsageHelpWidth(Math.min(terminal.width(), 100))
                .setUsageHelpAutoWidth(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colourOut() ? Ansi.ON : Ansi.OFF));
        int exitCode = command.execute(args);
        terminal.out().flush();
        terminal.err().flush();
        return exitCode;
    }

    boolean verbose() {
        return verbose;
    }

    /** Without a command there is nothing to do but to say which there are. */
    @Override
    public Integer call() {
        terminal.err().println("idem: which command? train, sample, evaluate, reference, tasks, config or devices; "
                + "see 'idem --help'");
        return ExitCode.BAD_INPUT;
    }

    /** Says the version of idem, and of the Java it runs on. */
    static final class VersionLine implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"idem " + Version.current() + " (Java " + Runtime.version() + ")"};
        }
    }
}
