package dev.idem.cpu.kernel;

import org.jspecify.annotations.Nullable;

/** Rows of an analytic energy, 16 at a time in the lanes of {@link LaneEnergy}. */
final class AnalyticRows implements RowEnergy {

    private final LaneEnergy lanes;
    private final float[] points; // [slot][lane]
    private final float[] energies = new float[Lanes.LOGICAL];
    private final float[] forces; // [slot][lane]

    AnalyticRows(LaneEnergy lanes) {
        this.lanes = lanes;
        points = new float[lanes.slots() * Lanes.LOGICAL];
        forces = new float[lanes.slots() * Lanes.LOGICAL];
    }

    /** {@inheritDoc} Lanes behind the last row hold what they held before, and are not written. */
    @Override
    public void evaluate(float[] x, int offset, int rows, float[] energy, int energyOffset, float @Nullable [] force,
            int forceOffset) {
        int dimension = lanes.dimension();
        for (int first = 0; first < rows; first += Lanes.LOGICAL) {
            int count = Math.min(Lanes.LOGICAL, rows - first);
            gather(x, offset + first * dimension, count, dimension);
            lanes.energies(points, energies, 0);
            System.arraycopy(energies, 0, energy, energyOffset + first, count);
            if (force != null) {
                for (int lane = 0; lane < count; lane += Lanes.COUNT) {
                    lanes.forces(points, lane, forces);
                }
                scatter(force, forceOffset + first * dimension, count, dimension);
            }
        }
    }

    private void gather(float[] x, int offset, int count, int dimension) {
        for (int c = 0; c < dimension; c++) {
            int to = lanes.slot(c) * Lanes.LOGICAL;
            for (int lane = 0; lane < count; lane++) {
                points[to + lane] = x[offset + lane * dimension + c];
            }
        }
    }

    private void scatter(float[] force, int offset, int count, int dimension) {
        for (int c = 0; c < dimension; c++) {
            int from = lanes.slot(c) * Lanes.LOGICAL;
            for (int lane = 0; lane < count; lane++) {
                force[offset + lane * dimension + c] = forces[from + lane];
            }
        }
    }
}
