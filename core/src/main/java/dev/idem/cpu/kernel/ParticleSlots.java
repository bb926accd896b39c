package dev.idem.cpu.kernel;

import dev.idem.energy.ParticleEnergy;
import jdk.incubator.vector.FloatVector;

/**
 * Where the coordinates of particles stand in a group: three slots to a particle, so that one loop serves one to three
 * axes; the missing ones are zero.
 */
final class ParticleSlots {

    /** Floats of one particle of a group. */
    static final int SIZE = ParticleEnergy.MOST_AXES * Lanes.LOGICAL;

    private ParticleSlots() {}

    static int slot(int coordinate, int axes) {
        return coordinate / axes * ParticleEnergy.MOST_AXES + coordinate % axes;
    }

    /** Adds factor · difference to a vector of forces. */
    static void push(FloatVector factor, FloatVector difference, float[] force, int at) {
        factor.fma(difference, FloatVector.fromArray(Lanes.FLOAT, force, at)).intoArray(force, at);
    }
}
