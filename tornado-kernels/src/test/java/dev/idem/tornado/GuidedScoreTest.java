package dev.idem.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.backend.Backend;
import dev.idem.backend.Backends;
import dev.idem.backend.Session;
import dev.idem.energy.LennardJones;
import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.Program;
import dev.idem.program.Role;
import dev.idem.program.TargetOp;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Guided copies of LJ-13 at every noise level, with rows that have none, against the CPU. */
class GuidedScoreTest {

    private static final int ROWS = 33;
    private static final int DIMENSION = 39;
    private static final int WITHOUT_COPIES = 7;
    private static final int OVERLAPPING = 12;

    private static final Buffer COUNTER = Counter.buffer("counter");
    private static final Buffer CLEAN = Buffer.floats("clean", ROWS, DIMENSION, Role.STATE);
    private static final Buffer NOISED = Buffer.floats("noised", ROWS, DIMENSION, Role.STATE);
    private static final Buffer VARIANCE = Buffer.floats("variance", ROWS, 1, Role.STATE);
    private static final Buffer COPIES = Buffer.ints("copies", ROWS, 1, Role.CONSTANT);
    private static final Buffer TARGET = Buffer.floats("target", ROWS, DIMENSION, Role.STATE);
    private static final Buffer DENOISING = Buffer.floats("denoising", ROWS, DIMENSION, Role.STATE);
    private static final Buffer EFFECTIVE = Buffer.floats("effective", ROWS, 1, Role.STATE);
    private static final Program PROGRAM = new Program("guided",
            List.of(new TargetOp.GuidedScore(COUNTER, CLEAN, NOISED, VARIANCE, COPIES, TARGET, DENOISING, EFFECTIVE,
                    LennardJones.cluster(13), 6, 12)));

    /** Both scores times the noise level, and the number of effective samples; [row][...]. */
    private record Scores(float[] target, float[] denoising, float[] effective) {}

    private static double level(int row) {
        return 0.01 * Math.pow(100, row / (ROWS - 1.0));
    }

    private static Scores run(Backend backend) {
        float[] clean = new float[ROWS * DIMENSION];
        float[] noised = new float[ROWS * DIMENSION];
        float[] variance = new float[ROWS];
        int[] copies = new int[ROWS];
        Random random = new Random(3);
        for (int row = 0; row < ROWS; row++) {
            variance[row] = (float) (level(row) * level(row));
            copies[row] = row % 10 == WITHOUT_COPIES ? 0 : 5 + row;
            for (int k = 0; k < DIMENSION; k++) {
                int particle = k / 3;
                int[] lattice = {particle % 3, particle / 3 % 3, particle / 9};
                clean[row * DIMENSION + k] = row == OVERLAPPING
                        ? 0
                        : (float) (1.15 * (lattice[k % 3] - 1) + 0.1 * random.nextGaussian());
                noised[row * DIMENSION + k] = clean[row * DIMENSION + k] + (float) (level(row) * random.nextGaussian());
            }
        }
        try (Session session = backend.compile(List.of(PROGRAM))) {
            session.write(COUNTER, new int[] {17, -5, 3, 2});
            session.write(CLEAN, clean);
            session.write(NOISED, noised);
            session.write(VARIANCE, variance);
            session.write(COPIES, copies);
            session.run(PROGRAM, 1);
            return new Scores(session.readFloats(TARGET), session.readFloats(DENOISING), session.readFloats(EFFECTIVE));
        }
    }

    private static void compare(Scores actual, double tolerance) {
        Scores expected = run(Backends.open(Backends.device("cpu"), 1));
        for (int row = 0; row < ROWS; row++) {
            assertThat((double) actual.effective[row]).as("effective samples of row %d", row)
                    .isCloseTo(expected.effective[row], within(tolerance * 30));
            for (int k = row * DIMENSION; k < (row + 1) * DIMENSION; k++) {
                double scale = level(row);
                assertThat(scale * actual.target[k]).as("target score %d of row %d", k % DIMENSION, row)
                        .isCloseTo(scale * expected.target[k], within(tolerance * (1 + 100 * scale)));
                assertThat(scale * actual.denoising[k]).as("denoising score %d of row %d", k % DIMENSION, row)
                        .isCloseTo(scale * expected.denoising[k], within(tolerance));
            }
        }
        assertThat(actual.effective[WITHOUT_COPIES]).isZero();
        assertThat(actual.target[WITHOUT_COPIES * DIMENSION]).isZero();
        assertThat(actual.denoising[WITHOUT_COPIES * DIMENSION]).isZero();
    }

    @Test
    void kernelsAsJavaAgreeWithTheCpu() {
        compare(run(new JavaBackend()), 2e-5);
    }

    @Test
    void deviceAgreesWithTheCpu() {
        compare(run(Devices.open()), 2e-4);
    }
}
