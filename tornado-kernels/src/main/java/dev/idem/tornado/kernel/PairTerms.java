package dev.idem.tornado.kernel;

import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;

/**
 * What one pair of particles gives to an energy of {@link Energies} and its derivatives, in double precision. A trap about the centre is
 * Σ_i |x_i − x̄|² = Σ_{i&lt;j} |x_i − x_j|²/particles, and so goes with the pairs.
 *
 * <p>Constants are those of {@link Energies}; square is |d|², d = x_i − x_j.
 */
final class PairTerms {

    private PairTerms() {}

    private static double sixth(double ratio) {
        return ratio * ratio * ratio;
    }

    /** Returns the pair's energy. */
    static double energy(int kind, DoubleArray constants, double square, int particles) {
        double energy;
        if (kind == Energies.PAIR_DOUBLE_WELL) {
            double q = Math.sqrt(square) - constants.get(3);
            energy = q * q * (constants.get(0) * q * q + constants.get(1)) + constants.get(2);
        } else {
            double sixth = sixth(constants.get(1) / (square + constants.get(3)));
            energy = 2 * constants.get(0) * sixth * (sixth - 2) + 0.5 * constants.get(2) / particles * square;
        }
        return energy;
    }

    /** Returns the factor s of the gradient with respect to x_i, s d; zero for a double well at distance zero. */
    static double slope(int kind, DoubleArray constants, double square, int particles) {
        double slope;
        if (kind == Energies.PAIR_DOUBLE_WELL) {
            double separation = Math.sqrt(square);
            double q = separation - constants.get(3);
            double pull = q * (4 * constants.get(0) * q * q + 2 * constants.get(1)) / separation;
            slope = separation > 0 ? pull : 0;
        } else {
            double ratio = constants.get(1) / (square + constants.get(3));
            double sixth = sixth(ratio);
            slope = constants.get(2) / particles
                    - 24 * constants.get(0) / constants.get(1) * sixth * (sixth - 1) * ratio;
        }
        return slope;
    }

    /** Returns the factor b of the second derivatives with respect to x_i, s I + b d dᵀ; zero for a double well at distance zero. */
    static double bend(int kind, DoubleArray constants, double square, double slope) {
        double bend;
        if (kind == Energies.PAIR_DOUBLE_WELL) {
            double q = Math.sqrt(square) - constants.get(3);
            double second = (12 * constants.get(0) * q * q + 2 * constants.get(1) - slope) / square;
            bend = square > 0 ? second : 0;
        } else {
            double ratio = constants.get(1) / (square + constants.get(3));
            double sixth = sixth(ratio);
            bend = 48 * constants.get(0) / (constants.get(1) * constants.get(1)) * sixth * (7 * sixth - 4) * ratio
                    * ratio;
        }
        return bend;
    }
}
