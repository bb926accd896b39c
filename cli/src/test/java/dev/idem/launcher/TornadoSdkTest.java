package dev.idem.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TornadoSdkTest {

    @TempDir
    private Path folder;

    private Path sdk() throws IOException {
        Files.createDirectories(folder.resolve("share/java/tornado"));
        Files.createDirectories(folder.resolve("lib"));
        Files.createDirectories(folder.resolve("etc"));
        Files.writeString(folder.resolve("lib/libtornado-opencl.so"), "");
        Files.writeString(folder.resolve("etc/tornado.release"), "version=1.2.3\nbranch=x\n");
        return folder;
    }

    @Test
    void withoutAnSdkNothingChanges() {
        assertThat(TornadoSdk.find(Map.of(), List.of("train"))).isEmpty();
        assertThat(TornadoSdk.find(Map.of("TORNADOVM_HOME", ""), List.of())).isEmpty();
    }

    @Test
    void optionComesBeforeTheVariableAndIsTakenAway() throws IOException {
        List<String> arguments = List.of("devices", "--tornado-home", sdk().toString(), "--plan", "gmm40");

        assertThat(TornadoSdk.find(Map.of("TORNADOVM_HOME", "/nowhere"), arguments)).isPresent();
        assertThat(TornadoSdk.without(arguments)).containsExactly("devices", "--plan", "gmm40");
        assertThat(TornadoSdk.without(List.of("--tornado-home=/x", "tasks"))).containsExactly("tasks");
    }

    @Test
    void flagsNameTheModulesOfTheBackendsThatAreThere() throws IOException {
        List<String> flags = TornadoSdk.find(Map.of("TORNADOVM_HOME", sdk().toString()), List.of()).orElseThrow()
                .flags();

        assertThat(flags).contains("--module-path=" + folder.resolve("share/java/tornado"),
                "@" + folder.resolve("etc/exportLists/opencl-exports"), "-Dtornado.recover.bailout=false",
                "-Didem.tornado.sdk=1.2.3");
        assertThat(flags).noneMatch(flag -> flag.contains("ptx"));
    }

    @Test
    void signalsGoToJavaFirst() throws IOException {
        JavaHome java = JavaHome.read(FakeJdk.make(folder.resolve("jdk"), "25"));
        assertThat(TornadoSdk.variables(java, Map.of())).isEmpty();

        Path library = Files.createFile(Files.createDirectories(folder.resolve("jdk/lib")).resolve("libjsig.so"));

        assertThat(TornadoSdk.variables(java, Map.of())).containsEntry("LD_PRELOAD", library.toString());
        assertThat(TornadoSdk.variables(java, Map.of("LD_PRELOAD", "a.so")))
                .containsEntry("LD_PRELOAD", library + ":a.so");
    }

    @Test
    void saysWhatIsNotAnSdk() {
        assertThatThrownBy(() -> TornadoSdk.find(Map.of("TORNADOVM_HOME", folder.toString()), List.of()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(folder.toString())
                .hasMessageContaining("share/java/tornado");
        assertThatThrownBy(() -> TornadoSdk.find(Map.of(), List.of("--tornado-home")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("--tornado-home");
    }
}
