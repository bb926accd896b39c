package dev.idem.cpu.kernel;

import dev.idem.energy.GaussianMixture;
import java.util.Arrays;

/**
 * A Gaussian mixture as {@link MixtureScoreKernel} wants it: flat arrays in double precision, and what does not depend
 * on the row. Immutable; shared by all workers.
 */
public final class MixtureConstants {

    private static final double LOG2_E = 1 / StrictMath.log(2);
    private static final int DOUBLES = 8; // of the widest vector

    final int dimension;
    final int modes;

    /** Number of modes rounded up to whole vectors; those behind the last have offset −∞. */
    final int padded;

    final double[] means; // [axis][padded mode]
    final float[] centres; // [mode][axis], the means again
    final double[] precisions; // [padded mode], 1/s²
    final double[] offsets; // [padded mode], log2 of weight/s^dimension
    final double largestPrecision;
    final double largestOffset;

    /** Whether {@link PlanarMixtureKernel} applies: dimension 2 and one standard deviation for all modes. */
    final boolean planar;

    private MixtureConstants(GaussianMixture mixture) {
        dimension = mixture.dimension();
        modes = mixture.modes();
        padded = Math.ceilDiv(modes, DOUBLES) * DOUBLES;
        means = new double[dimension * padded];
        double[] given = mixture.means(); // [mode][axis]
        centres = new float[given.length];
        for (int i = 0; i < given.length; i++) {
            means[i % dimension * padded + i / dimension] = given[i];
            centres[i] = (float) given[i];
        }
        precisions = new double[padded];
        offsets = new double[padded];
        Arrays.fill(offsets, Double.NEGATIVE_INFINITY);
        double[] weights = mixture.weights();
        double[] deviations = mixture.standardDeviations();
        boolean sameWidths = true;
        for (int mode = 0; mode < modes; mode++) {
            precisions[mode] = 1 / (deviations[mode] * deviations[mode]);
            offsets[mode] = LOG2_E
                    * (StrictMath.log(weights[mode]) - dimension * StrictMath.log(deviations[mode]));
            sameWidths &= deviations[mode] == deviations[0];
        }
        largestPrecision = Arrays.stream(precisions).max().orElseThrow();
        largestOffset = Arrays.stream(offsets).max().orElseThrow();
        planar = sameWidths && dimension == 2;
    }

    /** Returns the constants of a mixture. */
    public static MixtureConstants of(GaussianMixture mixture) {
        return new MixtureConstants(mixture);
    }

    /** Returns the number of coordinates. */
    public int dimension() {
        return dimension;
    }
}
