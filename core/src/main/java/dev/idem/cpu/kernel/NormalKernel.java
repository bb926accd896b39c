package dev.idem.cpu.kernel;

import dev.idem.random.Normals;
import dev.idem.random.Philox;
import dev.idem.random.Uniforms;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Standard normal and uniform random numbers in float, with the layouts of {@link Normals} and {@link Uniforms}.
 *
 * <p>Box–Muller with the polynomials of {@link VectorMath} and {@link VectorAngles}: the uniform numbers are those of
 * the reference to the bit, the normal ones to 5e-6, and the scalar twins {@link #cosine} and {@link #sine} have the
 * kernels' bits.
 */
public final class NormalKernel {

    private static final FloatVector ONE = Lanes.floats(1f);
    private static final FloatVector HALF = Lanes.floats(0.5f);
    private static final FloatVector MINUS_TWO = Lanes.floats(-2f);
    private static final FloatVector FRACTION_UNIT = Lanes.floats(0x1p-24f);

    private static final int FRACTION_SHIFT = 8;

    private NormalKernel() {}

    /** Returns ρ cos φ of a pair of words with the kernels' bits. */
    static float cosine(int radiusBits, int angleBits) {
        float s = VectorAngles.halfSine(Uniforms.ofBits(angleBits) - 0.5f);
        return Math.fma(-s, s, 1f) * radius(radiusBits);
    }

    /** Returns ρ sin φ of a pair of words with the kernels' bits. */
    static float sine(int radiusBits, int angleBits) {
        float a = Uniforms.ofBits(angleBits) - 0.5f;
        return VectorAngles.halfSine(a) * VectorAngles.halfCosine(a) * radius(radiusBits);
    }

    private static float radius(int bits) {
        return (float) Math.sqrt(VectorMath.log(Uniforms.ofBits(bits)) * -2f);
    }

    /**
     * Writes the uniform numbers of consecutive rows.
     *
     * <p>Modified: out [row][column] from offset.
     */
    public static void uniforms(int seedLow, int seedHigh, int stream, int step, int firstRow, int rows, int columns,
            float[] out, int offset, NoiseScratch scratch) {
        int[] words = scratch.radiusBits;
        int at = offset;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                if (column % Philox.WORDS == 0) {
                    Philox.words(column / Philox.WORDS, firstRow + row, step, stream, seedLow, seedHigh, words, 0);
                }
                out[at++] = Uniforms.ofBits(words[column % Philox.WORDS]);
            }
        }
    }

    /**
     * Writes the standard normal numbers of consecutive rows.
     *
     * <p>Modified: out [row][column] from offset.
     */
    public static void normals(int seedLow, int seedHigh, int stream, int step, int firstRow, int rows, int columns,
            float[] out, int offset, NoiseScratch scratch) {
        int blocks = Math.ceilDiv(columns, Philox.WORDS);
        long total = (long) rows * blocks;
        for (long first = 0; first < total; first += NoiseScratch.CALLS) {
            int calls = (int) Math.min(NoiseScratch.CALLS, total - first);
            for (int call = 0; call < calls; call++) {
                int row = (int) ((first + call) / blocks);
                int block = (int) ((first + call) % blocks);
                scratch.scatter(block, firstRow + row, step, stream, seedLow, seedHigh, call);
            }
            transform(2 * calls, scratch);
            for (int call = 0; call < calls; call++) {
                long row = (first + call) / blocks;
                int column = (int) ((first + call) % blocks) * Philox.WORDS;
                int at = offset + (int) (row * columns) + column;
                int count = Math.min(Philox.WORDS, columns - column);
                for (int element = 0; element < count; element++) {
                    float[] source = element % 2 == 0 ? scratch.cosines : scratch.sines;
                    out[at + element] = source[2 * call + element / 2];
                }
            }
        }
    }

    private static void transform(int pairs, NoiseScratch scratch) {
        radii(pairs, scratch.radiusBits, scratch.radii);
        for (int pair = 0; pair < pairs; pair += Lanes.LOGICAL) {
            turns(scratch.angleBits, scratch.radii, pair, scratch.cosines, pair, scratch.sines, pair);
        }
    }

    /**
     * Writes the normal numbers of consecutive groups of 16 copies of one row, in the layout of
     * {@link Normals#copyBlock}.
     *
     * <p>Modified: noise [axis][copy], from its start; {@code axisStride} elements lie between axes.
     */
    static void copies(int seedLow, int seedHigh, int stream, int step, int row, int firstGroup, int groups,
            int dimension, float[] noise, int axisStride, NoiseScratch scratch) {
        int pairsOfAxes = (dimension + 1) / 2;
        int units = groups * pairsOfAxes; // of 16 pairs each
        int group = 0;
        int axis = 0;
        for (int first = 0; first < units; first += NoiseScratch.UNITS) {
            int count = Math.min(NoiseScratch.UNITS, units - first);
            int calls = count * (Normals.GROUP / 2);
            int firstBlock = (firstGroup * pairsOfAxes + first) * (Normals.GROUP / 2);
            PhiloxKernel.pairs(firstBlock, row, step, stream, seedLow, seedHigh, calls, scratch.keys,
                    scratch.radiusBits,
                    scratch.angleBits);
            radii(2 * calls, scratch.radiusBits, scratch.radii);
            for (int unit = 0; unit < count; unit++) {
                int at = axis * axisStride + group * Lanes.LOGICAL;
                boolean unpaired = axis + 1 == dimension;
                turns(scratch.angleBits, scratch.radii, unit * Lanes.LOGICAL, noise, at,
                        unpaired ? scratch.sines : noise, unpaired ? 0 : at + axisStride);
                axis += 2;
                if (axis >= dimension) {
                    axis = 0;
                    group++;
                }
            }
        }
    }

    private static FloatVector uniform(int[] bits, int at) {
        IntVector whole = IntVector.fromArray(Lanes.INT, bits, at).lanewise(VectorOperators.LSHR, FRACTION_SHIFT);
        return ((FloatVector) whole.convert(VectorOperators.I2F, 0)).add(HALF).mul(FRACTION_UNIT);
    }

    /** Writes √(−2 ln u) of the radius words of {@code pairs} pairs, rounded up to a vector. */
    private static void radii(int pairs, int[] radiusBits, float[] radii) {
        for (int pair = 0; pair < pairs; pair += Lanes.COUNT) {
            VectorMath.log(uniform(radiusBits, pair)).mul(MINUS_TWO).sqrt().intoArray(radii, pair);
        }
    }

    /** Writes ρ cos φ and ρ sin φ of 16 pairs. A loop of its own, small enough for the compiler to inline all of it. */
    private static void turns(int[] angleBits, float[] radii, int from, float[] cosines, int cosinesAt, float[] sines,
            int sinesAt) {
        for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
            FloatVector a = uniform(angleBits, from + lane).sub(HALF);
            FloatVector radius = FloatVector.fromArray(Lanes.FLOAT, radii, from + lane);
            FloatVector s = VectorAngles.halfSine(a);
            FloatVector c = VectorAngles.halfCosine(a);
            s.neg().fma(s, ONE).mul(radius).intoArray(cosines, cosinesAt + lane);
            s.mul(c).mul(radius).intoArray(sines, sinesAt + lane);
        }
    }
}
