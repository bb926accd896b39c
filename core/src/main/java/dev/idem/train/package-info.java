/**
 * iDEM as a loop around programs: {@link dev.idem.train.Training} trains and keeps a run folder,
 * {@link dev.idem.train.TrainedSampler} draws from what was trained. The command line is a thin layer over this package.
 *
 * <p>May use everything but {@code cpu}; backends are looked up by name.
 */
@NullMarked
package dev.idem.train;

import org.jspecify.annotations.NullMarked;
