package dev.idem.cpu.kernel;

import dev.idem.energy.GaussianMixture;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link GaussianMixture} for configurations in lanes: E = −ln Σ_m exp(t_m), t_m = c_m − |x − μ_m|²/(2 s_m²), by
 * log-sum-exp relative to the largest t_m.
 *
 * <p>Numerics: float, modes in their order; the error is that of the largest exponent. Beyond about 1e18 all exponents are
 * −∞ and the energy is +∞.
 */
final class MixtureLanes implements LaneEnergy {

    private static final float LEAST = -Float.MAX_VALUE;

    private final int dimension;
    private final int modes;
    private final float[] means; // [mode][axis]
    private final float[] offsets; // [mode], c_m
    private final float[] precisions; // [mode], 1/s²

    MixtureLanes(GaussianMixture mixture) {
        dimension = mixture.dimension();
        modes = mixture.modes();
        means = new float[modes * dimension];
        offsets = new float[modes];
        precisions = new float[modes];
        double[] given = mixture.means();
        double[] weights = mixture.weights();
        double[] deviations = mixture.standardDeviations();
        for (int i = 0; i < means.length; i++) {
            means[i] = (float) given[i];
        }
        for (int mode = 0; mode < modes; mode++) {
            precisions[mode] = (float) (1 / (deviations[mode] * deviations[mode]));
            offsets[mode] = (float) (StrictMath.log(weights[mode])
                    - dimension * (0.5 * StrictMath.log(2 * Math.PI) + StrictMath.log(deviations[mode])));
        }
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public void energies(float[] x, float[] energy, int at) {
        for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
            FloatVector largest = largest(x, lane);
            FloatVector sum = FloatVector.zero(Lanes.FLOAT);
            for (int mode = 0; mode < modes; mode++) {
                sum = sum.add(VectorMath.exp(exponent(x, lane, mode).sub(largest)));
            }
            largest.add(VectorMath.log(sum)).neg()
                    .blend(Float.POSITIVE_INFINITY, largest.compare(VectorOperators.EQ, LEAST))
                    .intoArray(energy, at + lane);
        }
    }

    private FloatVector largest(float[] x, int lane) {
        FloatVector largest = FloatVector.broadcast(Lanes.FLOAT, LEAST);
        for (int mode = 0; mode < modes; mode++) {
            FloatVector exponent = exponent(x, lane, mode);
            largest = largest.blend(exponent, exponent.compare(VectorOperators.GT, largest));
        }
        return largest;
    }

    private FloatVector exponent(float[] x, int lane, int mode) {
        FloatVector square = FloatVector.zero(Lanes.FLOAT);
        for (int axis = 0; axis < dimension; axis++) {
            FloatVector difference = FloatVector.fromArray(Lanes.FLOAT, x, axis * Lanes.LOGICAL + lane)
                    .sub(means[mode * dimension + axis]);
            square = difference.fma(difference, square);
        }
        return square.fma(FloatVector.broadcast(Lanes.FLOAT, -0.5f * precisions[mode]),
                FloatVector.broadcast(Lanes.FLOAT, offsets[mode]));
    }

    @Override
    public void forces(float[] x, int lane, float[] force) {
        FloatVector largest = largest(x, lane);
        FloatVector sum = FloatVector.zero(Lanes.FLOAT);
        for (int axis = 0; axis < dimension; axis++) {
            FloatVector.zero(Lanes.FLOAT).intoArray(force, axis * Lanes.LOGICAL + lane);
        }
        for (int mode = 0; mode < modes; mode++) {
            FloatVector share = VectorMath.exp(exponent(x, lane, mode).sub(largest));
            sum = sum.add(share);
            FloatVector pull = share.mul(precisions[mode]);
            for (int axis = 0; axis < dimension; axis++) {
                int at = axis * Lanes.LOGICAL + lane;
                FloatVector away = FloatVector.fromArray(Lanes.FLOAT, x, at).sub(means[mode * dimension + axis]);
                pull.neg().fma(away, FloatVector.fromArray(Lanes.FLOAT, force, at)).intoArray(force, at);
            }
        }
        for (int axis = 0; axis < dimension; axis++) {
            int at = axis * Lanes.LOGICAL + lane;
            FloatVector.fromArray(Lanes.FLOAT, force, at).div(sum).intoArray(force, at);
        }
    }
}
