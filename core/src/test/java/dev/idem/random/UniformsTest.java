package dev.idem.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Range, moments and addressing of the uniform numbers. */
class UniformsTest {

    @Test
    void bitsAreMappedToTheMiddleOfTheirCell() {
        assertThat(Uniforms.ofBits(0)).isEqualTo(0x1p-25f);
        assertThat(Uniforms.ofBits(0xff)).isEqualTo(0x1p-25f);
        assertThat(Uniforms.ofBits(0x100)).isEqualTo(3 * 0x1p-25f);
        assertThat(Uniforms.ofBits(0x80000000)).isEqualTo(0.5f);
        assertThat(Uniforms.ofBits(-1)).isEqualTo(1f);
    }

    @Test
    void anElementIsAWordOfItsBlock() {
        int[] words = new int[Philox.WORDS];
        for (int element = 0; element < 11; element++) {
            Philox.words(element / 4, 5, 3, 2, 1, -9, words, 0);
            assertThat(Uniforms.uniform(1, -9, 2, 3, 5, element)).isEqualTo(Uniforms.ofBits(words[element % 4]));
        }
    }

    @Test
    void momentsAreThoseOfTheUniformDistribution() {
        int count = 200_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double u = Uniforms.uniform(1, 2, 3, 4, i / 1000, i % 1000);
            sum += u;
            squares += u * u;
        }
        // Five standard errors: 0.289/√n and 0.298/√n.
        assertThat(sum / count).isCloseTo(0.5, within(5 * 0.289 / Math.sqrt(count)));
        assertThat(squares / count).isCloseTo(1.0 / 3, within(5 * 0.298 / Math.sqrt(count)));
    }

    @Test
    void anIndexIsInRangeAndUniform() {
        assertThat(Uniforms.index(1f, 7)).isEqualTo(6);
        assertThat(Uniforms.index(0x1p-25f, 7)).isZero();
        assertThat(Uniforms.index(1f, Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE - 1);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[Uniforms.index(Uniforms.uniform(3, 1, 4, 1, 5, i), 7)]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(10_000 - 500, 10_000 + 500);
        }
    }
}
