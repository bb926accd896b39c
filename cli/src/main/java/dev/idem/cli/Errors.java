package dev.idem.cli;

import dev.idem.config.NearestName;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever goes wrong into one line on standard error and an exit code; {@code --verbose} says where. */
final class Errors implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private final Terminal terminal;

    Errors(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        say(CommandFailure.message(e) + hint(e, command) + "; see '" + name + " --help'");
        if (Stream.of(args).anyMatch("--verbose"::equals)) {
            e.printStackTrace(terminal.err());
        }
        return ExitCode.BAD_INPUT;
    }

    private static String hint(ParameterException e, CommandLine command) {
        if (!(e instanceof UnmatchedArgumentException unmatched) || unmatched.getUnmatched().isEmpty()) {
            return "";
        }
        String wrong = unmatched.getUnmatched().getFirst().replaceFirst("=.*", "");
        List<String> names = wrong.startsWith("-")
                ? List.copyOf(command.getCommandSpec().optionsMap().keySet())
                : List.copyOf(command.getSubcommands().keySet());
        return NearestName.hint(names, wrong).replaceFirst("\\?$", "");
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
        // A command wraps what happens after the set-up, so the rest is about what was asked for.
        CommandFailure failure = e instanceof CommandFailure made ? made : CommandFailure.beforehand(e);
        say(CommandFailure.message(failure));
        if (command.getCommandSpec().root().userObject() instanceof Main main && main.verbose()) {
            e.printStackTrace(terminal.err());
        }
        return failure.exitCode();
    }

    private void say(String line) {
        terminal.err().println("idem: " + line);
        terminal.err().flush();
    }
}
