/**
 * The seam between programs and what runs them: {@link dev.idem.backend.Backend} compiles,
 * {@link dev.idem.backend.Session} writes, runs and reads. May use {@code program} only; backends are found by name
 * through {@link dev.idem.backend.Backends}, so nobody imports one.
 */
@NullMarked
package dev.idem.backend;

import org.jspecify.annotations.NullMarked;
