package dev.idem.train;

/** Thrown when a loss, gradient or sample is no longer finite; the last good checkpoint is kept. */
public final class TrainingDivergedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Makes an exception; the message names step, loss and gradient norm. */
    public TrainingDivergedException(String message) {
        super(message);
    }
}
