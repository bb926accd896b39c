/**
 * Programs on a GPU, through TornadoVM: one program is one task graph. {@code kernel} holds what runs on the device; the lowering
 * turns ops into tasks and needs no device, so that it is tested as data and its kernels as plain Java.
 */
@NullMarked
package dev.idem.tornado;

import org.jspecify.annotations.NullMarked;
