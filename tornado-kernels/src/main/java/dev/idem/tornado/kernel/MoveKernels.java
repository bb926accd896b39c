package dev.idem.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels of {@link dev.idem.program.EnergyOp.Move} by single steps: drift and proposal; then, with its energy, the decision. */
public final class MoveKernels {

    /** The Metropolis test. */
    public static final int METROPOLIS = 0;

    /** Every finite proposal is taken. */
    public static final int UNADJUSTED = 1;

    static final float FINITE = 3e38f;

    private MoveKernels() {}

    /**
     * drift = β force, each part clipped to {@code largest}, then without the mean over the parts if {@code centred} is 1.
     *
     * <p>Read: force [row][part][axis], beta [row] at a stride. Modified: drift [row][part][axis].
     */
    public static void drift(FloatArray force, FloatArray beta, FloatArray drift, int rows, int parts, int axes,
            float largest, int betaStride, int centred) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float factor = beta.get(row * betaStride);
            for (int part = 0; part < parts; part++) {
                float square = 0f;
                for (int axis = 0; axis < axes; axis++) {
                    float g = factor * force.get((row * parts + part) * axes + axis);
                    square += g * g;
                }
                float limit = largest / (TornadoMath.sqrt(square) + 1e-6f);
                float clip = limit < 1f ? limit : 1f;
                for (int axis = 0; axis < axes; axis++) {
                    int i = (row * parts + part) * axes + axis;
                    drift.set(i, clip * factor * force.get(i));
                }
            }
            for (int axis = 0; axis < axes; axis++) {
                float mean = 0f;
                for (int part = 0; part < parts; part++) {
                    mean += drift.get((row * parts + part) * axes + axis) / parts;
                }
                for (int part = 0; part < parts; part++) {
                    int i = (row * parts + part) * axes + axis;
                    drift.set(i, drift.get(i) - (centred == 1 ? mean : 0f));
                }
            }
        }
    }

    /** y = x + s g + √(2 s) ε. Modified: y [row][column]. */
    public static void propose(FloatArray x, FloatArray drift, FloatArray noise, FloatArray step, FloatArray y,
            int rows, int columns) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int c = 0; c < columns; c++) {
                int i = row * columns + c;
                float size = step.get(row);
                float kick = TornadoMath.sqrt(2f * size) * noise.get(i);
                y.set(i, x.get(i) + size * drift.get(i) + kick);
            }
        }
    }

    /**
     * probability of taking the proposal, and whether it is taken: decision [row][2]; the probability of a row that cannot move is −1.
     *
     * <p>Read: noise, drift, back [row][column], energy, proposed, step, beta [row], the last at a stride.
     */
    public static void decide(IntArray counter, FloatArray noise, FloatArray drift, FloatArray back, FloatArray energy,
            FloatArray proposed, FloatArray step, FloatArray beta, FloatArray decision, int rows, int columns,
            int kind, int betaStride, int stream) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float u = RandomNumbers.uniform(counter, row, (columns + 3) / 4, stream);
            float factor = beta.get(row * betaStride);
            float size = step.get(row);
            float along = 0f;
            float square = 0f;
            float pull = 0f;
            for (int c = 0; c < columns; c++) {
                float sum = drift.get(row * columns + c) + back.get(row * columns + c);
                pull += TornadoMath.abs(drift.get(row * columns + c));
                along += noise.get(row * columns + c) * sum;
                square += sum * sum;
            }
            float before = energy.get(row);
            float after = proposed.get(row);
            float rise = after - before;
            float ratio = -factor * rise - TornadoMath.sqrt(0.5f * size) * along - 0.25f * size * square;
            boolean finite = TornadoMath.abs(after) < FINITE && square < FINITE;
            float test = ratio < 0f ? TornadoMath.exp(ratio) : 1f;
            boolean metropolis = finite && u <= test;
            boolean moved = kind == METROPOLIS ? metropolis : finite;
            boolean movable = TornadoMath.abs(before) < FINITE && pull < FINITE;
            float tested = finite ? test : 0f;
            decision.set(2 * row, movable ? tested : -1f);
            decision.set(2 * row + 1, moved && movable ? 1f : 0f);
        }
    }

    /** y = x + s g. Modified: y [row][column]. */
    public static void descend(FloatArray x, FloatArray drift, FloatArray step, FloatArray y, int rows, int columns) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int c = 0; c < columns; c++) {
                int i = row * columns + c;
                y.set(i, x.get(i) + step.get(row) * drift.get(i));
            }
        }
    }

    /**
     * whether the end of a descent's step is taken, twice: decision [row][2]; the first is −1 of a row that cannot move.
     *
     * <p>Read: drift, newForce [row][column], energy, proposed [row].
     *
     * @param above rows of at most this energy cannot move
     */
    public static void decideDescent(FloatArray drift, FloatArray newForce, FloatArray energy, FloatArray proposed,
            FloatArray decision, int rows, int columns, float above) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float pull = 0f;
            float newPull = 0f;
            for (int c = 0; c < columns; c++) {
                pull += TornadoMath.abs(drift.get(row * columns + c));
                newPull += TornadoMath.abs(newForce.get(row * columns + c));
            }
            float before = energy.get(row);
            float after = proposed.get(row);
            // PoCL takes NaN < FINITE for true; its smaller one of NaN and a number is the number
            boolean finite = TornadoMath.min(TornadoMath.abs(after), FINITE) < FINITE
                    && TornadoMath.min(newPull, FINITE) < FINITE;
            boolean lower = after <= before;
            float taken = finite && lower ? 1f : 0f;
            boolean movable = before > above && TornadoMath.min(pull, FINITE) < FINITE;
            decision.set(2 * row, movable ? taken : -1f);
            decision.set(2 * row + 1, movable ? taken : 0f);
        }
    }

    /**
     * Takes the proposals that were accepted. Modified: x, force [row][column], energy, moves [row]; step [row] ← step
     * exp(adaptation (probability − aim)) where the row could move, unless adaptation is 0.
     */
    public static void take(FloatArray decision, FloatArray y, FloatArray newForce, FloatArray proposed, FloatArray x,
            FloatArray force, FloatArray energy, FloatArray moves, FloatArray step, int rows, int columns,
            float adaptation, float aim) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            if (decision.get(2 * row + 1) == 1f) {
                for (int c = 0; c < columns; c++) {
                    x.set(row * columns + c, y.get(row * columns + c));
                    force.set(row * columns + c, newForce.get(row * columns + c));
                }
                energy.set(row, proposed.get(row));
                moves.set(row, moves.get(row) + 1f);
            }
            if (adaptation > 0f && decision.get(2 * row) >= 0f) {
                step.set(row, step.get(row) * TornadoMath.exp(adaptation * (decision.get(2 * row) - aim)));
            }
        }
    }
}
