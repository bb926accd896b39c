package dev.idem.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.backend.Backend;
import dev.idem.config.ConfigReader;
import dev.idem.config.ConfigRequest;
import dev.idem.config.RunConfig;
import dev.idem.cpu.CpuBackend;
import dev.idem.energy.LennardJones;
import dev.idem.energy.PairDoubleWell;
import dev.idem.energy.ParticleEnergy;
import dev.idem.reference.ReferenceBackend;
import dev.idem.reference.ReferenceEnergies;
import dev.idem.task.Tasks;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training on a replay that keeps energies and forces and is refined by chains. */
class RefinedReplayTest {

    private static final int CAPACITY = 70;
    private static final int START = 40;
    private static final int NEW = 20;
    private static final int OLD = 30;

    private static RunConfig config(String task, String... more) {
        String[] sets = {"network.hidden=8", "network.blocks=2", "replay.capacity=" + CAPACITY,
                "replay.startPoints=" + START, "replay.refillPoints=" + NEW, "refine.steps=5", "refine.startSteps=30",
                "refine.trajectory=5",
                "refine.relaxSteps=150", "refine.oldPoints=" + OLD, "refill.steps=6", "loop.batchSize=21",
                "loop.stepsPerEpoch=3", "loop.epochs=4", "estimator.copies=7", "estimator.minCopies=7"};
        String[] all = new String[sets.length + more.length];
        System.arraycopy(sets, 0, all, 0, sets.length);
        System.arraycopy(more, 0, all, sets.length, more.length);
        return ConfigReader.resolve(ConfigRequest.of(task, "default").with(all), run -> Tasks.of(run).scale());
    }

    private static Trainer trainer(RunConfig config, Backend backend) {
        return new Trainer(Tasks.of(config), config, backend);
    }

    private static void epochs(Trainer trainer, int count) {
        for (int epoch = 0; epoch < count; epoch++) {
            trainer.step(trainer.stepsLeftInEpoch());
            trainer.takeTotals();
            trainer.refill();
        }
    }

    private static Checkpoint trained(RunConfig config, Backend backend, int epochs) {
        try (Trainer trainer = trainer(config, backend)) {
            trainer.start();
            epochs(trainer, epochs);
            return trainer.checkpoint();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dw4", "lj13"})
    void bitsDoNotDependOnThreads(String task) {
        Checkpoint one = trained(config(task), new CpuBackend(1), 2);
        TrainerTest.assertSameBits(trained(config(task), new CpuBackend(2), 2), one);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dw4", "lj13"})
    void continuesFromACheckpointBitForBit(String task) {
        Checkpoint whole = trained(config(task), new CpuBackend(2), 3);
        Checkpoint part;
        try (Trainer trainer = trainer(config(task), new CpuBackend(1))) {
            trainer.start();
            epochs(trainer, 1);
            trainer.step(2); // in the middle of an epoch
            part = trainer.checkpoint();
        }
        try (Trainer trainer = trainer(config(task), new CpuBackend(2))) {
            trainer.restore(part);
            epochs(trainer, 2);
            TrainerTest.assertSameBits(trainer.checkpoint(), whole);
        }
    }

    @Test
    void guidedCopiesAreDrawnAtSmallNoiseOnly() {
        String[] guided = {"estimator.source=guided", "estimator.guidedTo=0.2", "estimator.newtonSteps=3"};
        RunConfig config = config("lj13", guided);
        try (Trainer trainer = trainer(config, new CpuBackend(2))) {
            int rows = 0; // levels even in ln σ, one in each 21st of [0.01, 3]
            for (int row = 0; row < 21; row++) {
                rows += 0.01 * Math.pow(300, (row + 0.5) / 21) <= 0.2 ? 1 : 0;
            }
            assertThat(trainer.callsPerStep()).isEqualTo(rows * (7L + 3 * 4));
        }
        TrainerTest.assertSameBits(trained(config, new CpuBackend(2), 2), trained(config, new CpuBackend(1), 2));
    }

    @Test
    void refusesGuidedCopiesOfAnEnergyWithoutAHessian() {
        RunConfig config = ConfigReader.resolve(ConfigRequest.of("gmm40", "default").with("estimator.pooling=none",
                "estimator.source=guided"), run -> Tasks.of(run).scale());
        assertThatThrownBy(() -> trainer(config, new CpuBackend(1))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Hessian").hasMessageContaining("GaussianMixture");
    }

    /** Positions, forces and energies of the replay stay in step, whatever has been appended and put back. */
    @ParameterizedTest
    @ValueSource(strings = {"dw4", "lj13"})
    void energiesAndForcesAreThoseOfThePoints(String task) {
        ParticleEnergy energy = task.equals("dw4") ? PairDoubleWell.dw4() : LennardJones.cluster(13);
        Checkpoint state = trained(config(task), new CpuBackend(2), 4);
        float[] points = floats(state.floats(), "replay");
        float[] forces = floats(state.floats(), "replayForces");
        float[] energies = floats(state.floats(), "replayEnergies");
        int[] cursor = state.ints().get("replayCursor");
        assertThat(cursor).isNotNull();
        int dimension = energy.dimension();
        assertThat(cursor[1]).isGreaterThan(START);
        double[] x = new double[dimension];
        double[] force = new double[dimension];
        for (int row = 0; row < cursor[1]; row++) {
            for (int axis = 0; axis < dimension; axis++) {
                x[axis] = points[row * dimension + axis];
            }
            double expected = ReferenceEnergies.evaluate(energy, x, force);
            assertThat((double) energies[row]).isCloseTo(expected, within(1e-4 * (1 + Math.abs(expected))));
            for (int axis = 0; axis < dimension; axis++) {
                assertThat((double) forces[row * dimension + axis]).as("row %d axis %d", row, axis)
                        .isCloseTo(force[axis], within(1e-3 * (1 + Math.abs(force[axis]))));
            }
        }
    }

    private static float[] floats(Map<String, float[]> floats, String name) {
        float @Nullable [] values = floats.get(name);
        assertThat(values).as(name).isNotNull();
        return values == null ? new float[0] : values;
    }

    @Test
    void countsTheCallsOfChains() {
        RunConfig config = config("lj13");
        try (Trainer trainer = trainer(config, new CpuBackend(1))) {
            trainer.start();
            assertThat(trainer.progress().energyCalls()).isEqualTo(new EnergyCalls(0, START * (1 + 150 + 30)));
            epochs(trainer, 1);
            long refill = trainer.progress().energyCalls().refinement() - START * (1 + 150 + 30);
            int relaxed = trainer.newestRefill().orElseThrow().exploded() > 0 ? 150 : 0;
            assertThat(refill).isEqualTo(NEW * (1 + relaxed + 5) + OLD * 5);
            assertThat(trainer.callsPerStep()).isZero();
            assertThat(refill).isLessThanOrEqualTo(trainer.callsPerRefill());
        }
        try (Trainer trainer = trainer(config("dw4"), new CpuBackend(1))) {
            trainer.start();
            epochs(trainer, 1);
            assertThat(trainer.progress().energyCalls().targets()).isEqualTo(3 * 21 * 7);
        }
    }

    /** An untrained network draws a Gaussian, most of whose points are exploded: descent must bring them back. */
    @Test
    void explodedPointsAreCountedAndRelaxed() {
        try (Trainer trainer = trainer(config("lj13"), new CpuBackend(2))) {
            trainer.start();
            epochs(trainer, 1);
            RefillMetrics refill = trainer.newestRefill().orElseThrow();
            assertThat(refill.exploded()).isGreaterThan(NEW / 2);
            assertThat(refill.leftOut()).isLessThan(refill.exploded());
            assertThat(refill.replayEnergy()).isLessThan(-43 + 70);
            assertThat(refill.acceptance()).isBetween(0.1, 0.99);
            assertThat(refill.virial()).isFinite();
        }
    }

    @Test
    void aStartThatDoesNotReachTheVirialIsRefused() {
        String[] sets = {"replay.start=virial", "refine.relaxSteps=20"};
        try (Trainer trainer = trainer(config("lj13", sets), new CpuBackend(1))) {
            assertThatThrownBy(trainer::start).isInstanceOf(TrainingDivergedException.class)
                    .hasMessageContaining("36").hasMessageContaining("20 steps")
                    .hasMessageContaining("refine.relaxSteps");
        }
        assertThatThrownBy(() -> config("lj13", "replay.start=virial", "refine.relaxSteps=0"))
                .hasMessageContaining("replay.start = virial").hasMessageContaining("refine.relaxSteps");
    }

    /** The start stops its descent at the virial, keeps its points until the first refill, and no chain moves anything. */
    @Test
    void pureRunsStartAtTheVirialAndMoveNothing() {
        int dimension = 39;
        RunConfig config = ConfigReader.resolve(ConfigRequest.of("lj13", "pure").with("network.hidden=8",
                "network.blocks=1", "replay.capacity=" + CAPACITY, "replay.startPoints=" + START,
                "replay.refillPoints=" + NEW, "replay.firstRefill=2", "refine.stepSize=5e-4", "refill.steps=6",
                "loop.batchSize=21", "loop.stepsPerEpoch=3", "loop.epochs=4"), run -> Tasks.of(run).scale());
        try (Trainer trainer = trainer(config, new CpuBackend(2))) {
            trainer.start();
            Checkpoint start = trainer.checkpoint();
            float[] points = floats(start.floats(), "replay");
            float[] forces = floats(start.floats(), "replayForces");
            double virial = 0;
            for (int i = 0; i < START * dimension; i++) {
                virial -= points[i] * forces[i] / (double) START;
            }
            assertThat(virial).as("just below that of equilibrium, 36").isBetween(34.0, 36.0);
            long calls = start.progress().energyCalls().refinement();
            assertThat(calls % START).isZero();
            assertThat(calls / START - 1).as("steps of descent").isBetween(50L, 999L);

            epochs(trainer, 1);
            assertThat(floats(trainer.checkpoint().floats(), "replay")).containsExactly(points);
            assertThat(trainer.newestRefill()).isEmpty();
            epochs(trainer, 1);
            assertThat(trainer.newestRefill().orElseThrow().acceptance()).as("share of no proposals").isNaN();
            assertThat(trainer.progress().energyCalls().refinement()).as("each new point once").isEqualTo(calls + NEW);
        }
    }

    @Test
    void anUnrelaxableStartIsRefused() {
        try (Trainer trainer = trainer(config("lj13", "refine.relaxSteps=0", "refine.startSteps=0"),
                new CpuBackend(1))) {
            assertThatThrownBy(trainer::start).isInstanceOf(TrainingDivergedException.class)
                    .hasMessageContaining("refine.relaxSteps");
        }
    }

    @Test
    void agreesWithTheReferenceBackend() {
        RunConfig config = config("dw4", "refine.steps=1", "refine.startSteps=1", "refine.trajectory=1",
                "refine.relaxSteps=3");
        Checkpoint expected = trained(config, new ReferenceBackend(), 1);
        Checkpoint actual = trained(config, new CpuBackend(2), 1);
        for (String name : new String[] {"replay", "replayEnergies", "parameters"}) {
            float[] wanted = floats(expected.floats(), name);
            assertThat(floats(actual.floats(), name)).as(name).containsExactly(wanted, within(2e-2f));
        }
    }
}
