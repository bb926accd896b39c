/**
 * What can be sampled by name: a task is an energy in model coordinates, the unit that turns them into the task's own
 * coordinates, and what is known about the truth.
 *
 * <p>May use {@code energy}, {@code random} and {@code config}. Start reading at {@link dev.idem.task.Tasks}.
 */
@NullMarked
package dev.idem.task;

import org.jspecify.annotations.NullMarked;
