package dev.idem.cpu;

/** What one thread needs while it runs: its arena, its place in the program, and scratch memory of kernels. */
final class Worker {

    private final float[] arena;
    private final KernelScratch scratch;
    private int tileStart;
    private int chunk;

    Worker(int arenaSize) {
        this.arena = new float[arenaSize];
        this.scratch = new KernelScratch();
    }

    void enter(int newChunk, int newTileStart) {
        chunk = newChunk;
        tileStart = newTileStart;
    }

    float[] arena() {
        return arena;
    }

    KernelScratch scratch() {
        return scratch;
    }

    int tileStart() {
        return tileStart;
    }

    int chunk() {
        return chunk;
    }
}
