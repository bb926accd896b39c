package dev.idem.tempering;

/**
 * One temperature of the ladder, over all ensembles while samples were drawn.
 *
 * @param temperature T, 1 for the samples
 * @param step leapfrog step size
 * @param acceptance mean acceptance of its moves
 * @param exchangeRate mean acceptance of exchanges with the next higher level; 0 for the last
 */
public record LevelReport(double temperature, double step, double acceptance, double exchangeRate) {}
