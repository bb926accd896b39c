package dev.idem.config;

/**
 * What presets know about a target.
 *
 * @param dimension number of coordinates
 * @param dataDeviation rough standard deviation per model coordinate
 */
public record TargetScale(int dimension, double dataDeviation) {}
