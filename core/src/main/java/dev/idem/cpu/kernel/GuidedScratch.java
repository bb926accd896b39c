package dev.idem.cpu.kernel;

import dev.idem.energy.ParticleEnergy;

/** Working memory of {@link GuidedScoreKernel}, one for each worker and energy. */
public final class GuidedScratch {

    final LaneEnergy energy;
    final AnalyticScoreScratch copies;
    final PosteriorMode mode;
    final int particles;
    final int axes;

    final float[] centre; // [axis]: where the copies are drawn around
    final float[] offset; // [axis]: centre − x
    final float[] factor; // [row][column]: −U above the diagonal, 1/U on it
    final float[] potential = new float[Lanes.LOGICAL]; // [lane]: what is added to a copy's energy

    /** Makes scratch memory for an energy. */
    public GuidedScratch(ParticleEnergy energy) {
        this.energy = LaneEnergy.of(energy);
        copies = new AnalyticScoreScratch(this.energy);
        mode = new PosteriorMode(energy);
        particles = energy.particles();
        axes = energy.axes();
        centre = new float[energy.dimension()];
        offset = new float[energy.dimension()];
        factor = new float[energy.dimension() * energy.dimension()];
    }

    /** Takes over what the search has found. */
    void load() {
        double[] point = mode.point();
        double[] upper = mode.factor;
        int dimension = centre.length;
        for (int i = 0; i < dimension; i++) {
            centre[i] = (float) point[i];
            offset[i] = (float) (point[i] - mode.x[i]);
            factor[i * dimension + i] = (float) (1 / upper[i * dimension + i]);
            for (int j = i + 1; j < dimension; j++) {
                factor[i * dimension + j] = (float) -upper[i * dimension + j];
            }
        }
    }
}
