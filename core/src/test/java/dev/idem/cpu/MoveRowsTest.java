package dev.idem.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.cpu.kernel.Settings;
import dev.idem.energy.GaussianMixture;
import dev.idem.energy.LennardJones;
import dev.idem.energy.PairDoubleWell;
import dev.idem.fixture.Configurations;
import dev.idem.fixture.OtherMachine;
import dev.idem.program.MoveRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What chains of moves do: their stationary moments, their acceptance, descent, and rows that cannot move. */
class MoveRowsTest {

    private static final double NO_BOUND = Double.POSITIVE_INFINITY;

    private static final GaussianMixture NORMAL = GaussianMixture.of(3, new double[] {1}, new double[] {0.5, 0, -1},
            new double[] {0.7});

    @TempDir
    Path folder;

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** Returns how many standard errors the mean is from the truth. */
    private static double deviation(double[] values, double truth) {
        double mean = mean(values);
        double square = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1.0);
        return (mean - truth) / Math.sqrt(square / values.length);
    }

    /** Mean and variance of the first coordinate of {@link #NORMAL} at β = 2, within four standard errors. */
    private static void assertMomentsAtHalfTheTemperature(double[] x) {
        double[] first = new double[x.length / 3];
        double[] square = new double[x.length / 3];
        for (int row = 0; row < first.length; row++) {
            first[row] = x[3 * row];
            square[row] = Math.pow(x[3 * row] - 0.5, 2);
        }
        assertThat(Math.abs(deviation(first, 0.5))).isLessThan(4);
        assertThat(Math.abs(deviation(square, 0.49 / 2))).isLessThan(4);
    }

    /** A large step and a tight bound of the drift: without the test, both would show. */
    @Test
    void metropolisChainsHaveTheMomentsOfAGaussianAtItsTemperature() {
        int rows = 20_000;
        try (Chains chains = new Chains(NORMAL, MoveRule.exact(0.5), rows, 0.2, 2, 2)) {
            chains.from(new float[3 * rows]).run(150);
            assertThat(chains.acceptance(150)).isBetween(0.4, 0.9);
            assertMomentsAtHalfTheTemperature(chains.read(chains.x));
        }
    }

    /** Long steps and a bound that is reached: without the test, or with the velocities' share of it left out, it would show. */
    @Test
    void trajectoriesHaveTheMomentsOfAGaussianAtItsTemperature() {
        int rows = 20_000;
        for (int steps : new int[] {2, 5}) {
            try (Chains chains = new Chains(NORMAL, MoveRule.exact(2).trajectories(steps), rows, 0.05, 2, 2)) {
                chains.from(new float[3 * rows]).run(300 / steps);
                assertThat(chains.acceptance(300 / steps)).isBetween(0.1, 0.95);
                assertMomentsAtHalfTheTemperature(chains.read(chains.x));
            }
        }
    }

    /** With a small step every trajectory is accepted, and as many steps go L times as far as single ones go √L times. */
    @Test
    void aTrajectoryGoesFartherThanItsStepsAlone() {
        GaussianMixture wide = GaussianMixture.of(3, new double[] {1}, new double[3], new double[] {100});
        double[] squares = new double[2];
        for (int steps : new int[] {1, 16}) {
            try (Chains chains = new Chains(wide, MoveRule.exact(NO_BOUND).trajectories(steps), 2000, 1e-4, 1, 1)) {
                chains.from(new float[6000]).run(16 / steps);
                assertThat(chains.acceptance(16 / steps)).isGreaterThan(0.99);
                squares[steps == 1 ? 0 : 1] = mean(
                        Arrays.stream(chains.read(chains.x)).map(value -> value * value).toArray());
            }
        }
        double ratio = squares[1] / squares[0]; // 16 without friction; with it 2 (1/e) 16
        assertThat(ratio).isCloseTo(16 * 2 / Math.E, within(1.0));
    }

    /** The distance of two particles of a double well in the plane, against quadrature. Four standard errors. */
    @Test
    void aPairOfParticlesHasItsDistanceDistribution() {
        PairDoubleWell pair = new PairDoubleWell(2, 2, 0.3, -1, 0, 2);
        double weight = 0;
        double truth = 0;
        for (double r = 1e-3; r < 8; r += 1e-3) {
            double w = r * Math.exp(-pair.energy(new double[] {r, 0, 0, 0}, 0));
            weight += w;
            truth += w * r;
        }
        int rows = 20_000;
        float[] start = new float[4 * rows];
        for (int row = 0; row < rows; row++) {
            start[4 * row] = row % 2 == 0 ? 0.5f : 2f;
            start[4 * row + 2] = -start[4 * row];
        }
        try (Chains chains = new Chains(pair, MoveRule.exact(NO_BOUND), rows, 0.15, 1, 2)) {
            chains.from(start).run(400);
            double[] x = chains.read(chains.x);
            double[] distance = new double[rows];
            for (int row = 0; row < rows; row++) {
                distance[row] = Math.hypot(x[4 * row] - x[4 * row + 2], x[4 * row + 1] - x[4 * row + 3]);
                assertThat(x[4 * row] + x[4 * row + 2]).isCloseTo(0, within(1e-4)); // stays mean-free
            }
            assertThat(Math.abs(deviation(distance, truth / weight))).isLessThan(4);
        }
    }

    @Test
    void acceptanceGoesToOneWithTheStep() {
        LennardJones cluster = LennardJones.cluster(13);
        double before = 0;
        for (double size : new double[] {1e-3, 1e-4, 1e-5, 1e-6}) {
            try (Chains chains = new Chains(cluster, MoveRule.exact(NO_BOUND), 64, size, 1, 2)) {
                chains.from(Configurations.helices(cluster, 64)).run(20);
                double acceptance = chains.acceptance(20);
                assertThat(acceptance).isGreaterThanOrEqualTo(before);
                before = acceptance;
            }
        }
        assertThat(before).isGreaterThan(0.995);
    }

    @Test
    void anAdaptingChainReachesTheAcceptanceItAimsAt() {
        LennardJones cluster = LennardJones.cluster(13);
        try (Chains chains = new Chains(cluster, MoveRule.adapting(300, 0.1), 128, 1e-6, 1, 2)) {
            chains.from(Configurations.helices(cluster, 128)).run(400);
            double before = chains.acceptance(1);
            chains.run(200);
            assertThat((chains.acceptance(1) - before) / 200).isCloseTo(MoveRule.BEST_ACCEPTANCE, within(0.05));
            double[] energies = chains.read(chains.energy);
            double[] point = Arrays.copyOf(chains.read(chains.x), cluster.dimension());
            assertThat(energies[0]).isCloseTo(cluster.energy(point, 0), within(1e-3)); // energy and x go together
        }
    }

    @Test
    void descentRelaxesAnExplodedStart() {
        LennardJones cluster = LennardJones.cluster(13);
        float[] x = new float[64 * 39];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (0.4 * Math.sin(12.9 * i + 0.3 * (i % 7)));
        }
        try (Chains chains = new Chains(cluster, MoveRule.descent(20, 0.3), 64, 1e-3, 1, 2)) {
            chains.from(x);
            assertThat(mean(chains.read(chains.energy))).isGreaterThan(1e4);
            double[] before = chains.read(chains.energy);
            chains.run(400);
            double[] after = chains.read(chains.energy);
            for (int row = 0; row < 64; row++) {
                assertThat(after[row]).isLessThan(Math.min(before[row], 0));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aRowThatIsNotFiniteStaysAndTheOthersMove(int steps) {
        PairDoubleWell well = PairDoubleWell.dw4();
        float[] x = Configurations.helices(well, 3);
        x[8] = Float.NaN;
        MoveRule rule = MoveRule.exact(NO_BOUND).trajectories(steps);
        try (Chains chains = new Chains(well, rule, 3, 1e-6, 1, 2)) {
            chains.from(x).run(50);
            double[] moves = chains.read(chains.moves);
            assertThat(moves[1]).isZero();
            assertThat(moves[0]).isGreaterThan(40);
            assertThat(moves[2]).isGreaterThan(40);
            assertThat(chains.read(chains.x)[8]).isNaN();
        }
    }

    @Test
    void everyWidthTheInterpreterAndAnyThreadsGiveTheSameBits() throws IOException, InterruptedException {
        int own = MoveDigest.digest(2);
        assertThat(MoveDigest.digest(1)).isEqualTo(own);
        assertThat(MoveDigest.digest(3)).isEqualTo(own);
        String width = "-D" + Settings.VECTOR_BITS + "=";
        for (String[] flags : new String[][] {{width + 128}, {width + 256, "-Xint"}, {width + 512}}) {
            assertThat(OtherMachine.run(folder, MoveDigest.class, flags)).isEqualTo(Integer.toString(own));
        }
    }
}
