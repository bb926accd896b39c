package dev.idem.energy;

/** What the constants of energies must satisfy. */
final class EnergyConstants {

    private EnergyConstants() {}

    static void requireParticles(int particles, int axes) {
        if (particles < 2) {
            throw new IllegalArgumentException("particles must be at least 2, got " + particles);
        }
        if (axes < 1 || axes > ParticleEnergy.MOST_AXES) {
            throw new IllegalArgumentException("axes must be 1, 2 or 3, got " + axes);
        }
    }

    static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be positive and finite, got " + value);
        }
    }

    static void requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be finite, got " + value);
        }
    }
}
