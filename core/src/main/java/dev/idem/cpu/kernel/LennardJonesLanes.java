package dev.idem.cpu.kernel;

import dev.idem.energy.LennardJones;
import dev.idem.energy.ParticleEnergy;
import jdk.incubator.vector.FloatVector;

/**
 * {@link LennardJones} for configurations in lanes.
 *
 * <p>Algebra. Σ_i |x_i − x̄|² = 1/N Σ_{i&lt;j} |x_i − x_j|², so the trap is one more term of each pair: with s = r_m²/r²,
 * E = 2 ε Σ_{i&lt;j} [s³ (s³ − 2) + κ r²] − const, κ = k/(4 N ε), and the force of j on i is (x_i − x_j) (24 ε/r_m² s⁴ (s³
 * − 1) − k/N). One division a pair.
 *
 * <p>Numerics: float; the terms of particle i are added in the order of j, then the next i. Energies above the largest
 * float are +∞; the coefficient of a pair's force saturates at 1e30, so that forces are finite even where the energy is
 * hardly so.
 */
final class LennardJonesLanes implements LaneEnergy {

    private static final int LARGEST_COEFFICIENT = Float.floatToRawIntBits(1e30f);

    private final int particles;
    private final int axes;
    private final float softening;
    private final float square; // r_m²
    private final float trap; // κ
    private final float depth; // 2 ε
    private final float rest; // 2 ε κ · softening · pairs
    private final float strength; // 24 ε/r_m²
    private final float spring; // k/N

    LennardJonesLanes(LennardJones cluster) {
        particles = cluster.particles();
        axes = cluster.axes();
        double squared = cluster.distance() * cluster.distance();
        double kappa = cluster.oscillator() / (4 * particles * cluster.depth());
        softening = (float) cluster.softening();
        square = (float) squared;
        trap = (float) kappa;
        depth = (float) (2 * cluster.depth());
        rest = (float) (cluster.depth() * kappa * cluster.softening() * particles * (particles - 1));
        strength = (float) (24 * cluster.depth() / squared);
        spring = (float) (cluster.oscillator() / particles);
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

    /** {@inheritDoc} Long enough (325 bytecodes) never to be inlined, like the forces: a compilation unit of its own. */
    @Override
    public void energies(float[] x, float[] energy, int at) {
        int end = particles * ParticleSlots.SIZE;
        for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.COUNT) {
            FloatVector soft = FloatVector.broadcast(Lanes.FLOAT, softening);
            FloatVector numerator = FloatVector.broadcast(Lanes.FLOAT, square);
            FloatVector kappa = FloatVector.broadcast(Lanes.FLOAT, trap);
            FloatVector two = FloatVector.broadcast(Lanes.FLOAT, 2f);
            FloatVector.zero(Lanes.FLOAT).intoArray(energy, at + lane);
            for (int i = lane; i < end; i += ParticleSlots.SIZE) {
                FloatVector x0 = FloatVector.fromArray(Lanes.FLOAT, x, i);
                FloatVector x1 = FloatVector.fromArray(Lanes.FLOAT, x, i + Lanes.LOGICAL);
                FloatVector x2 = FloatVector.fromArray(Lanes.FLOAT, x, i + 2 * Lanes.LOGICAL);
                FloatVector sum = FloatVector.fromArray(Lanes.FLOAT, energy, at + lane);
                for (int j = i + ParticleSlots.SIZE; j < end; j += ParticleSlots.SIZE) {
                    FloatVector d0 = x0.sub(FloatVector.fromArray(Lanes.FLOAT, x, j));
                    FloatVector d1 = x1.sub(FloatVector.fromArray(Lanes.FLOAT, x, j + Lanes.LOGICAL));
                    FloatVector d2 = x2.sub(FloatVector.fromArray(Lanes.FLOAT, x, j + 2 * Lanes.LOGICAL));
                    FloatVector r2 = d0.fma(d0, d1.fma(d1, d2.fma(d2, soft)));
                    FloatVector s = numerator.div(r2);
                    FloatVector sixth = s.mul(s).mul(s);
                    sum = sum.add(r2.fma(kappa, sixth.mul(sixth.sub(two))));
                }
                sum.intoArray(energy, at + lane);
            }
            FloatVector.fromArray(Lanes.FLOAT, energy, at + lane).fma(FloatVector.broadcast(Lanes.FLOAT, depth),
                    FloatVector.broadcast(Lanes.FLOAT, -rest)).intoArray(energy, at + lane);
        }
    }

    @Override
    public void forces(float[] x, int lane, float[] force) {
        int end = particles * ParticleSlots.SIZE;
        for (int at = lane; at < end; at += Lanes.LOGICAL) {
            FloatVector.zero(Lanes.FLOAT).intoArray(force, at);
        }
        FloatVector soft = FloatVector.broadcast(Lanes.FLOAT, softening);
        FloatVector numerator = FloatVector.broadcast(Lanes.FLOAT, square);
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
                FloatVector s = numerator.div(d0.fma(d0, d1.fma(d1, d2.fma(d2, soft))));
                FloatVector c = coefficient(s, strength, spring);
                f0 = c.fma(d0, f0);
                f1 = c.fma(d1, f1);
                f2 = c.fma(d2, f2);
                FloatVector back = c.neg();
                ParticleSlots.push(back, d0, force, j);
                ParticleSlots.push(back, d1, force, j + Lanes.LOGICAL);
                ParticleSlots.push(back, d2, force, j + 2 * Lanes.LOGICAL);
            }
            f0.intoArray(force, i);
            f1.intoArray(force, i + Lanes.LOGICAL);
            f2.intoArray(force, i + 2 * Lanes.LOGICAL);
        }
    }

    /** Returns min(strength s⁴ (s³ − 1), 1e30) − spring; as integers, all negative floats are below the bound. */
    private static FloatVector coefficient(FloatVector s, float strength, float spring) {
        FloatVector s2 = s.mul(s);
        return s2.mul(s2).mul(s2.mul(s).sub(1f)).mul(strength).reinterpretAsInts().min(LARGEST_COEFFICIENT)
                .reinterpretAsFloats().sub(spring);
    }
}
