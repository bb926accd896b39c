package dev.idem.program;

/**
 * Configurations with what their energy has given: a replay that keeps both, or chains.
 *
 * @param points [row][dimension]
 * @param forces −∇E at them, [row][dimension]
 * @param energies E at them, [row][1]
 */
public record ReplayRows(Buffer points, Buffer forces, Buffer energies) {

    /** Returns state buffers of these names: {@code name}, {@code name}Forces, {@code name}Energies. */
    public static ReplayRows state(String name, int rows, int dimension) {
        return of(name, Buffer.floats(name, rows, dimension, Role.STATE));
    }

    /** Returns rows whose points are a buffer that is there already. */
    public static ReplayRows of(String name, Buffer points) {
        return new ReplayRows(points, Buffer.floats(name + "Forces", points.rows(), points.columns(), Role.STATE),
                Buffer.floats(name + "Energies", points.rows(), 1, Role.STATE));
    }

    /** Returns the number of rows. */
    public int rows() {
        return points.rows();
    }
}
