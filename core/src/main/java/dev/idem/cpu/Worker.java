package dev.idem.cpu;

/** What one thread needs while it runs: its arena, its place in the program, and scratch memory of kernels. */
final class Worker {

    private final float[] arena;
    private final KernelScratch scratch;
    private int tileSample;
    private int tileRow;
    private int chunk;

    Worker(int arenaSize) {
        this.arena = new float[arenaSize];
        this.scratch = new KernelScratch();
    }

    /** Goes to a tile of samples. */
    void enter(int newChunk, int newTileSample) {
        chunk = newChunk;
        tileSample = newTileSample;
    }

    /** Goes to a tile of rows. */
    void enterTile(int newTileRow) {
        tileRow = newTileRow;
    }

    float[] arena() {
        return arena;
    }

    KernelScratch scratch() {
        return scratch;
    }

    /** Returns the first sample of the current tile of samples. */
    int tileSample() {
        return tileSample;
    }

    /** Returns the first row of the current tile of rows. */
    int tileRow() {
        return tileRow;
    }

    int chunk() {
        return chunk;
    }
}
