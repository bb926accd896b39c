package dev.idem.eval;

import dev.idem.energy.GaussianMixture;
import dev.idem.random.Normals;
import dev.idem.random.Philox;

/**
 * Exact, independent samples of a Gaussian mixture: sample i is a function of the seed and of i alone.
 */
public final class ExactSamples {

    /** Random streams that no program uses. */
    private static final int MODE_STREAM = -2;
    private static final int NOISE_STREAM = -3;

    private ExactSamples() {}

    /**
     * Returns samples first … first + count − 1 of a seed, [row][axis] in float32.
     *
     * @throws IllegalArgumentException if first is negative or count is below one
     */
    public static float[] of(GaussianMixture mixture, long seed, int first, int count) {
        if (first < 0 || count < 1) {
            throw new IllegalArgumentException("first must be >= 0 and count >= 1, got " + first + " and " + count);
        }
        int dimension = mixture.dimension();
        double[] means = mixture.means();
        double[] deviations = mixture.standardDeviations();
        double[] cumulative = mixture.weights();
        for (int mode = 1; mode < cumulative.length; mode++) {
            cumulative[mode] += cumulative[mode - 1];
        }
        float[] samples = new float[Math.multiplyExact(count, dimension)];
        int[] words = new int[Philox.WORDS];
        int low = (int) seed;
        int high = (int) (seed >> 32);
        for (int row = 0; row < count; row++) {
            Philox.words(0, first + row, 0, MODE_STREAM, low, high, words, 0);
            int mode = mode(cumulative, words[0]);
            for (int pair = 0; 2 * pair < dimension; pair++) {
                if (pair % 2 == 0) {
                    Philox.words(pair / 2, first + row, 0, NOISE_STREAM, low, high, words, 0);
                }
                int radius = words[pair % 2 * 2];
                int angle = words[pair % 2 * 2 + 1];
                int axis = 2 * pair;
                int at = row * dimension + axis;
                int mean = mode * dimension + axis;
                samples[at] = (float) (means[mean] + deviations[mode] * Normals.cosine(radius, angle));
                if (axis + 1 < dimension) {
                    samples[at + 1] = (float) (means[mean + 1] + deviations[mode] * Normals.sine(radius, angle));
                }
            }
        }
        return samples;
    }

    /** Returns the mode of 32 random bits, all of which count: 40 modes of weight 0.025 are then equal to within 1e-8. */
    private static int mode(double[] cumulative, int bits) {
        double u = (bits & 0xffffffffL) * 0x1p-32;
        for (int mode = 0; mode < cumulative.length - 1; mode++) {
            if (u < cumulative[mode]) {
                return mode;
            }
        }
        return cumulative.length - 1;
    }
}
