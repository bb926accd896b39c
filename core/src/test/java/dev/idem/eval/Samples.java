package dev.idem.eval;

import java.util.SplittableRandom;

/** Samples for tests. */
final class Samples {

    private Samples() {}

    /** Normal numbers, [row][axis]. */
    static double[] normal(int rows, int dimension, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] sample = new double[rows * dimension];
        for (int k = 0; k < sample.length; k++) {
            sample[k] = random.nextGaussian();
        }
        return sample;
    }

    /** Normal numbers around one of {@code modes} far apart means on a circle of radius 20, as float32, [row][2]. */
    static float[] modes(int rows, int modes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] sample = new float[2 * rows];
        for (int row = 0; row < rows; row++) {
            double angle = 2 * Math.PI * random.nextInt(modes) / modes;
            sample[2 * row] = (float) (20 * StrictMath.cos(angle) + random.nextGaussian());
            sample[2 * row + 1] = (float) (20 * StrictMath.sin(angle) + random.nextGaussian());
        }
        return sample;
    }

    /** Whole numbers 0, 1, 2, so that most points and distances are equal to others. */
    static double[] ties(int rows, int dimension, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] sample = new double[rows * dimension];
        for (int k = 0; k < sample.length; k++) {
            sample[k] = random.nextInt(3);
        }
        return sample;
    }

    /** The same rows in another order. */
    static double[] shuffled(double[] sample, int dimension, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] result = sample.clone();
        for (int row = sample.length / dimension - 1; row > 0; row--) {
            int other = random.nextInt(row + 1);
            for (int axis = 0; axis < dimension; axis++) {
                double kept = result[row * dimension + axis];
                result[row * dimension + axis] = result[other * dimension + axis];
                result[other * dimension + axis] = kept;
            }
        }
        return result;
    }

    /** Every row {@code times} times. */
    static double[] repeated(double[] sample, int dimension, int times) {
        double[] result = new double[sample.length * times];
        for (int row = 0; row < sample.length / dimension * times; row++) {
            System.arraycopy(sample, row / times * dimension, result, row * dimension, dimension);
        }
        return result;
    }

    /** All costs as a matrix, [row of x][row of y]. */
    static double[] matrix(double[] x, double[] y, int dimension, boolean squared) {
        int rows = x.length / dimension;
        int columns = y.length / dimension;
        double[] cost = new double[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double sum = 0;
                for (int axis = 0; axis < dimension; axis++) {
                    double difference = x[row * dimension + axis] - y[column * dimension + axis];
                    sum += difference * difference;
                }
                cost[row * columns + column] = squared ? sum : Math.sqrt(sum);
            }
        }
        return cost;
    }

    /** In single precision. */
    static float[] narrow(double[] values) {
        float[] result = new float[values.length];
        for (int k = 0; k < values.length; k++) {
            result[k] = (float) values[k];
        }
        return result;
    }
}
