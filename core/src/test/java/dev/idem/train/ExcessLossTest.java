package dev.idem.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.config.ConfigReader;
import dev.idem.config.ConfigRequest;
import dev.idem.config.RunConfig;
import dev.idem.cpu.CpuBackend;
import dev.idem.energy.GaussianMixture;
import dev.idem.random.Normals;
import dev.idem.task.Tasks;
import dev.idem.tempering.TemperingTarget;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Excess losses of scores whose distance from the true one is known. */
class ExcessLossTest {

    private static final double[] SIGMAS = {0.05, 0.3, 2};
    private static final double VARIANCE = 0.49;
    /** Not the target's, 0.7: with that one both estimates are the true score itself. */
    private static final double WIDTH = 0.5;
    private static final int ROWS = 400;
    private static final int DIMENSION = 3;

    private static final GaussianMixture TARGET = GaussianMixture.of(DIMENSION, new double[] {1},
            new double[DIMENSION],
            new double[] {Math.sqrt(VARIANCE)});

    private static double[] samples() {
        return IntStream.range(0, ROWS * DIMENSION)
                .mapToDouble(i -> Math.sqrt(VARIANCE) * Normals.normal(7, 0, 1, 0, i / DIMENSION, i % DIMENSION))
                .toArray();
    }

    private static ExcessLoss judge(double factor, double shift, int threads) {
        return ExcessLoss.of((points, sigma) -> {
            float[] scores = new float[points.length];
            for (int i = 0; i < points.length; i++) {
                scores[i] = (float) (shift - factor * points[i] / (VARIANCE + sigma * sigma));
            }
            return scores;
        }, TemperingTarget.of(TARGET::energyAndForce, DIMENSION, Math.sqrt(VARIANCE), 1), samples(), SIGMAS, WIDTH, 3,
                threads);
    }

    @Test
    void trueScoreHasNone() {
        ExcessLoss loss = judge(1, 0, 2);
        assertThat(loss.levels()).hasSize(SIGMAS.length).allSatisfy(level -> {
            assertThat(level.excess().value()).isCloseTo(0, within(4 * level.excess().standardError()));
            assertThat(level.excess().standardError()).isBetween(1e-9, 0.01);
            assertThat(level.readable()).isTrue();
        });
    }

    @Test
    void wrongScoreHasItsDistance() {
        double shift = 0.8;
        ExcessLoss loss = judge(1, shift, 2);
        double[] expected = new double[SIGMAS.length];
        for (int k = 0; k < SIGMAS.length; k++) {
            expected[k] = SIGMAS[k] * SIGMAS[k] * shift * shift;
            ExcessLoss.Level level = loss.levels().get(k);
            assertThat(level.excess().value()).isCloseTo(expected[k], within(4 * level.excess().standardError()));
            assertThat(level.excess().standardError()).isLessThan(0.1 * expected[k]);
        }
        double first = (expected[0] + expected[1]) / 2 * Math.log(SIGMAS[1] / SIGMAS[0]);
        double second = (expected[1] + expected[2]) / 2 * Math.log(SIGMAS[2] / SIGMAS[1]);
        assertThat(loss.pathDivergence()).isCloseTo(DIMENSION * (first + second), within(0.3));
    }

    /** A score too small by a tenth: E |s* / 10|² h = h / (100 (v + h)). */
    @Test
    void errorsThatDependOnThePointCount() {
        ExcessLoss loss = judge(0.9, 0, 1);
        for (int k = 0; k < SIGMAS.length; k++) {
            double h = SIGMAS[k] * SIGMAS[k];
            ExcessLoss.Level level = loss.levels().get(k);
            assertThat(level.excess().value())
                    .isCloseTo(h / (100 * (VARIANCE + h)), within(4 * level.excess().standardError()));
        }
    }

    @Test
    void threadsMakeNoDifference() {
        assertThat(judge(0.9, 0.1, 1)).isEqualTo(judge(0.9, 0.1, 3));
    }

    /** Two modes that no chain crosses between: what it gives at noise where both are possible is not to be read. */
    @Test
    void slowChainsAreSeen() {
        GaussianMixture modes = GaussianMixture.of(1, new double[] {0.5, 0.5}, new double[] {-3, 3},
                new double[] {0.7, 0.7});
        double[] points = IntStream.range(0, ROWS)
                .mapToDouble(row -> (row % 2 == 0 ? -3 : 3) + 0.7 * Normals.normal(7, 0, 1, 0, row, 0)).toArray();
        ExcessLoss loss = ExcessLoss.of((x, sigma) -> new float[x.length],
                TemperingTarget.of(modes::energyAndForce, 1, 0.7, 1), points, new double[] {0.2, 3}, WIDTH, 3, 2);
        assertThat(loss.levels().getFirst().readable()).isTrue();
        assertThat(loss.levels().getLast().readable()).isFalse();
    }

    /** Schedules that begin at no noise too: levels begin where the settings say. */
    @ParameterizedTest
    @CsvSource({"default, 0.01, 6", "reference, 1e-5, 3"})
    void networksAreJudgedInModelCoordinates(String preset, double least, double largest) {
        RunConfig config = ConfigReader.resolve(ConfigRequest.of("dw4", preset).with("network.hidden=8"),
                run -> Tasks.of(run).scale());
        MethodBuilder method = new MethodBuilder(Tasks.of(config), config.train());
        float[] parameters = method.model().initialParameters(1);
        TrainedSampler sampler = new TrainedSampler(Tasks.of(config), config,
                new TrainedSampler.Weights(parameters, 0.3)).on(new CpuBackend(1));
        float[] reference = new float[5 * 8];
        for (int i = 0; i < reference.length; i++) {
            reference[i] = (float) (2.5 * Normals.normal(7, 0, 1, 0, i / 8, i % 8));
        }

        ExcessLoss loss = sampler.excessLoss(reference, 5, 1);

        assertThat(loss.levels()).hasSize(ExcessLoss.LEVELS);
        assertThat(loss.levels().getFirst().sigma()).isCloseTo(least, within(1e-3 * least));
        assertThat(loss.levels().getLast().sigma()).isCloseTo(largest, within(1e-3 * largest));
        assertThat(loss.levels()).allSatisfy(level -> assertThat(level.excess().value()).isFinite());
        assertThatIllegalArgumentException().isThrownBy(() -> sampler.excessLoss(reference, 6, 1))
                .withMessageContaining("2 to 5 samples of the reference, got 6");
    }
}
