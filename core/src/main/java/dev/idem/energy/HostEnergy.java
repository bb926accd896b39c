package dev.idem.energy;

/**
 * A user's own energy: plain Java (or native, through {@code java.lang.foreign}) code over a batch, run on the CPU.
 *
 * <p>A class named on the command line needs a public constructor without parameters. One energy-and-gradient of one
 * configuration is one energy call.
 */
public non-sealed interface HostEnergy extends Energy {

    /**
     * Computes energies E(x) and gradients ∇E(x) of a batch of configurations.
     *
     * <p>Read: x [row][axis], not to be modified. Modified: energy [row], gradient [row][axis]; only the first {@code rows}
     * rows of the arrays count. +∞ is a legal energy (a hard wall: the gradient of such a row is not read); NaN and −∞
     * are errors, and so is a NaN gradient of a row with a finite energy.
     *
     * @param rows number of configurations, at least one
     */
    void evaluate(float[] x, int rows, double[] energy, float[] gradient);

    /** Returns whether several threads may call {@link #evaluate} of this object at once; if not, calls are serialised. */
    default boolean threadSafe() {
        return false;
    }

    /** Returns a rough standard deviation of the target per coordinate, from which noise levels are scaled. */
    default double coordinateDeviation() {
        return 1;
    }
}
