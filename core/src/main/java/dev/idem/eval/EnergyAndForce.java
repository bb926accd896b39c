package dev.idem.eval;

/** An energy E with its force F = −∇E, the score of the density exp(−E), at one point in double precision. */
@FunctionalInterface
public interface EnergyAndForce {

    /**
     * Returns E(x) and writes F(x). Must allow calls from several threads.
     *
     * @param x holds the point's coordinates from {@code offset} on; not modified
     * @param offset index of the first coordinate
     * @param force holds F from {@code forceOffset} on; modified
     * @param forceOffset index of the first component
     */
    double at(double[] x, int offset, double[] force, int forceOffset);

    /**
     * Returns the energy of the stretched density, E(x / unit), and its force.
     *
     * @param unit positive
     * @param dimension number of coordinates
     */
    default EnergyAndForce scaled(double unit, int dimension) {
        return (x, offset, force, forceOffset) -> {
            double[] own = new double[dimension];
            for (int axis = 0; axis < dimension; axis++) {
                own[axis] = x[offset + axis] / unit;
            }
            double energy = at(own, 0, force, forceOffset);
            for (int axis = 0; axis < dimension; axis++) {
                force[forceOffset + axis] /= unit;
            }
            return energy;
        };
    }
}
