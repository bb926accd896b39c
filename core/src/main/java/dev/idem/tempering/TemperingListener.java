package dev.idem.tempering;

import java.io.IOException;

/** Hears how far parallel tempering has come. */
@FunctionalInterface
public interface TemperingListener {

    /** Hears nothing. */
    TemperingListener NONE = (burningIn, done, of, levels) -> {};

    /**
     * Called between rounds, on the calling thread; an exception ends the sampling.
     *
     * @param burningIn whether this is the burn-in
     * @param done sweeps of the burn-in, or samples kept
     * @param of of so many
     * @param levels temperatures of the ladder at present
     */
    void round(boolean burningIn, long done, long of, int levels) throws IOException;
}
