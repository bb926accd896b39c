package dev.idem.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Kernels of {@link dev.idem.program.EnergyOp.Move} by trajectories: the two halves of a leapfrog step, before and after its energy, and the
 * decision.
 */
public final class TrajectoryKernels {

    /** Numbers kept of each row: the change of the kinetic energy, whether the row can move, whether its trajectory is still finite. */
    public static final int STATE = 3;

    private TrajectoryKernels() {}

    /** Starts the trajectories at the rows' points. Modified: place [row][column], state [row][STATE]. */
    public static void begin(FloatArray x, FloatArray drift, FloatArray energy, FloatArray place, FloatArray state,
            int rows, int columns) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float pull = 0f;
            for (int c = 0; c < columns; c++) {
                pull += TornadoMath.abs(drift.get(row * columns + c));
                place.set(row * columns + c, x.get(row * columns + c));
            }
            boolean movable = TornadoMath.abs(energy.get(row)) < MoveKernels.FINITE && pull < MoveKernels.FINITE;
            float mark = movable ? 1f : 0f;
            state.set(STATE * row, 0f);
            state.set(STATE * row + 1, mark);
            state.set(STATE * row + 2, mark);
        }
    }

    /**
     * v = kept v + renewed ε; then half a kick, v += τ g/2, and the way, y += τ v, with τ = √(2 s).
     *
     * <p>Read: noise, drift [row][column], step [row]; v where {@code kept} is not 0. Modified: velocity, place [row][column], state
     * [row][STATE].
     */
    public static void depart(FloatArray noise, FloatArray drift, FloatArray step, FloatArray velocity,
            FloatArray place, FloatArray state, int rows, int columns, float kept, float renewed) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float time = TornadoMath.sqrt(2f * step.get(row));
            float kinetic = 0f;
            for (int c = 0; c < columns; c++) {
                int i = row * columns + c;
                float before = kept > 0f ? kept * velocity.get(i) : 0f;
                float speed = before + renewed * noise.get(i);
                kinetic += speed * speed;
                float kicked = speed + 0.5f * time * drift.get(i);
                velocity.set(i, kicked);
                place.set(i, place.get(i) + time * kicked);
            }
            state.set(STATE * row, state.get(STATE * row) - 0.5f * kinetic);
        }
    }

    /**
     * The other half of the kick, v += τ g/2; a trajectory without finite energy or drift is given up.
     *
     * <p>Read: drift [row][column], step, energy [row]. Modified: velocity [row][column], state [row][STATE].
     */
    public static void arrive(FloatArray drift, FloatArray step, FloatArray energy, FloatArray velocity,
            FloatArray state, int rows, int columns) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float time = TornadoMath.sqrt(2f * step.get(row));
            float kinetic = 0f;
            float pull = 0f;
            for (int c = 0; c < columns; c++) {
                int i = row * columns + c;
                float speed = velocity.get(i) + 0.5f * time * drift.get(i);
                velocity.set(i, speed);
                kinetic += speed * speed;
                pull += TornadoMath.abs(drift.get(i));
            }
            state.set(STATE * row, state.get(STATE * row) + 0.5f * kinetic);
            boolean finite = TornadoMath.abs(energy.get(row)) < MoveKernels.FINITE && pull < MoveKernels.FINITE;
            state.set(STATE * row + 2, finite ? state.get(STATE * row + 2) : 0f);
        }
    }

    /**
     * probability of taking the end of the trajectory, −1 where the row cannot move, and whether it is taken: decision [row][2].
     *
     * <p>Read: energy, placeEnergy, beta [row], the last at a stride, state [row][STATE].
     */
    public static void decide(IntArray counter, FloatArray energy, FloatArray placeEnergy, FloatArray beta,
            FloatArray state, FloatArray decision, int rows, int columns, int betaStride, int stream) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float u = RandomNumbers.uniform(counter, row, (columns + 3) / 4, stream);
            float rise = placeEnergy.get(row) - energy.get(row);
            float change = state.get(STATE * row) + beta.get(row * betaStride) * rise;
            float test = change > 0f ? TornadoMath.exp(-change) : 1f;
            boolean finite = state.get(STATE * row + 2) == 1f && TornadoMath.abs(change) < MoveKernels.FINITE;
            float probability = finite ? test : 0f;
            boolean movable = state.get(STATE * row + 1) == 1f;
            boolean moved = movable && finite && u <= probability;
            decision.set(2 * row, movable ? probability : -1f);
            decision.set(2 * row + 1, moved ? 1f : 0f);
        }
    }
}
