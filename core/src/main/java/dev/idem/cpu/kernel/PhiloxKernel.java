package dev.idem.cpu.kernel;

import dev.idem.random.Philox;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Philox 4×32-10 for consecutive blocks of one row, with the words of {@link Philox}.
 *
 * <p>One 64-bit lane per call, so that a round is two 32 × 32 → 64 bit products, two shifts and exclusive ors. The
 * upper halves of the lanes hold rubbish between the rounds; only the operands of the products need them to be zero.
 * Two vectors of calls are made at once, independent chains that hide each other's latency. Everything is in one
 * method, without helpers: this is as much as the compiler inlines of the Vector API.
 */
final class PhiloxKernel {

    /** Number of keys of a run, two for each round. */
    static final int KEYS = 2 * Philox.ROUNDS;

    private static final long LOW = 0xFFFFFFFFL;

    private PhiloxKernel() {}

    /**
     * Writes the words of {@code calls} consecutive blocks, sorted into the radius and the angle words of Box–Muller
     * pairs.
     *
     * <p>Modified: radiusBits [call][2], words 0 and 2 of each call; angleBits [call][2], words 1 and 3; keys [KEYS],
     * scratch.
     *
     * @param calls number of calls, a multiple of 8; with wide vectors the arrays are written up to the next multiple
     *             of 16
     */
    static void pairs(int firstBlock, int row, int step, int stream, int seedLow, int seedHigh, int calls, long[] keys,
            int[] radiusBits, int[] angleBits) {
        // In the first round the product with the step and two of the new words do not depend on the block.
        long product1 = (step & LOW) * Philox.MULTIPLIER_1;
        long first0 = (int) (product1 >> 32) ^ row ^ seedLow;
        long first2 = stream ^ seedHigh;
        for (int round = 1; round < Philox.ROUNDS; round++) {
            int key0 = seedLow + round * Philox.KEY_STEP_0;
            int key1 = seedHigh + round * Philox.KEY_STEP_1;
            keys[2 * round] = key0;
            keys[2 * round + 1] = key1;
        }
        // Constants in this form, because the compiler takes the 32-bit multiply only if it sees that both operands are
        // short.
        LongVector m0 = LongVector.broadcast(Lanes.LONG, Philox.MULTIPLIER_0 << 32).lanewise(VectorOperators.LSHR, 32);
        LongVector m1 = LongVector.broadcast(Lanes.LONG, Philox.MULTIPLIER_1 << 32).lanewise(VectorOperators.LSHR, 32);
        LongVector counter = LongVector.broadcast(Lanes.LONG, firstBlock).add(LongVector.zero(Lanes.LONG).addIndex(1));
        for (int call = 0; call < calls; call += 2 * Lanes.LONG.length()) {
            LongVector a0 = LongVector.broadcast(Lanes.LONG, first0);
            LongVector a1 = LongVector.broadcast(Lanes.LONG, product1);
            LongVector a3 = counter.and(LOW).mul(m0);
            LongVector a2 = a3.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, first2);
            counter = counter.add(Lanes.LONG.length());
            LongVector b0 = LongVector.broadcast(Lanes.LONG, first0);
            LongVector b1 = LongVector.broadcast(Lanes.LONG, product1);
            LongVector b3 = counter.and(LOW).mul(m0);
            LongVector b2 = b3.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, first2);
            counter = counter.add(Lanes.LONG.length());
            for (int round = 1; round < Philox.ROUNDS; round++) {
                LongVector key0 = LongVector.broadcast(Lanes.LONG, keys[2 * round]);
                LongVector key1 = LongVector.broadcast(Lanes.LONG, keys[2 * round + 1]);
                LongVector p = a0.and(LOW).mul(m0);
                LongVector q = a2.and(LOW).mul(m1);
                // The key meets the word that is ready first: one operation less on the chain from round to round.
                a0 = q.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR,
                        a1.lanewise(VectorOperators.XOR, key0));
                a2 = p.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR,
                        a3.lanewise(VectorOperators.XOR, key1));
                a1 = q;
                a3 = p;
                p = b0.and(LOW).mul(m0);
                q = b2.and(LOW).mul(m1);
                b0 = q.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR,
                        b1.lanewise(VectorOperators.XOR, key0));
                b2 = p.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR,
                        b3.lanewise(VectorOperators.XOR, key1));
                b1 = q;
                b3 = p;
            }
            a0.and(LOW).or(a2.lanewise(VectorOperators.LSHL, 32)).reinterpretAsInts()
                    .intoArray(radiusBits, 2 * call);
            a1.and(LOW).or(a3.lanewise(VectorOperators.LSHL, 32)).reinterpretAsInts()
                    .intoArray(angleBits, 2 * call);
            b0.and(LOW).or(b2.lanewise(VectorOperators.LSHL, 32)).reinterpretAsInts()
                    .intoArray(radiusBits, 2 * call + Lanes.COUNT);
            b1.and(LOW).or(b3.lanewise(VectorOperators.LSHL, 32)).reinterpretAsInts()
                    .intoArray(angleBits, 2 * call + Lanes.COUNT);
        }
    }
}
