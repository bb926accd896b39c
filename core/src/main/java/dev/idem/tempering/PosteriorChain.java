package dev.idem.tempering;

/**
 * A chain on the posterior exp(−E(y) − |y − x|²/2h) of the clean point y given its noised point x, which starts from a clean point and averages estimates of the
 * noised score at x: c F(y) + (1 − c) (y − x)/h, whose posterior mean is that score for every c (F = −∇E).
 *
 * <p>Moves are those of parallel tempering at its temperature 1, Hamiltonian trajectories with a Metropolis test. If x was made of the first y by adding noise, and
 * y is a sample of exp(−E), then y is a sample of the posterior, so the mean of an estimate is right from the first sweep on; what takes time is to forget y. Not for use by several threads.
 */
public final class PosteriorChain {

    private final EnergyOfPosterior posterior;
    private final Ensemble chain;
    private final double mixing;

    /** E(y) + |y − x|²/2h and its force. */
    private record EnergyOfPosterior(TemperingTarget target, double[] noised, double variance) {

        double at(double[] x, int offset, double[] force, int forceOffset) {
            double energy = target.energy().at(x, offset, force, forceOffset);
            double square = 0;
            for (int k = 0; k < noised.length; k++) {
                double way = noised[k] - x[offset + k];
                square += way * way;
                force[forceOffset + k] += way / variance;
            }
            return energy + square / (2 * variance);
        }
    }

    /**
     * Starts a chain.
     *
     * @param target density exp(−E), and whether its points are particles
     * @param noised x, not modified, not copied
     * @param variance h of the noise, positive
     * @param clean y to start from, not modified
     * @param mixing c in [0, 1]
     * @param seed with the number, of all random numbers
     * @param number of the chain
     * @throws IllegalArgumentException if a length is not the target's or a number is out of range
     */
    public PosteriorChain(TemperingTarget target, double[] noised, double variance, double[] clean, double mixing,
            long seed, int number) {
        if (noised.length != target.dimension() || clean.length != noised.length) {
            throw new IllegalArgumentException("points have " + noised.length + " and " + clean.length
                    + " coordinates, must have " + target.dimension());
        }
        if (!(variance > 0) || !(mixing >= 0 && mixing <= 1)) {
            throw new IllegalArgumentException(
                    "variance is " + variance + " and mixing " + mixing + ", must be positive and in [0, 1]");
        }
        this.posterior = new EnergyOfPosterior(target, noised, variance);
        this.mixing = mixing;
        double spread = Math.min(target.spread(), Math.sqrt(variance));
        this.chain = Ensemble.single(
                new TemperingTarget(posterior::at, target.particles(), target.dimension(), spread, 1),
                TemperingSettings.DEFAULT, clean, seed, number);
    }

    /** Makes sweeps that tune the length of a step. */
    public void tune(int sweeps) {
        for (int sweep = 0; sweep < sweeps; sweep++) {
            chain.sweep(true);
        }
    }

    /** Makes sweeps. */
    public void move(int sweeps) {
        for (int sweep = 0; sweep < sweeps; sweep++) {
            chain.sweep(false);
        }
    }

    /**
     * Makes sweeps and averages the estimates after each.
     *
     * @param sweeps at least 1
     * @return the mean, [coordinate]
     */
    public double[] average(int sweeps) {
        double[] sum = new double[posterior.noised.length];
        for (int sweep = 0; sweep < sweeps; sweep++) {
            chain.sweep(false);
            double[] y = chain.position();
            double[] force = chain.force();
            for (int k = 0; k < sum.length; k++) {
                double denoising = (y[k] - posterior.noised[k]) / posterior.variance;
                // the chain's force is F(y) − (y − x)/h
                sum[k] += mixing * (force[k] + denoising) + (1 - mixing) * denoising;
            }
        }
        for (int k = 0; k < sum.length; k++) {
            sum[k] /= sweeps;
        }
        return sum;
    }
}
