package dev.idem.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher as a process of its own; its child is {@link ChildProgram}. */
@Timeout(60)
final class LauncherTest {

    @TempDir
    Path folder;

    private Process start(Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(JavaHome.read(Settings.ownJavaHome()).executable().toString(),
                "-Xshare:auto", "-cp", Settings.classPath(), LauncherProgram.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove(JvmFlags.VARIABLE);
        builder.environment().put(JavaHomeSearch.VARIABLE, Settings.ownJavaHome().toString());
        builder.environment().putAll(environment);
        return builder.redirectOutput(folder.resolve("out").toFile()).redirectError(folder.resolve("err").toFile())
                .start();
    }

    private String written(String stream) throws IOException {
        return Files.readString(folder.resolve(stream), UTF_8);
    }

    @Test
    void passesArgumentsOnAndAddsVectorModule() throws Exception {
        int code = start(Map.of(), "arguments", "a b", "", "--set", "x=\"*\"").waitFor();

        assertThat(written("out").strip()).isEqualTo("[arguments, a b, , --set, x=\"*\"] true");
        assertThat(code).isZero();
    }

    @Test
    void passesExitCodeThrough() throws Exception {
        assertThat(start(Map.of(), "exit", "3").waitFor()).isEqualTo(3);
    }

    @Test
    void passesUsersFlagsOn() throws Exception {
        int code = start(Map.of(JvmFlags.VARIABLE, "-Xmx40m -XX:+PrintFlagsFinal"), "exit", "0").waitFor();

        assertThat(written("out")).containsPattern("MaxHeapSize += 41943040");
        assertThat(code).isZero();
    }

    @Test
    void explainsWrongJavaHomeWithExitCode2() throws Exception {
        int code = start(Map.of(JavaHomeSearch.VARIABLE, folder.toString()), "exit", "0").waitFor();

        assertThat(code).isEqualTo(2);
        assertThat(written("err").lines()).hasSize(1).first().asString().contains("IDEM_JAVA_HOME=" + folder);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "ends processes by force")
    void passesTerminationOnAndWaitsForChild() throws Exception {
        Process launcher = start(Map.of(), "wait", folder.toString());
        while (!Files.exists(folder.resolve("ready"))) {
            assertThat(launcher.isAlive()).isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }

        launcher.destroy();

        assertThat(launcher.waitFor()).isEqualTo(128 + 15);
        assertThat(folder.resolve("stopped")).exists();
    }
}
