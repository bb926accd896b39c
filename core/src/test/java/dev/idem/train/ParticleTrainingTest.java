package dev.idem.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.backend.Backend;
import dev.idem.config.ConfigReader;
import dev.idem.config.ConfigRequest;
import dev.idem.config.RunConfig;
import dev.idem.cpu.CpuBackend;
import dev.idem.energy.ParticleEnergy;
import dev.idem.reference.ReferenceBackend;
import dev.idem.task.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training on particles: no centre of mass, the same bits whatever the threads, the same numbers as the reference. */
class ParticleTrainingTest {

    private static RunConfig tiny(String task) {
        return ConfigReader.resolve(ConfigRequest.of(task, "reference").with("network.hidden=8", "network.blocks=2",
                "estimator.copies=100", "estimator.minCopies=100", "replay.capacity=60", "replay.startPoints=40",
                "replay.refillPoints=20", "refill.steps=8", "sampler.steps=8", "loop.batchSize=21",
                "loop.stepsPerEpoch=3", "loop.epochs=2"), run -> Tasks.of(run).scale());
    }

    private static Checkpoint trained(RunConfig config, Backend backend) {
        try (Trainer trainer = new Trainer(Tasks.of(config), config, backend)) {
            trainer.start();
            for (int epoch = 0; epoch < 2; epoch++) {
                trainer.step(3);
                trainer.takeTotals();
                trainer.refill();
            }
            return trainer.checkpoint();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dw4", "lj13"})
    void bitsDoNotDependOnThreads(String task) {
        Checkpoint one = trained(tiny(task), new CpuBackend(1));
        TrainerTest.assertSameBits(trained(tiny(task), new CpuBackend(3)), one);
    }

    @Test
    void agreesWithTheReferenceBackend() {
        Checkpoint expected = trained(tiny("dw4"), new ReferenceBackend());
        Checkpoint actual = trained(tiny("dw4"), new CpuBackend(2));
        for (String name : new String[] {"parameters", "replay"}) {
            float[] wanted = expected.floats().get(name);
            assertThat(wanted).isNotNull();
            assertThat(actual.floats().get(name)).containsExactly(wanted, within(5e-3f));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dw4", "lj13", "lj55"})
    void theReplayHasNoCentreOfMass(String task) {
        ParticleEnergy system = Tasks.byName(task).particles().orElseThrow();
        float[] replay = trained(tiny(task), new CpuBackend(2)).floats().get("replay");
        assertThat(replay).isNotNull();
        int moved = 0;
        for (int row = 0; row < replay.length / system.dimension(); row++) {
            for (int axis = 0; axis < system.axes(); axis++) {
                double sum = 0;
                double size = 0;
                for (int particle = 0; particle < system.particles(); particle++) {
                    float x = replay[row * system.dimension() + particle * system.axes() + axis];
                    sum += x;
                    size += Math.abs(x);
                    moved += x == 0 ? 0 : 1;
                }
                assertThat(sum).as("row %d, axis %d", row, axis).isCloseTo(0, within(2e-7 * size));
            }
        }
        assertThat(moved).isEqualTo(replay.length);
    }
}
