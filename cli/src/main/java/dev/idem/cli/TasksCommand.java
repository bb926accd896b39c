package dev.idem.cli;

import dev.idem.task.Task;
import dev.idem.task.Tasks;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists what can be sampled. */
@Command(name = "tasks", mixinStandardHelpOptions = true, description = "Lists the tasks, one a line: its name, its "
        + "number of coordinates, what it is.", footerHeading = "%n",
        footer = {
                "'mixture' takes weights, means and standardDeviations of Gaussians from --config FILE:",
                "  {\"mixture\": {\"weights\": [1, 2], \"means\": [[0, 0], [3, 4]],",
                "               \"standardDeviations\": [1, 0.5]}}",
                "'host' is a Java class of your own: idem train --energy CLASS --classpath JAR"})
final class TasksCommand implements Callable<Integer> {

    private final Terminal terminal;

    TasksCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        TextTable table = new TextTable("lrl").row("task", "dimension", "what it is");
        for (Task task : Tasks.all()) {
            table.row(task.name(), Integer.toString(task.dimension()), task.description());
        }
        table.row(Tasks.MIXTURE, "any", "Gaussians of your own, from the section \"mixture\" of --config FILE");
        table.row(Tasks.HOST, "any", "a Java class of your own: --energy CLASS --classpath JAR");
        table.print(terminal.out());
        return ExitCode.OK;
    }
}
