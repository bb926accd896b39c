package dev.idem.train;

/** Follows a training and may end it early. Called on the thread that trains. */
public interface TrainingListener {

    /** Called after each epoch. */
    default void epoch(EpochMetrics metrics) {}

    /** Called when a part begins that takes a while, with a few words for people. */
    default void phase(String what) {}

    /** Returns whether training should stop after the step that is running; a checkpoint is then saved. */
    default boolean cancelled() {
        return false;
    }
}
