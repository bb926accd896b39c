package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.backend.BackendProvider;
import dev.idem.backend.Backends;
import org.junit.jupiter.api.Test;

/** The commands tasks and devices. */
class ListingsTest {

    @Test
    void listsTasks() {
        IdemRun run = IdemRun.of("tasks");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().map(line -> line.split(" ")[0])).startsWith("task").contains("gmm40", "mixture",
                "host");
        assertThat(run.out()).containsPattern("gmm40 +2 +40 equal Gaussians");
    }

    @Test
    void listsDevicesAndWhatAutoTakes() {
        IdemRun run = IdemRun.of("devices");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsPattern("(?m)^cpu +yes +\\S")
                .containsPattern("(?m)^auto +yes +takes " + Backends.device(Backends.AUTO).name() + "$");
        for (BackendProvider.Device device : Backends.devices()) {
            assertThat(run.out()).contains(device.name()).contains(device.problem());
        }
    }
}
