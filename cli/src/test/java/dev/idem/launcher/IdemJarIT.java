package dev.idem.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Looks into the finished {@code idem.jar} and runs it as a user does. */
@Timeout(120)
final class IdemJarIT {

    private static final String JAR = System.getProperty("idem.jar");

    @TempDir
    Path folder;

    @Test
    void holdsLauncherForOldJavaAndLicences() throws IOException {
        try (JarFile jar = new JarFile(JAR)) {
            List<String> names = jar.stream().map(ZipEntry::getName).toList();

            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo("dev.idem.launcher.Launcher");
            assertThat(names).contains("META-INF/LICENSE", "META-INF/NOTICE", "dev/idem/cli/Main.class")
                    .doesNotHaveDuplicates().noneMatch(name -> name.endsWith("module-info.class"))
                    .noneMatch(name -> name.matches("META-INF/.*\\.(SF|RSA|DSA)"));
            byte[] launcher = jar.getInputStream(jar.getEntry("dev/idem/launcher/Launcher.class")).readAllBytes();
            assertThat(launcher[7]).as("class file version").isEqualTo((byte) 55);
        }
    }

    @Test
    void saysItsVersion() throws Exception {
        assertThat(run("--version")).isZero();
        assertThat(Files.readString(folder.resolve("out"), UTF_8)).contains(System.getProperty("idem.version"));
    }

    @Test
    void refusesUnknownCommandWithExitCode2() throws Exception {
        assertThat(run("no-such-command")).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("err"), UTF_8)).contains("no-such-command")
                .doesNotContain("\tat ");
    }

    private int run(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(JavaHome.read(Settings.ownJavaHome()).executable().toString(),
                "-jar", JAR));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectOutput(new File(folder.toFile(), "out"))
                .redirectError(new File(folder.toFile(), "err")).start().waitFor();
    }
}
