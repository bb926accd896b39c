package dev.idem.tornado.kernel;

import dev.idem.random.Philox;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What a device must be able to do, in one kernel; the same method run as Java says what is right. */
public final class ProbeKernels {

    /** Number of results of a work item. */
    public static final int RESULTS = 8;

    private ProbeKernels() {}

    /**
     * Random words; shifts; tests for NaN and infinity; double precision. Read: specials [4] = NaN, ∞, 1, ∞. Modified: results
     * [item][{@value #RESULTS}].
     */
    public static void probe(FloatArray specials, IntArray results, int items) {
        for (@Parallel
        int item = 0; item < items; item++) {
            int[] words = new int[Philox.WORDS];
            Philox.words(item, 7 * item, -item, 3, 123456789, -987654321, words, 0);
            int at = item * RESULTS;
            for (int word = 0; word < Philox.WORDS; word++) {
                results.set(at + word, words[word]);
            }
            float nan = specials.get(0);
            float infinity = specials.get(1);
            float difference = infinity - specials.get(3);
            results.set(at + 4, Float.isNaN(nan) ? 1 : 0);
            results.set(at + 5, Float.isNaN(difference) ? 1 : 0);
            results.set(at + 6, nan > 1e30f ? 1 : 0);
            double precise = specials.get(2) + 1e-12 * item;
            results.set(at + 7, (int) ((precise - 1.0) * 1e13 + 0.5));
        }
    }
}
