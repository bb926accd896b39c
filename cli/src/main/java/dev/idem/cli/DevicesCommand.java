package dev.idem.cli;

import dev.idem.backend.BackendProvider;
import dev.idem.backend.Backends;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists where training can run. */
@Command(name = "devices", mixinStandardHelpOptions = true,
        description = "Lists the devices that --device takes, what each is, or what is missing to use it.")
final class DevicesCommand implements Callable<Integer> {

    private final Terminal terminal;

    DevicesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String automatic = Backends.device(Backends.AUTO).name();
        TextTable table = new TextTable("lll").row("device", "usable", "what it is");
        for (BackendProvider.Device device : Backends.devices()) {
            table.row(device.name(), device.usable() ? "yes" : "no",
                    device.usable() ? device.description() : device.description() + ": " + device.problem());
        }
        table.row(Backends.AUTO, "yes", "takes " + automatic);
        table.print(terminal.out());
        return ExitCode.OK;
    }
}
