package dev.idem.cpu.kernel;

import dev.idem.energy.PairDoubleWell;
import dev.idem.energy.ParticleEnergy;
import jdk.incubator.vector.FloatVector;

/**
 * {@link PairDoubleWell} for configurations in lanes.
 *
 * <p>Numerics: float; the square root is exactly rounded, hence the same everywhere. The terms of particle i are added in
 * the order of j, then the next i. A distance of zero counts 1e-20 where it divides, which makes the force zero.
 */
final class PairDoubleWellLanes implements LaneEnergy {

    private static final int LEAST_DISTANCE = Float.floatToRawIntBits(1e-20f);

    private final int particles;
    private final int axes;
    private final float quartic;
    private final float quadratic;
    private final float constant; // of all pairs
    private final float distance;

    PairDoubleWellLanes(PairDoubleWell well) {
        particles = well.particles();
        axes = well.axes();
        quartic = (float) well.quartic();
        quadratic = (float) well.quadratic();
        constant = (float) (0.5 * particles * (particles - 1) * well.constant());
        distance = (float) well.distance();
    }

    @Override
    public int dimension() {
        return particles * axes;
    }

    @Override
    public int slots() {
        return particles * ParticleEnergy.MOST_AXES;
    }

    @Override
    public int slot(int coordinate) {
        return ParticleSlots.slot(coordinate, axes);
    }

    @Override
    public void energies(float[] x, float[] energy, int at) {
        int end = particles * ParticleSlots.SIZE;
        for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
            FloatVector a = FloatVector.broadcast(Lanes.FLOAT, quartic);
            FloatVector b = FloatVector.broadcast(Lanes.FLOAT, quadratic);
            FloatVector.broadcast(Lanes.FLOAT, constant).intoArray(energy, at + lane);
            for (int i = lane; i < end; i += ParticleSlots.SIZE) {
                FloatVector x0 = FloatVector.fromArray(Lanes.FLOAT, x, i);
                FloatVector x1 = FloatVector.fromArray(Lanes.FLOAT, x, i + Lanes.LOGICAL);
                FloatVector x2 = FloatVector.fromArray(Lanes.FLOAT, x, i + 2 * Lanes.LOGICAL);
                FloatVector sum = FloatVector.fromArray(Lanes.FLOAT, energy, at + lane);
                for (int j = i + ParticleSlots.SIZE; j < end; j += ParticleSlots.SIZE) {
                    FloatVector d0 = x0.sub(FloatVector.fromArray(Lanes.FLOAT, x, j));
                    FloatVector d1 = x1.sub(FloatVector.fromArray(Lanes.FLOAT, x, j + Lanes.LOGICAL));
                    FloatVector d2 = x2.sub(FloatVector.fromArray(Lanes.FLOAT, x, j + 2 * Lanes.LOGICAL));
                    FloatVector q = d0.fma(d0, d1.fma(d1, d2.mul(d2))).sqrt().sub(distance);
                    FloatVector q2 = q.mul(q);
                    sum = q2.fma(q2.fma(a, b), sum); // so factored, a huge q gives +∞
                }
                sum.intoArray(energy, at + lane);
            }
        }
    }

    /** {@inheritDoc} Long enough (325 bytecodes) never to be inlined: a compilation unit of its own. */
    @Override
    public void forces(float[] x, int lane, float[] force) {
        int end = particles * ParticleSlots.SIZE;
        for (int at = lane; at < end; at += Lanes.LOGICAL) {
            FloatVector.zero(Lanes.FLOAT).intoArray(force, at);
        }
        for (int i = lane; i < end; i += ParticleSlots.SIZE) {
            FloatVector x0 = FloatVector.fromArray(Lanes.FLOAT, x, i);
            FloatVector x1 = FloatVector.fromArray(Lanes.FLOAT, x, i + Lanes.LOGICAL);
            FloatVector x2 = FloatVector.fromArray(Lanes.FLOAT, x, i + 2 * Lanes.LOGICAL);
            FloatVector f0 = FloatVector.fromArray(Lanes.FLOAT, force, i);
            FloatVector f1 = FloatVector.fromArray(Lanes.FLOAT, force, i + Lanes.LOGICAL);
            FloatVector f2 = FloatVector.fromArray(Lanes.FLOAT, force, i + 2 * Lanes.LOGICAL);
            for (int j = i + ParticleSlots.SIZE; j < end; j += ParticleSlots.SIZE) {
                FloatVector d0 = x0.sub(FloatVector.fromArray(Lanes.FLOAT, x, j));
                FloatVector d1 = x1.sub(FloatVector.fromArray(Lanes.FLOAT, x, j + Lanes.LOGICAL));
                FloatVector d2 = x2.sub(FloatVector.fromArray(Lanes.FLOAT, x, j + 2 * Lanes.LOGICAL));
                FloatVector pull = pull(d0.fma(d0, d1.fma(d1, d2.mul(d2))).sqrt(), 4 * quartic, 2 * quadratic,
                        distance);
                FloatVector back = pull.neg();
                f0 = back.fma(d0, f0);
                f1 = back.fma(d1, f1);
                f2 = back.fma(d2, f2);
                ParticleSlots.push(pull, d0, force, j);
                ParticleSlots.push(pull, d1, force, j + Lanes.LOGICAL);
                ParticleSlots.push(pull, d2, force, j + 2 * Lanes.LOGICAL);
            }
            f0.intoArray(force, i);
            f1.intoArray(force, i + Lanes.LOGICAL);
            f2.intoArray(force, i + 2 * Lanes.LOGICAL);
        }
    }

    /** Returns (4 a q³ + 2 b q)/r; as integers, positive floats keep their order. */
    private static FloatVector pull(FloatVector r, float cubic, float linear, float distance) {
        FloatVector q = r.sub(distance);
        FloatVector slope = q.mul(q.mul(q).fma(FloatVector.broadcast(Lanes.FLOAT, cubic),
                FloatVector.broadcast(Lanes.FLOAT, linear)));
        return slope.div(r.reinterpretAsInts().max(LEAST_DISTANCE).reinterpretAsFloats());
    }
}
