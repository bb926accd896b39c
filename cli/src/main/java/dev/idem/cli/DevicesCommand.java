package dev.idem.cli;

import dev.idem.backend.BackendProvider;
import dev.idem.backend.Backends;
import dev.idem.train.MethodPrograms;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists where training can run. */
@Command(name = "devices", mixinStandardHelpOptions = true,
        description = "Lists the devices that --device takes, what each is, or what is missing to use it.")
final class DevicesCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(names = "--plan", paramLabel = "TASK",
            description = "Print what each program of a training costs on a GPU: launches, bytes, operations.")
    private Optional<String> plan = Optional.empty();

    @Mixin
    private final TaskOptions options = new TaskOptions();

    DevicesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return plan.isPresent() ? printPlan() : printDevices();
    }

    private int printPlan() {
        List<BackendProvider.ProgramCost> costs = Backends.costs(MethodPrograms.of(options.resolve(plan)));
        if (costs.isEmpty()) {
            throw new IllegalArgumentException(
                    "--plan needs the GPU backend and TornadoVM's API: " + Backends.NO_GPU_BACKEND);
        }
        TextTable table = new TextTable("lrrr").row("program", "launches", "MB moved", "million operations");
        for (BackendProvider.ProgramCost cost : costs) {
            table.row(cost.program(), Integer.toString(cost.tasks()), millions(cost.bytes()),
                    millions(cost.operations()));
        }
        table.print(terminal.out());
        return ExitCode.OK;
    }

    private static String millions(long count) {
        return String.format(Locale.ROOT, "%.3f", count / 1e6);
    }

    private int printDevices() {
        String automatic = Backends.device(Backends.AUTO).name();
        TextTable table = new TextTable("lll").row("device", "usable", "what it is");
        for (BackendProvider.Device device : Backends.devices()) {
            table.row(device.name(), device.usable() ? "yes" : "no",
                    device.usable() ? device.description() : device.description() + ": " + device.problem());
        }
        if (Backends.devices().stream().allMatch(device -> device.name().equals(Backends.CPU))) {
            table.row(Backends.GPU, "no", Backends.NO_GPU_BACKEND);
        }
        table.row(Backends.AUTO, "yes", "takes " + automatic);
        table.print(terminal.out());
        return ExitCode.OK;
    }
}
