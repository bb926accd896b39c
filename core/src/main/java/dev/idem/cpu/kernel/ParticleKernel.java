package dev.idem.cpu.kernel;

/** What is done to the vectors of one row's particles: clipping and centring. Sums in double precision, in order. */
public final class ParticleKernel {

    /** Added to a norm, as in the published method. */
    private static final double GUARD = 1e-6;

    private ParticleKernel() {}

    /**
     * Writes v · min(1, maxNorm/(‖v‖ + 1e-6)) for consecutive vectors v; no norm of finite floats overflows.
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

    /**
     * Subtracts from a configuration the mean of its particles.
     *
     * <p>Modified: x [particle][axis] from offset.
     */
    public static void removeMean(float[] x, int offset, int particles, int axes) {
        for (int axis = 0; axis < axes; axis++) {
            double sum = 0;
            for (int i = axis; i < particles * axes; i += axes) {
                sum += x[offset + i];
            }
            float mean = (float) (sum / particles);
            for (int i = axis; i < particles * axes; i += axes) {
                x[offset + i] -= mean;
            }
        }
    }
}
