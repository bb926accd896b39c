/**
 * The third implementation of the seam: scalar, double precision, one obvious loop per op. It is the oracle of every
 * other backend and the debugger of programs. Test fixture, published in the test jar of core.
 */
@NullMarked
package dev.idem.reference;

import org.jspecify.annotations.NullMarked;
