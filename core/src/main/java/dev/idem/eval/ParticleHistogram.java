package dev.idem.eval;

/**
 * One histogram of samples beside that of a reference, on the same bins, for a picture.
 *
 * @param name what is counted, as {@code energy}
 * @param samples of the samples
 * @param reference of the reference; bins lie between its least and greatest value
 */
public record ParticleHistogram(String name, LineHistogram samples, LineHistogram reference) {}
