package dev.idem.cpu.kernel;

import java.util.Arrays;

/**
 * Working memory of {@link MixtureScoreKernel}, one for each worker: O((dimension + modes) · copies of a tile),
 * whatever the number of copies of a row.
 *
 * <p>Arrays over copies have room for one tile, and {@link #tile} is their stride; arrays over live modes have the
 * stride of {@link MixtureConstants#padded}.
 */
public final class ScoreScratch {

    /** First element of the weights' sums in {@link #sums}. */
    static final int WEIGHT = 0;

    /** First element of the squared weights' sums in {@link #sums}. */
    static final int SQUARE = Lanes.LOGICAL;

    /** First element of the sums of weighted noise in {@link #sums}. */
    static final int STEP = 2 * Lanes.LOGICAL;

    private static final int NOISE = 4096; // floats kept at once, half of a first-level cache
    private static final int LARGEST_TILE = 2048;

    final NoiseScratch noiseScratch = new NoiseScratch();
    final LaneSums laneSums;

    /** Copies whose noise is kept at once, a multiple of 16. */
    final int tile;

    final float[] noise; // [axis][copy]
    final float[] curvature; // [copy], what the exponents of all modes have in common
    final float[] weight; // [copy]
    final float[] precision; // [copy], sum over the modes of share/s²
    final float[] terms; // [live][copy]; empty for the planar kernel, which computes them twice instead

    // The live modes of the current row, written by MixtureModes, which says what they are.
    int live;
    double reference;
    double ceiling;
    double margin;
    final double[] exponents; // [padded mode]
    final double[] top = new double[Lanes.LOGICAL / 2]; // [lane]
    final double[] peaks; // [live]
    final float[] slopes; // [axis][live]
    final float[] pulls; // [axis][live]
    final float[] curvatures; // [live]
    final float[] precisions; // [live]

    // Extremes of the exponents of the current tile.
    final int[] leastOfMode; // [live][lane]
    final float[] largest = new float[Lanes.LOGICAL]; // [lane]

    // Sums of the current row by logical lane, in units of 2^shift.
    double shift;
    final float[] posterior; // [live][lane], sums of the shares of each mode
    final float[] sums; // weights [lane], squares [lane], weights · ε [axis][lane], Σ share/s² · ε [axis][lane]
    final float[] force; // [axis][lane]

    /** Makes scratch memory for a mixture. */
    public ScoreScratch(MixtureConstants mixture) {
        int dimension = mixture.dimension;
        int padded = mixture.padded;
        int lanes = Lanes.LOGICAL;
        laneSums = new LaneSums(dimension);
        tile = Math.clamp(NOISE / ((long) dimension * lanes) * lanes, lanes, LARGEST_TILE);
        noise = new float[dimension * tile];
        curvature = new float[tile];
        weight = new float[tile];
        precision = new float[tile];
        terms = new float[mixture.planar ? 0 : padded * tile];
        exponents = new double[padded];
        peaks = new double[padded];
        slopes = new float[padded * dimension];
        pulls = new float[padded * dimension];
        curvatures = new float[padded];
        precisions = new float[padded];
        leastOfMode = new int[padded * lanes];
        posterior = new float[padded * lanes];
        sums = new float[(2 + 2 * dimension) * lanes];
        force = new float[dimension * lanes];
    }

    /** Empties the sums, for a row whose live modes are known. */
    void start() {
        shift = Double.NEGATIVE_INFINITY;
        Arrays.fill(posterior, 0, live * Lanes.LOGICAL, 0f);
        Arrays.fill(sums, 0f);
    }

    /**
     * Puts the sums on the scale of a larger shift, if it is larger: exact but for underflow, because shifts are
     * integers.
     */
    void raiseShift(double larger) {
        if (larger > shift) {
            float factor = shift - larger < -126 ? 0f : Float.intBitsToFloat((127 + (int) (shift - larger)) << 23);
            for (int i = 0; i < live * Lanes.LOGICAL; i++) {
                posterior[i] *= factor;
            }
            for (int i = 0; i < sums.length; i++) {
                sums[i] *= i / Lanes.LOGICAL == SQUARE / Lanes.LOGICAL ? factor * factor : factor;
            }
            shift = larger;
        }
    }
}
