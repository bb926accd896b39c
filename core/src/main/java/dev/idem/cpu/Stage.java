package dev.idem.cpu;

/** A part of a program without a barrier inside: chunks that any worker may run in any order. */
interface Stage {

    /** Returns the number of chunks; fixed by shape. */
    int chunks();

    /** Runs one chunk. */
    void run(Worker worker, int chunk);
}
