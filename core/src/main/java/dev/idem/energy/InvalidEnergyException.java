package dev.idem.energy;

/** Thrown when an energy returns what no energy may: NaN, −∞, or a NaN gradient where the weight is not zero. */
public final class InvalidEnergyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Makes an exception; the message names the value and the point. */
    public InvalidEnergyException(String message) {
        super(message);
    }
}
