package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @Test
    void explainsItself() {
        IdemRun run = IdemRun.of("--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("train", "sample", "evaluate", "tasks", "config", "devices", "Examples:",
                "Exit codes:").doesNotContain("\u001b");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "sample", "evaluate", "tasks", "config", "devices"})
    void explainsEveryCommand(String command) {
        IdemRun run = IdemRun.of(command, "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Usage: idem " + command).contains("--help", "--verbose");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void saysItsVersion() {
        assertThat(IdemRun.of("--version").out()).matches("idem \\d+\\.\\d+\\S* \\(Java 2\\d.*\\)\\R");
    }

    @Test
    void asksForACommand() {
        IdemRun run = IdemRun.of();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).startsWith("idem: which command?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"trian | did you mean 'train'; see 'idem --help'",
            "train gmm40 --presett smoke | Unknown options: '--presett', 'smoke'; did you mean '--preset'; see",
            "train gmm40 --seed x | Invalid value for option '--seed'", "train a b | 'b'",
            "train gmm40 --max-time soon | 'soon' is no span of time; write 30s, 5m or 1h30m",
            "train gmm40 --max-energy-calls 1.5 | '1.5' is not a whole number",
            "sample | Missing required options and parameters: '--count=N', '--out=FILE', 'RUN'",
            "evaluate | Missing required parameter: 'RUN|FILE'"})
    void refusesWrongOptionsInOneLine(String line, String message) {
        IdemRun run = IdemRun.of(line.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).startsWith("idem: ").contains(message);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--verbose config --config none.json", "config --config none.json --verbose"})
    void showsWhereErrorsComeFromIfAsked(String line) {
        IdemRun run = IdemRun.of(line.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("idem: cannot read none.json: no such file").contains("\tat dev.idem.");
    }
}
