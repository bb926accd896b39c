/**
 * Schedules as data, in double precision: how much noise at which time, which learning rate at which step.
 *
 * <p>Backends evaluate them once per row or per step, never per element. This package depends on nothing.
 */
@NullMarked
package dev.idem.schedule;

import org.jspecify.annotations.NullMarked;
