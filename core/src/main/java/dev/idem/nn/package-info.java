/**
 * Networks as builders of ops, and the layout of their parameters in one flat buffer. May use {@code program} and
 * {@code random}. Start reading at {@link dev.idem.nn.Mlp}; networks of
 * particles are {@link dev.idem.nn.Egnn} and {@link dev.idem.nn.ClusterNetwork}.
 */
@NullMarked
package dev.idem.nn;

import org.jspecify.annotations.NullMarked;
