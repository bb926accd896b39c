package dev.idem.program;

/** What a buffer is for; the role alone decides where it lives and when it is transferred. */
public enum Role {
    /** Lives as long as the session, written by the host only. */
    CONSTANT,
    /** Lives as long as the session, written by ops: parameters, moments, replay, counters. A checkpoint is all of it. */
    STATE,
    /** Written by the host before each run. */
    INPUT,
    /** Read by the host after a run. */
    OUTPUT,
    /** Lives within one run of one program; never transferred. */
    SCRATCH
}
