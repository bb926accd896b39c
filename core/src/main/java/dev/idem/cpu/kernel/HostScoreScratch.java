package dev.idem.cpu.kernel;

/** Working memory of {@link HostScoreKernel}, one for each worker: O(dimension · 256). */
public final class HostScoreScratch {

    /** Copies evaluated in one call of the energy, a multiple of 16. */
    static final int TILE = 256;

    final NoiseScratch noiseScratch = new NoiseScratch();
    final LaneSums laneSums;
    final float[] noise; // [axis][copy]
    final float[] points; // [copy][axis]
    final float[] gradient; // [copy][axis]
    final double[] energy = new double[TILE]; // [copy]

    /**
     * Makes scratch memory.
     *
     * @throws IllegalArgumentException if dimension is not positive
     */
    public HostScoreScratch(int dimension) {
        if (dimension < 1) {
            throw new IllegalArgumentException("dimension must be at least 1, got " + dimension);
        }
        laneSums = new LaneSums(dimension);
        noise = new float[dimension * TILE];
        points = new float[dimension * TILE];
        gradient = new float[dimension * TILE];
    }
}
