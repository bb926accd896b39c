package dev.idem.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JavaHomeSearchTest {

    @TempDir
    Path folder;

    private Path old;

    @BeforeEach
    void makeOldJava() {
        old = FakeJdk.make(folder.resolve("old"), "17.0.15");
    }

    private Path find(Map<String, String> environment, Path own, Path... folders) throws NoSuitableJavaException {
        return new JavaHomeSearch(environment, own, List.of(folders)).find().path();
    }

    @Test
    void orderIsOrderedThenJavaHomeThenRunningThenPathThenFolders() throws Exception {
        Path ordered = FakeJdk.make(folder.resolve("a"), "25.0.1");
        Path javaHome = FakeJdk.make(folder.resolve("b"), "25.0.2");
        Path own = FakeJdk.make(folder.resolve("c"), "25.0.3");
        Path onPath = FakeJdk.make(folder.resolve("d"), "25.0.4").toRealPath();
        Path installed = FakeJdk.make(folder.resolve("jvm/e"), "25.0.5");
        String path = folder.resolve("nothing") + java.io.File.pathSeparator + onPath.resolve("bin");
        Path jvm = folder.resolve("jvm");

        assertThat(find(Map.of("IDEM_JAVA_HOME", ordered.toString(), "JAVA_HOME", javaHome.toString()), own, jvm))
                .isEqualTo(ordered);
        assertThat(find(Map.of("JAVA_HOME", javaHome.toString(), "PATH", path), own, jvm)).isEqualTo(javaHome);
        assertThat(find(Map.of("JAVA_HOME", old.toString(), "PATH", path), own, jvm)).isEqualTo(own);
        assertThat(find(Map.of("PATH", path), old, jvm)).isEqualTo(onPath);
        assertThat(find(Map.of("PATH", old.resolve("bin").toString()), old, jvm)).isEqualTo(installed);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need rights there")
    void followsLinksOnPath() throws Exception {
        Path jdk = FakeJdk.make(folder.resolve("jdk"), "25").toRealPath();
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path alternative = Files.createSymbolicLink(folder.resolve("alternative"), jdk.resolve("bin/java"));
        Files.createSymbolicLink(bin.resolve("java"), alternative);

        assertThat(find(Map.of("PATH", bin.toString()), old)).isEqualTo(jdk);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Contents/Home", "libexec", "libexec/openjdk.jdk/Contents/Home"})
    void knowsLayoutsOfInstallers(String inner) throws Exception {
        Path home = FakeJdk.make(folder.resolve("jvm/some-jdk").resolve(inner), "25.0.3");

        assertThat(find(Map.of(), old, folder.resolve("absent"), folder.resolve("jvm"))).isEqualTo(home);
    }

    @Test
    void takesFolderThatIsItselfJdk() throws Exception {
        Path home = FakeJdk.make(folder.resolve("openjdk"), "25.0.3");

        assertThat(find(Map.of(), old, home)).isEqualTo(home);
    }

    @Test
    void prefersTestedVersionAmongInstalled() throws Exception {
        FakeJdk.make(folder.resolve("jvm/a-27"), "27");
        FakeJdk.make(folder.resolve("jvm/b-24"), "24.0.2");
        FakeJdk.make(folder.resolve("jvm/c-25-without-vectors"), "25.0.3", "java.base");
        Path tested = FakeJdk.make(folder.resolve("jvm/d-25"), "25.0.3");
        FakeJdk.make(folder.resolve("jvm/e-26"), "26");

        assertThat(find(Map.of(), old, folder.resolve("jvm"))).isEqualTo(tested);
    }

    @Test
    void refusesWrongOrder() {
        assertThatThrownBy(() -> find(Map.of("IDEM_JAVA_HOME", old.toString()), old))
                .isInstanceOf(NoSuitableJavaException.class)
                .hasMessage("idem: IDEM_JAVA_HOME=" + old + " is not a JDK 25 or newer: it is Java 17.0.15");
        assertThatThrownBy(() -> find(Map.of("IDEM_JAVA_HOME", "/no/such\0folder"), old))
                .isInstanceOf(NoSuitableJavaException.class).hasMessageContaining("IDEM_JAVA_HOME");
    }

    @Test
    void blankVariablesCountAsUnset() throws Exception {
        Path own = FakeJdk.make(folder.resolve("own"), "25.0.3");

        assertThat(find(Map.of("IDEM_JAVA_HOME", "", "JAVA_HOME", " "), own)).isEqualTo(own);
    }

    @Test
    void explainsItselfInThreeLines() throws IOException {
        Path jvm = Files.createDirectory(folder.resolve("jvm"));

        assertThatThrownBy(() -> find(Map.of("JAVA_HOME", "/nowhere"), old, jvm))
                .isInstanceOf(NoSuitableJavaException.class)
                .hasMessageContainingAll("needs a JDK 25 or newer", "JAVA_HOME=/nowhere (there is no such folder)",
                        old + " (it is Java 17.0.15)", jvm.toString(), "set IDEM_JAVA_HOME")
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(3));
    }

    @Test
    void findsJavaOnThisMachine() throws Exception {
        assertThat(JavaHomeSearch.ofThisMachine(Map.of()).find().fault()).isEmpty();
    }
}
