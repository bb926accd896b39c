package dev.idem.cpu.kernel;

import dev.idem.energy.ManyWell;
import jdk.incubator.vector.FloatVector;

/**
 * {@link ManyWell} for configurations in lanes, in float; wells are added in their order, so factored that a huge
 * coordinate gives +∞.
 */
final class ManyWellLanes implements LaneEnergy {

    private static final int PAIR = 2 * Lanes.LOGICAL;

    private final int dimension;

    ManyWellLanes(ManyWell well) {
        dimension = well.dimension();
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public void energies(float[] x, float[] energy, int at) {
        for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
            energy(x, lane, dimension * Lanes.LOGICAL, energy, at + lane);
        }
    }

    private static void energy(float[] x, int lane, int end, float[] energy, int at) {
        FloatVector sum = FloatVector.zero(Lanes.FLOAT);
        for (int i = lane; i < end; i += PAIR) {
            FloatVector u = FloatVector.fromArray(Lanes.FLOAT, x, i);
            FloatVector v = FloatVector.fromArray(Lanes.FLOAT, x, i + Lanes.LOGICAL);
            FloatVector well = u.mul(u.mul(u.mul(u).sub(6f)).sub(0.5f));
            sum = sum.add(v.mul(0.5f).fma(v, well));
        }
        sum.intoArray(energy, at);
    }

    @Override
    public void forces(float[] x, int lane, float[] force) {
        for (int i = lane; i < dimension * Lanes.LOGICAL; i += PAIR) {
            FloatVector u = FloatVector.fromArray(Lanes.FLOAT, x, i);
            FloatVector slope = u.mul(u.mul(u).mul(4f).sub(12f));
            slope.neg().add(0.5f).intoArray(force, i);
            FloatVector.fromArray(Lanes.FLOAT, x, i + Lanes.LOGICAL).neg().intoArray(force, i + Lanes.LOGICAL);
        }
    }
}
