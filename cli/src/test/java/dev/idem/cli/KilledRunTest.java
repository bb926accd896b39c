package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Signals end the process, so these runs have one of their own. */
@DisabledOnOs(OS.WINDOWS)
class KilledRunTest {

    /** Energy calls of an epoch: points, copies and steps of the smallest training. */
    private static final int CALLS_PER_EPOCH = 16 * 16 * 3;
    private static final List<String> LONG = List.of("--set", "loop.epochs=100000", "--set", "loop.checkpointEpochs=5");

    @TempDir
    private Path folder;

    /** Starts a run that takes long enough to be killed, and waits until it has made some epochs. */
    private Process begun(Path run) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m", "--add-modules", "jdk.incubator.vector", "-Djava.awt.headless=true", "-cp",
                System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(IdemRun.trainTinyCommand("gmm40", "--quiet", "--out", run.toString()));
        command.addAll(LONG);
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile()).start();
        Path metrics = run.resolve("metrics.jsonl");
        for (int wait = 0; wait < 600 && process.isAlive(); wait++) {
            if (Files.exists(metrics) && Files.readAllLines(metrics).size() > 12) {
                break;
            }
            Thread.sleep(100);
        }
        assertThat(process.isAlive()).as(Files.readString(folder.resolve("output.txt"))).isTrue();
        return process;
    }

    @Test
    void savesACheckpointAndSaysHowToGoOn() throws IOException, InterruptedException {
        Path run = folder.resolve("run");
        Process process = begun(run);

        process.destroy(); // SIGTERM

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String output = Files.readString(folder.resolve("output.txt"));
        assertThat(process.exitValue()).as(output).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(output).contains("stopping after the step that is running")
                .endsWith("Go on with: idem train --resume " + run + System.lineSeparator());
        assertThat(run.resolve("summary.json")).doesNotExist();
        IdemRun sampling = IdemRun.of("sample", run.toString(), "--count", "10", "--out",
                folder.resolve("s.npy").toString());
        assertThat(sampling.exitCode()).as(sampling.err()).isZero();
    }

    @Test
    void goesOnBitForBitAfterSigkill() throws IOException, InterruptedException {
        Path killed = folder.resolve("killed");
        Process process = begun(killed);
        process.destroyForcibly().waitFor();
        int epochs = Files.readAllLines(killed.resolve("metrics.jsonl")).size() + 3;
        String calls = Integer.toString(epochs * CALLS_PER_EPOCH);

        IdemRun resumed = IdemRun.of("train", "--resume", killed.toString(), "--max-energy-calls", calls, "--quiet",
                "--threads", "1");
        List<String> whole = IdemRun.trainTinyCommand("gmm40", "--out", folder.resolve("whole").toString(), "--quiet",
                "--max-energy-calls", calls);
        whole.addAll(LONG);
        IdemRun uninterrupted = IdemRun.of(whole.toArray(String[]::new));

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(uninterrupted.exitCode()).as(uninterrupted.err()).isZero();
        assertThat(killed.resolve("samples.npy")).hasSameBinaryContentAs(folder.resolve("whole/samples.npy"));
        assertThat(killed.resolve("weights.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("whole/weights.safetensors"));
        assertThat(Files.readAllLines(killed.resolve("metrics.jsonl"))).hasSize(epochs);
    }
}
