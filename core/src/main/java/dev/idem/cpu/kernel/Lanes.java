package dev.idem.cpu.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector shape of every kernel: the machine's preferred one between 128 and 512 bits, or what {@link Settings}
 * says.
 *
 * <p>Results must not depend on it. Sums that are kept in lanes therefore always use {@link #LOGICAL} logical lanes:
 * element i belongs to logical lane i mod 16, whatever the width, and the 16 sums are merged in a fixed order.
 */
public final class Lanes {

    /** Number of logical lanes of lane-wise sums: the lanes of the widest shape, 512 bits of floats. */
    public static final int LOGICAL = 16;

    /** Width of a vector in bits. */
    public static final int BITS = Settings.vectorBits(preferredBits());

    /** Species of float vectors. */
    public static final VectorSpecies<Float> FLOAT = VectorSpecies.of(float.class, VectorShape.forBitSize(BITS));

    /** Species of int vectors of the same width: as many lanes as {@link #FLOAT}. */
    public static final VectorSpecies<Integer> INT = VectorSpecies.of(int.class, VectorShape.forBitSize(BITS));

    /** Species of long vectors of the same width: half as many lanes as {@link #FLOAT}. */
    public static final VectorSpecies<Long> LONG = VectorSpecies.of(long.class, VectorShape.forBitSize(BITS));

    /** Species of double vectors of the same width: half as many lanes as {@link #FLOAT}. */
    public static final VectorSpecies<Double> DOUBLE = VectorSpecies.of(double.class, VectorShape.forBitSize(BITS));

    /** Number of float lanes of a vector: 4, 8 or 16, a divisor of {@link #LOGICAL}. */
    public static final int COUNT = BITS / Float.SIZE;

    private Lanes() {}

    private static int preferredBits() {
        return Math.clamp(FloatVector.SPECIES_PREFERRED.vectorBitSize(), 128, 512);
    }

    /** Returns a vector with {@code value} in every lane. */
    static FloatVector floats(float value) {
        return FloatVector.broadcast(FLOAT, value);
    }
}
