package dev.idem.cpu.kernel;

/**
 * Working memory of {@link AnalyticScoreKernel}, one for each worker and energy: about 160 KiB, whatever the number of
 * copies of a row.
 */
public final class AnalyticScoreScratch {

    private static final int NOISE = 1 << 15; // floats kept at once, a quarter of a second-level cache
    private static final int LARGEST_TILE = 2048;

    final NoiseScratch noiseScratch = new NoiseScratch();
    final LaneSums laneSums;

    /** Copies whose noise is kept at once, a multiple of 16. */
    final int tile;

    final int[] slots; // [axis]
    final float[] noise; // [axis][copy]
    final float[] energy; // [copy]
    final float[] weight; // [copy]
    final int[] packed; // [number in its lane][lane]: copies that have a weight, −1 for none
    final int[] packedOfLane = new int[Lanes.LOGICAL];

    // A group of 16 copies.
    final float[] groupNoise; // [axis][lane]
    final float[] groupWeight = new float[Lanes.LOGICAL]; // [lane]
    final float[] points; // [slot][lane]
    final float[] groupForce; // [slot][lane]

    // Sums over the copies of a tile, by logical lane.
    final float[] weights = new float[Lanes.LOGICAL];
    final float[] squares = new float[Lanes.LOGICAL];
    final float[] force; // [slot][lane]
    final float[] step; // [axis][lane]

    /** Makes scratch memory for an energy. */
    public AnalyticScoreScratch(LaneEnergy energy) {
        int dimension = energy.dimension();
        int lanes = Lanes.LOGICAL;
        laneSums = new LaneSums(dimension);
        tile = Math.clamp(NOISE / ((long) dimension * lanes) * lanes, lanes, LARGEST_TILE);
        slots = new int[dimension];
        for (int axis = 0; axis < dimension; axis++) {
            slots[axis] = energy.slot(axis);
        }
        noise = new float[dimension * tile];
        this.energy = new float[tile];
        weight = new float[tile];
        packed = new int[tile];
        groupNoise = new float[dimension * lanes];
        points = new float[energy.slots() * lanes];
        groupForce = new float[energy.slots() * lanes];
        force = new float[energy.slots() * lanes];
        step = new float[dimension * lanes];
    }
}
