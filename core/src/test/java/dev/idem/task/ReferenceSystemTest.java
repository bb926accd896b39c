package dev.idem.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.energy.ParticleEnergy;
import org.junit.jupiter.api.Test;

class ReferenceSystemTest {

    @Test
    void agreesWithTheTasks() {
        for (Task task : Tasks.all()) {
            ReferenceSystem system = ReferenceSystem.byName(task.name());
            assertThat(system.spread()).as(task.name()).isCloseTo(task.unit() * task.dataDeviation(), within(1e-6));
            if (task.energy() instanceof ParticleEnergy energy) {
                assertThat(task.unit()).as("the energy is in the task's own coordinates").isEqualTo(1);
                assertThat(system.energy()).isEqualTo(energy);
                assertThat(ReferenceSystem.bandOf(energy)).isEqualTo(system.band()).isPresent();
            }
        }
    }

    @Test
    void explodedIsTenDeviationsAboveTheMean() {
        assertThat(ReferenceSystem.byName("lj13").band().orElseThrow().explosionBound()).isEqualTo(-43 + 10 * 7);
        assertThat(ReferenceSystem.byName("lj55").band().orElseThrow().explosionBound()).isEqualTo(-325 + 10 * 14);
        assertThat(ReferenceSystem.byName("dw4").band().orElseThrow().explosionBound()).isEqualTo(-22.5 + 10 * 2.5);
    }

    @Test
    void refusesUnknownNames() {
        assertThatIllegalArgumentException().isThrownBy(() -> ReferenceSystem.byName("lj12"))
                .withMessageContaining("lj13");
    }
}
