package dev.idem.energy;

/**
 * An energy E(x) over R^dimension; idem samples the density exp(−E(x))/Z.
 *
 * <p>Sign: low is likely. +∞ is legal (a hard wall, weight zero); NaN and −∞ are errors. Unit: k_B T = 1.
 *
 * <p>Two kinds exist: <em>analytic</em> energies ({@link AnalyticEnergy}) are data for which every backend has its own
 * kernels, <em>host</em> energies ({@link HostEnergy}) are a user's Java code, run on the CPU.
 */
public sealed interface Energy permits AnalyticEnergy, HostEnergy {

    /** Returns the number of coordinates of a configuration, at least one. */
    int dimension();
}
