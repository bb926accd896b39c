package dev.idem.cpu.kernel;

/** A double stored as two floats whose sum it is, to 48 bits: energies may be far from zero. */
final class TwoFloats {

    private TwoFloats() {}

    /** Writes the nearest float and what it leaves over; infinities leave zero. */
    static void write(double value, float[] out, int at) {
        float high = (float) value;
        out[at] = high;
        out[at + 1] = Float.isInfinite(high) ? 0 : (float) (value - high);
    }
}
