package dev.idem.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.random.Philox;
import org.junit.jupiter.api.Test;

/** The vector generator makes the words of the scalar one. */
class PhiloxKernelTest {

    private static final int[] CORNERS = {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0x243f6a88, 0x85a308d3};

    @Test
    void wordsAreThoseOfTheScalarGenerator() {
        int[] radiusBits = new int[2 * NoiseScratch.CALLS];
        int[] angleBits = new int[2 * NoiseScratch.CALLS];
        long[] keys = new long[PhiloxKernel.KEYS];
        int[] words = new int[Philox.WORDS];
        int compared = 0;
        for (int block : new int[] {0, 8, 1000, Integer.MAX_VALUE - 3}) {
            for (int i = 0; i < CORNERS.length * CORNERS.length; i++) {
                int row = CORNERS[i % CORNERS.length];
                int step = CORNERS[i / CORNERS.length];
                int stream = CORNERS[(i + 3) % CORNERS.length];
                int low = CORNERS[(i + 5) % CORNERS.length];
                int high = CORNERS[(2 * i + 1) % CORNERS.length];
                int calls = 8 * (1 + i % 5);
                PhiloxKernel.pairs(block, row, step, stream, low, high, calls, keys, radiusBits, angleBits);
                for (int call = 0; call < calls; call++) {
                    Philox.words(block + call, row, step, stream, low, high, words, 0);
                    assertThat(new int[] {radiusBits[2 * call], angleBits[2 * call], radiusBits[2 * call + 1],
                            angleBits[2 * call + 1]}).containsExactly(words);
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(1000);
    }
}
