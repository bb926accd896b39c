package dev.idem.cli;

/**
 * Samples to be judged and how they came about.
 *
 * @param name key of their figures
 * @param head of their column
 * @param description how they were drawn, in one line; empty if that goes without saying
 * @param values [row][axis] in the task's own coordinates
 * @param energyCalls calls that they took, training included; 0 if not known
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record DrawnSamples(String name, String head, String description, float[] values, long energyCalls) {

    /** Returns samples of which nothing else is known. */
    static DrawnSamples of(float[] values) {
        return new DrawnSamples("samples", "samples", "", values, 0);
    }
}
