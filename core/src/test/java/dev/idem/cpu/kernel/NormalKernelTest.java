package dev.idem.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.random.Normals;
import dev.idem.random.Philox;
import dev.idem.random.Uniforms;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Kernels' normal and uniform numbers against the reference, and against their scalar twins bit for bit. */
class NormalKernelTest {

    private static final int LOW = 0x12345678;
    private static final int HIGH = -5;
    private static final int STREAM = 3;
    private static final int STEP = 77;
    private static final int FIRST_ROW = 1000;

    private final NoiseScratch scratch = new NoiseScratch();

    @Test
    void normalsOfRowsAreTheReferences() {
        for (int columns : new int[] {1, 2, 3, 4, 5, 8, 39, 300}) {
            for (int rows : new int[] {1, 2, 7, 300}) {
                float[] out = filled(rows * columns + 5);
                NormalKernel.normals(LOW, HIGH, STREAM, STEP, FIRST_ROW, rows, columns, out, 2, scratch);
                for (int row = 0; row < rows; row++) {
                    for (int column = 0; column < columns; column += 1 + columns / 11) {
                        assertThat((double) out[2 + row * columns + column]).isCloseTo(
                                Normals.normal(LOW, HIGH, STREAM, STEP, FIRST_ROW + row, column), within(5e-6));
                    }
                }
                assertUntouched(out, 2, rows * columns);
            }
        }
    }

    @Test
    void normalsOfCopiesAreTheReferences() {
        for (int dimension : new int[] {1, 2, 3, 5, 8, 39}) {
            int groups = 70 / dimension + 1;
            int copies = groups * Lanes.LOGICAL;
            int firstGroup = 3;
            float[] noise = new float[dimension * copies];
            NormalKernel.copies(LOW, HIGH, STREAM, STEP, FIRST_ROW, firstGroup, groups, dimension, noise, copies,
                    scratch);
            for (int axis = 0; axis < dimension; axis++) {
                for (int copy = 0; copy < copies; copy++) {
                    assertThat((double) noise[axis * copies + copy])
                            .isCloseTo(Normals.copyNormal(LOW, HIGH, STREAM, STEP,
                                    FIRST_ROW, firstGroup * Lanes.LOGICAL + copy, axis, dimension), within(5e-6));
                }
            }
        }
    }

    @Test
    void normalsHaveTheBitsOfTheScalarTwins() {
        int columns = 4 * 100;
        float[] out = new float[columns];
        int[] words = new int[Philox.WORDS];
        NormalKernel.normals(LOW, HIGH, STREAM, STEP, 9, 1, columns, out, 0, scratch);
        float[] noise = new float[2 * 160];
        NormalKernel.copies(LOW, HIGH, STREAM, STEP, 9, 0, 10, 2, noise, 160, scratch);
        for (int block = 0; block < 80; block++) {
            Philox.words(block, 9, STEP, STREAM, LOW, HIGH, words, 0);
            float[] expected = {NormalKernel.cosine(words[0], words[1]), NormalKernel.sine(words[0], words[1]),
                    NormalKernel.cosine(words[2], words[3]), NormalKernel.sine(words[2], words[3])};
            assertThat(Arrays.copyOfRange(out, 4 * block, 4 * block + 4)).containsExactly(expected);
            assertThat(new float[] {noise[2 * block], noise[160 + 2 * block], noise[2 * block + 1],
                    noise[160 + 2 * block + 1]}).containsExactly(expected);
        }
    }

    @Test
    void theLargestRadiusBoundsTheKernelsNumbers() {
        for (int angle = 0; angle < 1000; angle++) {
            int bits = angle * 4294967;
            assertThat(Math.hypot(NormalKernel.cosine(0, bits), NormalKernel.sine(0, bits)))
                    .isLessThan(Normals.LARGEST_RADIUS);
        }
    }

    @Test
    void uniformsAreTheReferencesBitForBit() {
        for (int columns : new int[] {1, 3, 4, 9}) {
            int rows = 6;
            float[] out = filled(rows * columns + 5);
            NormalKernel.uniforms(LOW, HIGH, STREAM, STEP, FIRST_ROW, rows, columns, out, 2, scratch);
            for (int i = 0; i < rows * columns; i++) {
                assertThat(out[2 + i]).isEqualTo(
                        Uniforms.uniform(LOW, HIGH, STREAM, STEP, FIRST_ROW + i / columns, i % columns));
            }
            assertUntouched(out, 2, rows * columns);
        }
    }

    private static float[] filled(int size) {
        float[] values = new float[size];
        Arrays.fill(values, 99f);
        return values;
    }

    private static void assertUntouched(float[] out, int offset, int count) {
        for (int i = 0; i < out.length; i++) {
            if (i < offset || i >= offset + count) {
                assertThat(out[i]).isEqualTo(99f);
            }
        }
    }
}
