package dev.idem.program;

/**
 * Equal bins of the noise level on a logarithmic scale: bin = ⌊count · ln(σ/σ_min)/ln(σ_max/σ_min)⌋, clamped.
 *
 * @param count number of bins, at least one
 * @param sigmaMin lower end of the first bin
 * @param sigmaMax upper end of the last bin
 */
public record NoiseBins(int count, double sigmaMin, double sigmaMax) {

    /** @throws IllegalArgumentException unless count &gt;= 1 and 0 &lt; sigmaMin &lt; sigmaMax */
    public NoiseBins {
        if (count < 1 || !(sigmaMin > 0 && sigmaMin < sigmaMax)) {
            throw new IllegalArgumentException("noise bins need count >= 1 and 0 < sigmaMin < sigmaMax, got " + count
                    + ", " + sigmaMin + ", " + sigmaMax);
        }
    }

    /** Returns the bin of a noise variance; a variance that is not positive falls into the first bin. */
    public int of(double variance) {
        if (!(variance > sigmaMin * sigmaMin)) {
            return 0;
        }
        double position = 0.5 * StrictMath.log(variance / (sigmaMin * sigmaMin)) / StrictMath.log(sigmaMax / sigmaMin);
        return Math.min(count - 1, (int) (position * count));
    }

    /** Returns the noise level in the middle of a bin. */
    public double centre(int bin) {
        return sigmaMin * StrictMath.pow(sigmaMax / sigmaMin, (bin + 0.5) / count);
    }
}
