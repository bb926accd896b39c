package dev.idem.train;

import dev.idem.config.RunConfig;
import dev.idem.config.TrainConfig;
import dev.idem.energy.HostEnergy;
import java.util.List;
import java.util.Optional;

/** Energies as a user would write them, for tests. */
final class HostRuns {

    private HostRuns() {}

    static RunConfig run(TrainConfig train, Class<? extends HostEnergy> energy) {
        return new RunConfig("host", Optional.of(energy.getName()), List.of(), Optional.empty(), "default", 1, train);
    }

    private static void harmonic(float[] x, int rows, double[] energy, float[] gradient) {
        for (int row = 0; row < rows; row++) {
            double a = x[2 * row];
            double b = x[2 * row + 1];
            energy[row] = 2 * (a * a + b * b);
            gradient[2 * row] = (float) (4 * a);
            gradient[2 * row + 1] = (float) (4 * b);
        }
    }

    /** A harmonic well with a wall at x = 0.2, beyond which the gradient is not a number. */
    public static final class Walled implements HostEnergy {

        /** Made by name. */
        public Walled() {}

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public void evaluate(float[] x, int rows, double[] energy, float[] gradient) {
            harmonic(x, rows, energy, gradient);
            for (int row = 0; row < rows; row++) {
                if (x[2 * row] > 0.2f) {
                    energy[row] = Double.POSITIVE_INFINITY;
                    gradient[2 * row] = Float.NaN;
                }
            }
        }
    }

    /** A harmonic well whose energy is not a number from the hundredth call on. */
    public static final class Poisoned implements HostEnergy {

        static int calls;

        /** Made by name. */
        public Poisoned() {}

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public void evaluate(float[] x, int rows, double[] energy, float[] gradient) {
            harmonic(x, rows, energy, gradient);
            if (++calls > 100) {
                energy[0] = Double.NaN;
            }
        }
    }
}
