package dev.idem.cli;

import dev.idem.config.ConfigKey;
import dev.idem.config.ConfigWriter;
import dev.idem.config.RunConfig;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows settings. */
@Command(name = "config", mixinStandardHelpOptions = true, sortOptions = false,
        description = {
                "Prints the settings that 'idem train' would use with the same options, as JSON that --config reads "
                        + "back; with --keys, explains every key."},
        footerHeading = "%nExamples:%n", footer = {
                "  idem config gmm40 --preset reference > mine.json   a file to edit for --config",
                "  idem config gmm40 --set loop.epochs=100            check what a --set does",
                "  idem config --keys                                 what the keys mean"})
final class ConfigCommand implements Callable<Integer> {

    private static final String EXAMPLE_TASK = "gmm40";

    private final Terminal terminal;

    @Parameters(paramLabel = "TASK", arity = "0..1", description = "Task, see 'idem tasks'.")
    private Optional<String> task = Optional.empty();

    @Mixin
    private final TaskOptions options = new TaskOptions();

    @Option(names = "--keys", description = "List every key with its value, what is allowed, and what it means. The "
            + "values are those of the task (default: " + EXAMPLE_TASK + ") and preset: several scale with the target.")
    private boolean keys;

    ConfigCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (keys) {
            boolean nothingGiven = task.isEmpty() && !options.given().contains("--energy")
                    && !options.given().contains("--config");
            printKeys(options.resolve(nothingGiven ? Optional.of(EXAMPLE_TASK) : task));
        } else {
            terminal.out().print(ConfigWriter.json(options.resolve(task)));
        }
        return ExitCode.OK;
    }

    private void printKeys(RunConfig config) {
        Map<String, String> values = ConfigWriter.values(config.train());
        TextTable table = new TextTable("llll").row("key", "value", "allowed", "what it is");
        for (ConfigKey key : ConfigKey.all()) {
            table.row(key.path(), values.getOrDefault(key.path(), ""), key.allowed(),
                    KeyDescriptions.of(key.path()));
        }
        table.print(terminal.out());
    }
}
