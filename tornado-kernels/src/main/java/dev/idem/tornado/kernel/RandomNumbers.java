package dev.idem.tornado.kernel;

import dev.idem.program.Counter;
import dev.idem.random.Normals;
import dev.idem.random.Philox;
import dev.idem.random.Uniforms;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Random numbers from the words of a Philox call; see {@link dev.idem.random.Normals} for the layout of normal ones. */
final class RandomNumbers {

    private static final float TWO_PI = (float) (2 * Math.PI);

    private RandomNumbers() {}

    /** Returns the first uniform number of a row's block. Read: counter [4]. */
    static float uniform(IntArray counter, int row, int block, int stream) {
        int[] words = new int[Philox.WORDS];
        Philox.words(block, counter.get(Counter.FIRST_ROW) + row, counter.get(Counter.STEP), stream,
                counter.get(Counter.SEED_LOW), counter.get(Counter.SEED_HIGH), words, 0);
        return Uniforms.ofBits(words[0]);
    }

    /** Returns an integer uniform on 0 … bound − 1, from the uniform number of a row. Read: counter [4]. */
    static int index(IntArray counter, int row, int bound, int stream) {
        int drawn = (int) ((double) uniform(counter, row, 0, stream) * bound);
        return drawn < bound ? drawn : bound - 1;
    }

    /**
     * Returns ρ cos φ or ρ sin φ of a pair of words, in float: within 1e-6 of the definition.
     *
     * @param sine 0 for the cosine, 1 for the sine
     */
    static float normal(int radiusBits, int angleBits, int sine) {
        float radius = TornadoMath.sqrt(TornadoMath.max(0f, -2f * TornadoMath.log(Uniforms.ofBits(radiusBits))));
        float angle = TWO_PI * (Uniforms.ofBits(angleBits) - 0.5f);
        float direction = sine == 0 ? TornadoMath.cos(angle) : TornadoMath.sin(angle);
        return radius * direction;
    }

    /** Returns normal number {@code element} of a call's four words. */
    static float normal(int[] words, int element) {
        int first = element / 2 * 2;
        return normal(words[first], words[first + 1], element % 2);
    }

    /** Writes the normal numbers of one copy of a row. Read: counter [4]. Modified: normals [axis]. */
    static void copy(IntArray counter, int row, int copy, int stream, float[] normals, int dimension) {
        int[] words = new int[Philox.WORDS];
        for (int axis = 0; axis < dimension; axis++) {
            if (axis % 2 == 0) {
                Philox.words(Normals.copyBlock(copy, axis, dimension), counter.get(Counter.FIRST_ROW) + row,
                        counter.get(Counter.STEP), stream, counter.get(Counter.SEED_LOW),
                        counter.get(Counter.SEED_HIGH), words, 0);
            }
            int pair = 2 * (copy % 2);
            normals[axis] = normal(words[pair], words[pair + 1], axis % 2);
        }
    }
}
