package dev.idem.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Kernels of {@link dev.idem.program.ReplayOp}. Configurations are three arrays: points and forces [row][column], energies [row].
 *
 * <p>What is appended has its place among those before it, so rows are tested at once, counted by one work item, and copied at once.
 */
public final class ReplayKernels {

    private static final float LARGEST = Float.MAX_VALUE;

    private ReplayKernels() {}

    /** 1 for a row that is finite and of at most the largest energy [1], else 0. Modified: places [row]. */
    public static void usable(FloatArray points, FloatArray forces, FloatArray energies, FloatArray largest,
            IntArray places, int rows, int columns) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float energy = energies.get(row);
            int usable = energy <= largest.get(0) && TornadoMath.abs(energy) <= LARGEST ? 1 : 0;
            for (int c = 0; c < columns; c++) {
                float point = TornadoMath.abs(points.get(row * columns + c));
                float force = TornadoMath.abs(forces.get(row * columns + c));
                usable = point <= LARGEST && force <= LARGEST ? usable : 0;
            }
            places.set(row, usable);
        }
    }

    /** Turns ones into the number of ones before them, and zeros into −1; behind them is how many ones there are. Modified: places [row + 1]. */
    public static void count(IntArray places, int rows) {
        for (@Parallel
        int one = 0; one < 1; one++) {
            int before = 0;
            for (int row = 0; row < rows; row++) {
                int usable = places.get(row);
                places.set(row, usable == 1 ? before : -1);
                before += usable;
            }
            places.set(rows, before);
        }
    }

    /**
     * Copies rows that have a place into the slots from the cursor on, modulo the capacity; not those that later ones overwrite.
     *
     * <p>Read: points, forces, energies, places [row + 1], cursor [2]. Modified: the replay's.
     */
    public static void append(FloatArray points, FloatArray forces, FloatArray energies, IntArray places,
            FloatArray replayPoints, FloatArray replayForces, FloatArray replayEnergies, IntArray cursor, int rows,
            int columns, int capacity) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            int place = places.get(row);
            if (place >= 0 && place >= places.get(rows) - capacity) {
                int slot = (cursor.get(0) + place) % capacity;
                for (int c = 0; c < columns; c++) {
                    replayPoints.set(slot * columns + c, points.get(row * columns + c));
                    replayForces.set(slot * columns + c, forces.get(row * columns + c));
                }
                replayEnergies.set(slot, energies.get(row));
            }
        }
    }

    /** Moves the cursor [2] past the rows that have a place [row + 1], and adds the others to leftOut [1]. */
    public static void moveCursor(IntArray places, IntArray cursor, FloatArray leftOut, int rows, int capacity) {
        for (@Parallel
        int one = 0; one < 1; one++) {
            int appended = places.get(rows);
            int filled = cursor.get(1) + appended;
            cursor.set(0, (cursor.get(0) + appended) % capacity);
            cursor.set(1, filled < capacity ? filled : capacity);
            leftOut.set(0, leftOut.get(0) + (rows - appended));
        }
    }

    /** rows[i] = replay[(start + i) mod filled], start drawn. Read: counter, cursor [2], the replay's. Modified: points, forces, energies. */
    public static void take(IntArray counter, IntArray cursor, FloatArray replayPoints, FloatArray replayForces,
            FloatArray replayEnergies, FloatArray points, FloatArray forces, FloatArray energies, int rows, int columns,
            int stream) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            int filled = cursor.get(1);
            int slot = (RandomNumbers.index(counter, 0, filled, stream) + row) % filled;
            for (int c = 0; c < columns; c++) {
                points.set(row * columns + c, replayPoints.get(slot * columns + c));
                forces.set(row * columns + c, replayForces.get(slot * columns + c));
            }
            energies.set(row, replayEnergies.get(slot));
        }
    }

    /** replay[(start + i) mod filled] = rows[i], the last of several for one slot. Read: counter, cursor [2], points, forces, energies. */
    public static void put(IntArray counter, IntArray cursor, FloatArray points, FloatArray forces, FloatArray energies,
            FloatArray replayPoints, FloatArray replayForces, FloatArray replayEnergies, int rows, int columns,
            int stream) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            int filled = cursor.get(1);
            if (row + filled >= rows) {
                int slot = (RandomNumbers.index(counter, 0, filled, stream) + row) % filled;
                for (int c = 0; c < columns; c++) {
                    replayPoints.set(slot * columns + c, points.get(row * columns + c));
                    replayForces.set(slot * columns + c, forces.get(row * columns + c));
                }
                replayEnergies.set(slot, energies.get(row));
            }
        }
    }
}
