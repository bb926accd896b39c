import dev.idem.energy.HostEnergy;

/**
 * A ring in the plane with more weight on its right side.
 *
 * <p>In polar coordinates E = (r − R)²/(2 w²) − κ cos θ, so that angles follow a von Mises distribution: the mean of cos θ is
 * I₁(κ)/I₀(κ) = 0.446 for κ = 1, which tells whether the samples are right.
 */
public final class Ring implements HostEnergy {

    private static final double RADIUS = 1;
    private static final double WIDTH = 0.15;
    private static final double TILT = 1;

    /** Keeps the centre, where the angle has no meaning, free of NaN. */
    private static final double CENTRE = 1e-6;

    @Override
    public int dimension() {
        return 2;
    }

    @Override
    public void evaluate(float[] x, int rows, double[] energy, float[] gradient) {
        for (int row = 0; row < rows; row++) {
            double x0 = x[2 * row];
            double x1 = x[2 * row + 1];
            double r = Math.max(Math.hypot(x0, x1), CENTRE);
            double radial = (r - RADIUS) / (WIDTH * WIDTH);
            energy[row] = 0.5 * radial * (r - RADIUS) - TILT * x0 / r;
            gradient[2 * row] = (float) (radial * x0 / r - TILT * x1 * x1 / (r * r * r));
            gradient[2 * row + 1] = (float) (radial * x1 / r + TILT * x0 * x1 / (r * r * r));
        }
    }

    /** No state is shared between calls, so several threads may call at once. */
    @Override
    public boolean threadSafe() {
        return true;
    }

    /** The ring is about as wide as this; noise levels are scaled with it. */
    @Override
    public double coordinateDeviation() {
        return 0.7;
    }
}
