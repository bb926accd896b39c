/**
 * Reads and writes files of numbers: .npy, .npz and .csv samples, and tensors with metadata in the safetensors layout.
 * Everything is written under another name and renamed when complete, so no reader ever sees half a file; everything
 * read is checked before memory is given to it. It depends on the JDK and Jackson only; start reading at {@link
 * dev.idem.io.AtomicFile}, then {@link dev.idem.io.NpyFile}.
 */
@NullMarked
package dev.idem.io;

import org.jspecify.annotations.NullMarked;
