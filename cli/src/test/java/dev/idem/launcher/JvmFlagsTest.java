package dev.idem.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class JvmFlagsTest {

    @Test
    void addsVectorModuleAndSmallCollector() {
        assertThat(JvmFlags.with(null)).contains("--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC")
                .isEqualTo(JvmFlags.with("  "));
    }

    @Test
    void usersFlagsComeLast() {
        List<String> flags = JvmFlags.with(" -Xmx300m\t-Didem.vectorBits=128 ");

        assertThat(flags).endsWith("-Xmx300m", "-Didem.vectorBits=128").contains("-XX:+UseSerialGC");
    }

    @Test
    void usersHeapReplacesOurs() {
        assertThat(JvmFlags.with("")).contains("-Xms64m");
        assertThat(JvmFlags.with("-Xmx48m")).contains("-Xmx48m").doesNotContain("-Xms64m");
    }

    @Test
    void usersCollectorReplacesOurs() {
        assertThat(JvmFlags.with("-XX:+UseParallelGC")).contains("-XX:+UseParallelGC")
                .doesNotContain("-XX:+UseSerialGC");
    }
}
