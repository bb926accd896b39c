package dev.idem.program;

/** The element type of a buffer. */
public enum Element {
    /** IEEE 754 single precision. */
    FLOAT32,
    /** 32-bit integer, for counters and indices. */
    INT32
}
