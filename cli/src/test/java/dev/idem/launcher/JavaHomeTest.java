package dev.idem.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JavaHomeTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"25,25", "25.0.3,25", "26-ea,26", "27.0.1,27"})
    void takesFeatureVersion25AndNewer(String version, int feature) {
        JavaHome home = JavaHome.read(FakeJdk.make(folder.resolve("jdk"), version));

        assertThat(home.suitable()).as(home.fault()).isTrue();
        assertThat(home.feature()).isEqualTo(feature);
        assertThat(home.executable()).isEqualTo(folder.resolve("jdk/bin/java"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "24.0.2", "1.8.0_452", "9"})
    void refusesOlderVersions(String version) {
        JavaHome home = JavaHome.read(FakeJdk.make(folder.resolve("jdk"), version));

        assertThat(home.suitable()).isFalse();
        assertThat(home.fault()).isEqualTo("it is Java " + version);
    }

    @Test
    void refusesRuntimeWithoutVectorModule() {
        JavaHome home = JavaHome.read(FakeJdk.make(folder.resolve("jdk"), "25.0.3", "java.base java.desktop"));

        assertThat(home.fault()).isEqualTo("its Java 25.0.3 lacks the module jdk.incubator.vector");
    }

    @Test
    void takesReleaseFileWithoutModules() {
        assertThat(JavaHome.read(FakeJdk.make(folder.resolve("jdk"), "25.0.3", "")).suitable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "25x99999", "99999999999999"})
    void readsVersionsWithoutFailing(String version) {
        JavaHome home = JavaHome.read(FakeJdk.make(folder.resolve("jdk"), version));

        assertThat(home.feature()).isEqualTo(version.startsWith("25") ? 25 : 0);
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        assertThat(JavaHome.read(folder.resolve("none")).fault()).isEqualTo("there is no such folder");
        assertThat(JavaHome.read(folder).fault()).isEqualTo("it has no bin/java");

        Path jdk = FakeJdk.make(folder.resolve("jdk"), "25.0.3");
        Files.delete(jdk.resolve("release"));
        assertThat(JavaHome.read(jdk).fault()).isEqualTo("it has no readable file named release");
    }

    @Test
    void readsThisJava() {
        JavaHome home = JavaHome.read(Settings.ownJavaHome());

        assertThat(home.fault()).isEmpty();
        assertThat(home.feature()).isEqualTo(Runtime.version().feature());
    }
}
