package dev.idem.cpu.kernel;

/** Clips the norms of vectors. */
public final class ClipKernel {

    /** Added to a norm, as in the published method. */
    private static final double GUARD = 1e-6;

    private ClipKernel() {}

    /**
     * Writes v · min(1, maxNorm/(‖v‖ + 1e-6)) for consecutive vectors v; norms in double precision, so that none
     * overflows.
     *
     * <p>Read: x [vector][length] from offset. Modified: clipped [vector][length] from its offset; may be x.
     */
    public static void clip(float[] x, int offset, int vectors, int length, double maxNorm, float[] clipped,
            int clippedOffset) {
        for (int first = 0; first < vectors * length; first += length) {
            double square = 0;
            for (int i = first; i < first + length; i++) {
                square += (double) x[offset + i] * x[offset + i];
            }
            float factor = (float) Math.min(1, maxNorm / (Math.sqrt(square) + GUARD));
            for (int i = first; i < first + length; i++) {
                clipped[clippedOffset + i] = factor * x[offset + i];
            }
        }
    }
}
