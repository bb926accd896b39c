package dev.idem.tornado.kernel;

import dev.idem.random.Uniforms;
import uk.ac.manchester.tornado.api.math.TornadoMath;

/** Normal numbers from the words of a Philox call; see {@link dev.idem.random.Normals} for the layout. */
final class RandomNumbers {

    private static final float TWO_PI = (float) (2 * Math.PI);

    private RandomNumbers() {}

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
}
