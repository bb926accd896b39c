package dev.idem.cpu.kernel;

import dev.idem.energy.Funnel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link Funnel} for configurations in lanes, in float. Σ x_i² exp(−x_0) is summed as (x_i exp(−x_0/2))² in the order of
 * i; below x_0 = −80 the width stays that of −80, so that zero never meets infinity.
 */
final class FunnelLanes implements LaneEnergy {

    private static final float NARROWEST = -80;

    private final int dimension;
    private final float constant;

    FunnelLanes(Funnel funnel) {
        dimension = funnel.dimension();
        constant = (float) funnel.constant();
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public void energies(float[] x, float[] energy, int at) {
        float prior = (float) (0.5 / (Funnel.DEVIATION * Funnel.DEVIATION));
        float drift = 0.5f * (dimension - 1);
        for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
            FloatVector first = FloatVector.fromArray(Lanes.FLOAT, x, lane);
            FloatVector own = first.mul(first.mul(prior).add(drift)).add(constant);
            scaledSquare(x, lane, dimension * Lanes.LOGICAL).fma(FloatVector.broadcast(Lanes.FLOAT, 0.5f), own)
                    .intoArray(energy, at + lane);
        }
    }

    private static FloatVector scale(FloatVector first) {
        FloatVector bounded = first.blend(NARROWEST, first.compare(VectorOperators.LT, NARROWEST));
        return VectorMath.exp(bounded.mul(-0.5f));
    }

    private static FloatVector scaledSquare(float[] x, int lane, int end) {
        FloatVector scale = scale(FloatVector.fromArray(Lanes.FLOAT, x, lane));
        FloatVector sum = FloatVector.zero(Lanes.FLOAT);
        for (int i = lane + Lanes.LOGICAL; i < end; i += Lanes.LOGICAL) {
            FloatVector scaled = FloatVector.fromArray(Lanes.FLOAT, x, i).mul(scale);
            sum = scaled.fma(scaled, sum);
        }
        return sum;
    }

    @Override
    public void forces(float[] x, int lane, float[] force) {
        int end = dimension * Lanes.LOGICAL;
        FloatVector first = FloatVector.fromArray(Lanes.FLOAT, x, lane);
        FloatVector own = first.mul((float) (-1 / (Funnel.DEVIATION * Funnel.DEVIATION)))
                .sub(0.5f * (dimension - 1));
        scaledSquare(x, lane, end).fma(FloatVector.broadcast(Lanes.FLOAT, 0.5f), own).intoArray(force, lane);
        FloatVector scale = scale(first);
        FloatVector pull = scale.mul(scale).neg();
        for (int i = lane + Lanes.LOGICAL; i < end; i += Lanes.LOGICAL) {
            FloatVector.fromArray(Lanes.FLOAT, x, i).mul(pull).intoArray(force, i);
        }
    }
}
