package dev.idem.cpu.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The exponents of a mixture's modes around one point, as functions of the noise, and which modes can matter there.
 *
 * <p>With y = x + √h ε, log2 of w_m N(y; μ_m, s_m² I), without the factor (2π)^(−D/2), is A_m + B_m·ε − C_m |ε|² with
 * A_m = log2 w_m − D log2 s_m − c |x − μ_m|²/(2 s_m²), B_m = c √h (μ_m − x)/s_m², C_m = c h/(2 s_m²), c = log2 e.
 */
final class MixtureModes {

    /** A mode is dropped when, for any noise that can occur, it is below the main mode by this many powers of two. */
    private static final double NEGLIGIBLE = 44;

    /** The rounding error of an exponent is at most this times (8 + dimension) times the sum of its parts' sizes. */
    private static final double ROUNDING = 0x1p-22;

    private static final double LOG2_E = 1 / StrictMath.log(2);

    private MixtureModes() {}

    /**
     * Prepares a row: the live modes in their order, relative to the main mode b, the one with the largest A.
     *
     * <p>Dropped are modes m for which A_m − A_b + |B_m − B_b| R + max(0, C_b − C_m) R² is below −44, R the largest |ε|
     * that the generator can make: their share is below 2^−44 of the main mode's in every copy.
     *
     * <p>Modified, in scratch: live; reference = A_b; peaks = A − A_b; slopes = B and pulls = (μ − x)/s², [axis][live];
     * curvatures = C; precisions = 1/s²; margin, more than the rounding error of an exponent in float; ceiling, which
     * no exponent comes nearer to than the margin. All in double precision, rounded at the end. A point that is not
     * finite gives NaN.
     */
    static void prepare(MixtureConstants mixture, float[] x, int offset, double variance, double largestNoise,
            ScoreScratch scratch) {
        double[] exponents = scratch.exponents;
        exponents(mixture, x, offset, exponents, scratch.top);
        double top = scratch.top[0];
        for (int lane = 1; lane < Lanes.DOUBLE.length(); lane++) {
            top = Math.max(top, scratch.top[lane]);
        }
        int main = 0;
        while (main + 1 < mixture.modes && exponents[main] != top) {
            main++;
        }
        double deviation = Math.sqrt(variance);
        double reach = deviation * largestNoise;
        int live = 0;
        for (int first = 0; first < mixture.padded; first += Lanes.DOUBLE.length()) {
            long dropped = negligible(mixture, x, offset, first, main, exponents, reach);
            int end = Math.min(first + Lanes.DOUBLE.length(), mixture.modes);
            for (int mode = first; mode < end; mode++) {
                if ((dropped >> (mode - first) & 1) == 0) {
                    store(mixture, x, offset, mode, exponents[mode] - top, deviation, live++, scratch);
                }
            }
        }
        double least = 0;
        for (int mode = 0; mode < live; mode++) {
            least = Math.min(least, scratch.peaks[mode]);
        }
        double ceiling = mixture.largestOffset - top;
        // |B ε| is at most what the distance and the noise cost by themselves.
        double parts = 2 * (ceiling - least) + LOG2_E * mixture.largestPrecision * reach * reach;
        scratch.live = live;
        scratch.reference = top;
        scratch.margin = 1 + ROUNDING * (8 + mixture.dimension) * parts;
        scratch.ceiling = ceiling + scratch.margin;
    }

    /** Writes A_m of all modes, and the largest of each lane. */
    private static void exponents(MixtureConstants mixture, float[] x, int offset, double[] exponents, double[] top) {
        DoubleVector largest = DoubleVector.broadcast(Lanes.DOUBLE, Double.NEGATIVE_INFINITY);
        for (int mode = 0; mode < mixture.padded; mode += Lanes.DOUBLE.length()) {
            DoubleVector squared = DoubleVector.zero(Lanes.DOUBLE);
            for (int axis = 0; axis < mixture.dimension; axis++) {
                DoubleVector difference = DoubleVector
                        .fromArray(Lanes.DOUBLE, mixture.means, axis * mixture.padded + mode)
                        .sub(x[offset + axis]);
                squared = difference.fma(difference, squared);
            }
            DoubleVector exponent = squared.mul(DoubleVector.fromArray(Lanes.DOUBLE, mixture.precisions, mode))
                    .fma(DoubleVector.broadcast(Lanes.DOUBLE, -0.5 * LOG2_E),
                            DoubleVector.fromArray(Lanes.DOUBLE, mixture.offsets, mode));
            exponent.intoArray(exponents, mode);
            largest = largest.blend(exponent, exponent.compare(VectorOperators.GT, largest));
        }
        largest.intoArray(top, 0);
    }

    /** Returns a bit for each mode of a vector: set if the mode is dropped. */
    private static long negligible(MixtureConstants mixture, float[] x, int offset, int first, int main,
            double[] exponents,
            double reach) {
        DoubleVector precision = DoubleVector.fromArray(Lanes.DOUBLE, mixture.precisions, first);
        double mainPrecision = mixture.precisions[main];
        DoubleVector squared = DoubleVector.zero(Lanes.DOUBLE); // |(μ_m − x)/s_m² − (μ_b − x)/s_b²|²
        for (int axis = 0; axis < mixture.dimension; axis++) {
            int from = axis * mixture.padded;
            double at = x[offset + axis];
            DoubleVector difference = DoubleVector.fromArray(Lanes.DOUBLE, mixture.means, from + first).sub(at)
                    .mul(precision).sub((mixture.means[from + main] - at) * mainPrecision);
            squared = difference.fma(difference, squared);
        }
        DoubleVector widening = DoubleVector.broadcast(Lanes.DOUBLE, mainPrecision).sub(precision).max(0);
        DoubleVector missing = DoubleVector.broadcast(Lanes.DOUBLE, exponents[main] - NEGLIGIBLE)
                .sub(DoubleVector.fromArray(Lanes.DOUBLE, exponents, first))
                .sub(widening.mul(0.5 * LOG2_E * reach * reach));
        return missing.mul(missing).compare(VectorOperators.GT, squared.mul(LOG2_E * LOG2_E * reach * reach))
                .and(missing.compare(VectorOperators.GT, 0.0)).toLong();
    }

    private static void store(MixtureConstants mixture, float[] x, int offset, int mode, double peak, double deviation,
            int live, ScoreScratch scratch) {
        double precision = mixture.precisions[mode];
        scratch.peaks[live] = peak;
        scratch.precisions[live] = (float) precision;
        scratch.curvatures[live] = (float) (0.5 * LOG2_E * deviation * deviation * precision);
        for (int axis = 0; axis < mixture.dimension; axis++) {
            double pull = (mixture.means[axis * mixture.padded + mode] - x[offset + axis]) * precision;
            scratch.pulls[axis * mixture.padded + live] = (float) pull;
            scratch.slopes[axis * mixture.padded + live] = (float) (LOG2_E * deviation * pull);
        }
    }
}
