package dev.idem.tornado.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The energies by formula, of one configuration in private memory, in float; the formulas are those of {@code dev.idem.energy}.
 *
 * <p>Each returns E and writes force = −∇E. Constants come in an array, in the order each method states.
 */
public final class Energies {

    /** Code of {@link #mixture}, whose parts are its modes. */
    public static final int MIXTURE = 0;

    /** Code of {@link #pairDoubleWell}, whose parts are its particles. */
    public static final int PAIR_DOUBLE_WELL = 1;

    /** Code of {@link #lennardJones}, whose parts are its particles. */
    public static final int LENNARD_JONES = 2;

    /** Code of {@link #manyWell}. */
    public static final int MANY_WELL = 3;

    /** Code of {@link #funnel}. */
    public static final int FUNNEL = 4;

    private static final float FAR = -1e30f;

    private Energies() {}

    /** Returns whether an energy is one of particles: those and the others are too long for one method of a kernel. */
    static boolean ofParticles(int kind) {
        return kind == PAIR_DOUBLE_WELL || kind == LENNARD_JONES;
    }

    /** The energy of particles with that code. Numbers that are arguments of a kernel are constants there, so one branch is left. */
    static float particles(int kind, float[] y, float[] force, FloatArray constants, int particles, int dimension) {
        float energy;
        if (kind == PAIR_DOUBLE_WELL) {
            energy = pairDoubleWell(y, force, constants, particles, dimension / particles);
        } else {
            energy = lennardJones(y, force, constants, particles, dimension / particles);
        }
        return energy;
    }

    /** As {@link #particles} for the other energies. */
    static float others(int kind, float[] y, float[] force, FloatArray constants, int parts, int dimension) {
        float energy;
        if (kind == MIXTURE) {
            energy = mixture(y, force, constants, parts, dimension);
        } else if (kind == MANY_WELL) {
            energy = manyWell(y, force, dimension);
        } else {
            energy = funnel(y, force, constants, dimension);
        }
        return energy;
    }

    /** Constants: for each mode ln of its factor, 1/s², mean [axis]; the larger the sharpest mode, the worse float serves. */
    static float mixture(float[] y, float[] force, FloatArray constants, int modes, int dimension) {
        float max = FAR;
        float sum = 0f;
        for (int axis = 0; axis < dimension; axis++) {
            force[axis] = 0f;
        }
        for (int mode = 0; mode < modes; mode++) {
            int at = mode * (dimension + 2);
            float precision = constants.get(at + 1);
            float square = 0f;
            for (int axis = 0; axis < dimension; axis++) {
                float difference = y[axis] - constants.get(at + 2 + axis);
                square += difference * difference;
            }
            float term = constants.get(at) - 0.5f * precision * square;
            float larger = term > max ? term : max;
            float old = TornadoMath.exp(max - larger);
            float weight = TornadoMath.exp(term - larger);
            sum = old * sum + weight;
            for (int axis = 0; axis < dimension; axis++) {
                force[axis] = old * force[axis] + weight * precision * (constants.get(at + 2 + axis) - y[axis]);
            }
            max = larger;
        }
        for (int axis = 0; axis < dimension; axis++) {
            force[axis] = force[axis] / sum;
        }
        return -(max + TornadoMath.log(sum));
    }

    /** Constants: a, b, c, d0. */
    static float pairDoubleWell(float[] y, float[] force, FloatArray constants, int particles, int axes) {
        float quartic = constants.get(0);
        float quadratic = constants.get(1);
        float energy = 0f;
        for (int k = 0; k < particles * axes; k++) {
            force[k] = 0f;
        }
        for (int i = 0; i < particles; i++) {
            for (int j = i + 1; j < particles; j++) {
                float square = 0f;
                for (int axis = 0; axis < axes; axis++) {
                    float difference = y[i * axes + axis] - y[j * axes + axis];
                    square += difference * difference;
                }
                float separation = TornadoMath.sqrt(square);
                float q = separation - constants.get(3);
                energy += q * q * (quartic * q * q + quadratic) + constants.get(2);
                float slope = q * (4f * quartic * q * q + 2f * quadratic);
                float factor = separation > 0f ? slope / separation : 0f;
                for (int axis = 0; axis < axes; axis++) {
                    float pull = factor * (y[i * axes + axis] - y[j * axes + axis]);
                    force[i * axes + axis] = force[i * axes + axis] - pull;
                    force[j * axes + axis] = force[j * axes + axis] + pull;
                }
            }
        }
        return energy;
    }

    /** Constants: ε, r_m², k, softening. */
    static float lennardJones(float[] y, float[] force, FloatArray constants, int particles, int axes) {
        float depth = constants.get(0);
        float range = constants.get(1);
        float energy = 0f;
        for (int axis = 0; axis < axes; axis++) {
            float centre = 0f;
            for (int i = 0; i < particles; i++) {
                centre += y[i * axes + axis] / particles;
            }
            for (int i = 0; i < particles; i++) {
                float difference = y[i * axes + axis] - centre;
                energy += 0.5f * constants.get(2) * difference * difference;
                force[i * axes + axis] = -constants.get(2) * difference;
            }
        }
        for (int i = 0; i < particles; i++) {
            for (int j = i + 1; j < particles; j++) {
                float square = constants.get(3);
                for (int axis = 0; axis < axes; axis++) {
                    float difference = y[i * axes + axis] - y[j * axes + axis];
                    square += difference * difference;
                }
                float ratio = range / square;
                float sixth = ratio * ratio * ratio;
                energy += 2f * depth * sixth * (sixth - 2f);
                float push = 24f * depth / range * sixth * (sixth - 1f) * ratio;
                for (int axis = 0; axis < axes; axis++) {
                    float part = push * (y[i * axes + axis] - y[j * axes + axis]);
                    force[i * axes + axis] = force[i * axes + axis] + part;
                    force[j * axes + axis] = force[j * axes + axis] - part;
                }
            }
        }
        return energy;
    }

    /** No constants. */
    static float manyWell(float[] y, float[] force, int dimension) {
        float energy = 0f;
        for (int pair = 0; pair < dimension / 2; pair++) {
            float u = y[2 * pair];
            float v = y[2 * pair + 1];
            energy += u * (u * (u * u - 6f) - 0.5f) + 0.5f * v * v;
            force[2 * pair] = 0.5f - u * (4f * u * u - 12f);
            force[2 * pair + 1] = -v;
        }
        return energy;
    }

    /** Constants: ln of the normaliser. */
    static float funnel(float[] y, float[] force, FloatArray constants, int dimension) {
        float first = y[0];
        float scale = TornadoMath.exp(-0.5f * first);
        float sum = 0f;
        for (int i = 1; i < dimension; i++) {
            float scaled = y[i] == 0f ? 0f : y[i] * scale;
            sum += scaled * scaled;
            force[i] = y[i] == 0f ? 0f : -scaled * scale;
        }
        force[0] = -first / 9f - 0.5f * (dimension - 1) + 0.5f * sum;
        return first * first / 18f + 0.5f * (dimension - 1) * first + constants.get(0) + 0.5f * sum;
    }
}
