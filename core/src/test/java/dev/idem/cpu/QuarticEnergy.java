package dev.idem.cpu;

import dev.idem.energy.HostEnergy;

/** E(x) = Σ (x⁴/4 − x²), and a wall: +∞ where the first coordinate exceeds 2. */
final class QuarticEnergy implements HostEnergy {

    private final int dimension;

    QuarticEnergy(int dimension) {
        this.dimension = dimension;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public void evaluate(float[] x, int rows, double[] energy, float[] gradient) {
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int axis = 0; axis < dimension; axis++) {
                double value = x[row * dimension + axis];
                sum += value * value * value * value / 4 - value * value;
                gradient[row * dimension + axis] = (float) (value * value * value - 2 * value);
            }
            boolean wall = x[row * dimension] > 2;
            energy[row] = wall ? Double.POSITIVE_INFINITY : sum;
            if (wall) {
                gradient[row * dimension] = Float.NaN; // must never be read
            }
        }
    }

    @Override
    public boolean threadSafe() {
        return true;
    }
}
