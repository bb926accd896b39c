/**
 * What is sampled, as data: energies with their constants, sign and units, and their definitions in double precision.
 *
 * <p>An energy E(x) is low where a configuration is likely; the density is exp(−E)/Z at temperature one. Backends hold
 * the fast kernels and switch over the sealed type {@link dev.idem.energy.Energy}; this package depends on nothing.
 */
@NullMarked
package dev.idem.energy;

import org.jspecify.annotations.NullMarked;
