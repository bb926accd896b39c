/**
 * What a training is told: immutable records, one per part of the method, with every choice of estimator,
 * parameterisation, levels, integrator and start by name. {@link dev.idem.config.Presets} holds the defaults per task,
 * {@link dev.idem.config.ConfigReader} reads JSON and {@code key=value} overrides.
 *
 * <p>Records check their own values, so that no invalid configuration exists. May use {@code energy}, {@code schedule}
 * and {@code program}. Start reading at {@link dev.idem.config.TrainConfig}.
 */
@NullMarked
package dev.idem.config;

import org.jspecify.annotations.NullMarked;
