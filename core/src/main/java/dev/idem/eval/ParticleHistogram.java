package dev.idem.eval;

import java.util.Optional;

/**
 * One histogram of samples for a picture, beside that of a reference where there is one.
 *
 * @param name what is counted, as {@code energy}
 * @param samples of the samples; what has exploded may lie outside
 * @param reference of the reference, on the same bins, which lie between its least and greatest value; else the samples that have not exploded give them
 */
public record ParticleHistogram(String name, LineHistogram samples, Optional<LineHistogram> reference) {}
