package dev.idem.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The published test vectors, and that every part of counter and key counts. */
class PhiloxTest {

    /** Source: Random123, {@code tests/kat_vectors}, lines "philox4x32 10". */
    @Test
    void wordsAreThePublishedOnes() {
        assertThat(words(0, 0, 0, 0, 0, 0)).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
        assertThat(words(-1, -1, -1, -1, -1, -1)).containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
        assertThat(words(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0))
                .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
    }

    @Test
    void everyWordOfCounterAndKeyChangesEveryWordOfTheResult() {
        int[] base = {7, 11, 13, 17, 19, 23};
        int[] reference = words(base[0], base[1], base[2], base[3], base[4], base[5]);
        for (int i = 0; i < base.length; i++) {
            int[] changed = base.clone();
            changed[i]++;
            int[] other = words(changed[0], changed[1], changed[2], changed[3], changed[4], changed[5]);
            for (int word = 0; word < Philox.WORDS; word++) {
                assertThat(Integer.bitCount(other[word] ^ reference[word])).isBetween(4, 28);
            }
        }
    }

    private static int[] words(int c0, int c1, int c2, int c3, int k0, int k1) {
        int[] out = new int[Philox.WORDS + 2];
        Philox.words(c0, c1, c2, c3, k0, k1, out, 1);
        assertThat(out[0]).isZero();
        assertThat(out[Philox.WORDS + 1]).isZero();
        return new int[] {out[1], out[2], out[3], out[4]};
    }
}
