package dev.idem.tempering;

/**
 * How parallel tempering is done.
 *
 * @param ensembles independent sets of chains, at least 2; they are what R-hat compares and what threads share
 * @param burnIn sweeps of each ensemble that are thrown away, at least 64; ladder and steps are tuned in the first five
 *            eighths of them
 * @param swapRate least mean acceptance of exchanges between neighbours that the ladder is tuned to, in (0, 1)
 * @param acceptance mean acceptance of moves that the step sizes are tuned to, in (0, 1)
 * @param leapfrogs mean number of leapfrog steps of a move; the number is uniform on 1 … 2 leapfrogs − 1, so 1 is the
 *            Metropolis-adjusted Langevin algorithm
 * @param thinning sweeps from one sample kept to the next, at least 1; 0: three halves of the longest integrated
 *            autocorrelation time of the observables seen in the last part of the burn-in
 */
public record TemperingSettings(int ensembles, int burnIn, double swapRate, double acceptance, int leapfrogs,
        int thinning) {

    /** What serves from a mixture in the plane to 55 Lennard-Jones particles. */
    public static final TemperingSettings DEFAULT = new TemperingSettings(8, 4096, 0.35, 0.75, 8, 0);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public TemperingSettings {
        require(ensembles >= 2 && ensembles <= 1024, "ensembles", ensembles, "in 2 … 1024");
        require(burnIn >= 64 && burnIn <= 1 << 28, "burnIn", burnIn, "in 64 … 2^28");
        require(swapRate > 0 && swapRate < 1, "swapRate", swapRate, "in (0, 1)");
        require(acceptance > 0 && acceptance < 1, "acceptance", acceptance, "in (0, 1)");
        require(leapfrogs >= 1 && leapfrogs <= 10_000, "leapfrogs", leapfrogs, "in 1 … 10000");
        require(thinning >= 0 && thinning <= 1 << 20, "thinning", thinning, "in 0 … 2^20");
    }

    private static void require(boolean condition, String name, Number value, String allowed) {
        if (!condition) {
            throw new IllegalArgumentException(name + " is " + value + ", must be " + allowed);
        }
    }

    /** Returns the same settings with another burn-in. */
    public TemperingSettings withBurnIn(int sweeps) {
        return new TemperingSettings(ensembles, sweeps, swapRate, acceptance, leapfrogs, thinning);
    }
}
