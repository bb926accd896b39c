package dev.idem.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.backend.Backend;
import dev.idem.config.LoopConfig;
import dev.idem.config.NetworkConfig;
import dev.idem.config.Presets;
import dev.idem.config.RefineConfig;
import dev.idem.config.ReplayConfig;
import dev.idem.config.RunConfig;
import dev.idem.config.SamplerConfig;
import dev.idem.config.TrainConfig;
import dev.idem.cpu.CpuBackend;
import dev.idem.energy.ParticleEnergy;
import dev.idem.reference.ReferenceBackend;
import dev.idem.task.Task;
import dev.idem.task.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training on particles: no centre of mass, the same bits whatever the threads, the same numbers as the reference. */
class ParticleTrainingTest {

    private static RunConfig tiny(String task) {
        Task target = Tasks.byName(task);
        TrainConfig smoke = Presets.of(task, Presets.SMOKE, target.scale());
        NetworkConfig network = smoke.network();
        SamplerConfig sampler = new SamplerConfig(smoke.sampler().integrator(), 8, smoke.sampler().noiseScale(),
                smoke.sampler().sigmaMin(), 0, 0);
        return RunConfig.of(task, Presets.SMOKE, 3,
                new TrainConfig(smoke.method(), smoke.noise(),
                        new NetworkConfig(network.kind(), 8, 2, network.embedding(), network.activation(),
                                network.coordinateScale(), network.timeScale(), network.predicts(),
                                network.dataDeviation()),
                        smoke.estimator(), smoke.loss(), smoke.optimiser(),
                        new ReplayConfig(60, ReplayConfig.Start.PRIOR, 40, 20), RefineConfig.NONE, sampler, sampler,
                        new LoopConfig(21, 3, 2, 1), smoke.evaluation()));
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
