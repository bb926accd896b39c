package dev.idem.task;

import dev.idem.energy.GaussianMixture;
import java.util.Arrays;

/**
 * The 40-mode mixture in two dimensions that samplers are compared on, in its published coordinates.
 *
 * <p>Equal weights; standard deviation ln(1 + e); means uniform in [−40, 40]², drawn by a Mersenne Twister with seed 0.
 *
 * <p>Source: Midgley et al., "Flow annealed importance sampling bootstrap" (arXiv 2208.01893), file
 * {@code gmm.py} of fab-torch; the means are its float32 values.
 */
final class MixtureOfForty {

    private static final int DIMENSION = 2;

    // @formatter:off
    private static final float[] MEANS = { // [mode][axis]
            -0.299472809f, 21.4577446f, -32.9218063f, -29.437561f, //
            -15.4061747f, 10.7262945f, -0.792527199f, 31.71558f, //
            -3.54976177f, 10.5845022f, -12.0885229f, -7.86261559f, //
            -38.2139397f, -26.4912834f, -16.488924f, 1.48174286f, //
            15.8134079f, 24.0009117f, -27.1176434f, -17.4185143f, //
            14.5286846f, 33.215519f, -8.23200703f, 29.9324703f, //
            -6.44733429f, 4.23256397f, 36.2190475f, -37.1068153f, //
            -25.1815186f, -10.1266098f, -15.5919981f, 34.5600319f, //
            -25.9271851f, -18.4133148f, -27.9456177f, -37.4624405f, //
            -23.3496189f, 34.3839226f, 17.8487358f, 19.3869019f, //
            2.10366249f, -20.5073395f, 6.76738739f, -37.3477898f, //
            -28.9026489f, -20.6212006f, 25.2375183f, 23.4528503f, //
            -17.7398014f, -1.44329548f, 25.582428f, 39.7653236f, //
            15.8752871f, 5.40371418f, 26.8194542f, -23.5520935f, //
            7.4537611f, -31.0122204f, -27.7234459f, -20.6633415f, //
            18.0989227f, 16.0864162f, -23.6940994f, 12.0842838f, //
            21.9588814f, -5.04869461f, 1.52726173f, 9.26818848f, //
            24.8150635f, 38.4077644f, -30.8249435f, -14.6587896f, //
            15.720396f, 33.1419754f, 34.8082924f, 35.2942696f, //
            7.96058178f, -34.7833061f, 3.6796999f, -25.0242138f, //
    };
    // @formatter:on

    private MixtureOfForty() {}

    static GaussianMixture mixture() {
        int modes = MEANS.length / DIMENSION;
        double[] means = new double[MEANS.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = MEANS[i];
        }
        double[] weights = new double[modes];
        double[] deviations = new double[modes];
        Arrays.fill(weights, 1);
        Arrays.fill(deviations, StrictMath.log(1 + Math.E));
        return GaussianMixture.of(DIMENSION, weights, means, deviations);
    }
}
