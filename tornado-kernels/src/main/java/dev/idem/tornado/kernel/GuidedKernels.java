package dev.idem.tornado.kernel;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The Monte-Carlo score from copies around the modes that {@link GuideKernels} has found; particles only. */
public final class GuidedKernels {

    private GuidedKernels() {}

    /** Solves U δ = ε in place, from the last coordinate up. */
    private static void displace(FloatArray guide, int row, float[] noise, int size) {
        for (int k = 0; k < size; k++) {
            int i = size - 1 - k;
            float sum = noise[i];
            for (int j = i + 1; j < size; j++) {
                sum += guide.get((row * size + i) * size + j) * noise[j];
            }
            noise[i] = sum * guide.get((row * size + i) * size + i);
        }
    }

    /** Takes the particles' mean away, and returns its square. */
    private static float centre(float[] delta, int particles, int axes) {
        float square = 0f;
        for (int axis = 0; axis < axes; axis++) {
            float mean = 0f;
            for (int i = 0; i < particles; i++) {
                mean += delta[i * axes + axis];
            }
            mean = mean / particles;
            for (int i = 0; i < particles; i++) {
                delta[i * axes + axis] = delta[i * axes + axis] - mean;
            }
            square += mean * mean;
        }
        return square;
    }

    /**
     * The sums of a row's groups as {@link GroupSums} has them, of forces and of displacements δ = y − centre.
     *
     * <p>Read: counter [4], variance [row] at a stride, copies [row], control, centre, offset, guide as {@link GuideKernels} leaves them.
     * Modified: groups [row][16][3 + 2 dimension].
     */
    public static void groups(IntArray counter, FloatArray variance, IntArray copies, FloatArray constants,
            DoubleArray control, FloatArray centre, FloatArray offset, FloatArray guide, FloatArray groups, int rows,
            int varianceStride, int stream, int kind, int parts, int dimension) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            for (@Parallel
            int group = 0; group < GroupSums.COUNT; group++) {
                float[] y = new float[dimension];
                float[] f = new float[dimension];
                float[] delta = new float[dimension];
                float[] sums = new float[GroupSums.size(dimension)];
                float precision = 1f / variance.get(row * varianceStride);
                float translation = precision + (float) control.get(GuideKernels.SHIFT * rows + row);
                int count = control.get(GuideKernels.FOUND * rows + row) > 0 ? copies.get(row) : 0;
                GroupSums.clear(sums, dimension);
                for (int copy = group; copy < count; copy += GroupSums.COUNT) {
                    RandomNumbers.copy(counter, row, copy, stream, delta, dimension);
                    float drawn = 0f;
                    for (int k = 0; k < dimension; k++) {
                        drawn += delta[k] * delta[k];
                    }
                    displace(guide, row, delta, dimension);
                    float mean = centre(delta, parts, dimension / parts);
                    float away = 0f;
                    for (int k = 0; k < dimension; k++) {
                        float difference = delta[k] + offset.get(row * dimension + k);
                        away += difference * difference;
                        y[k] = centre.get(row * dimension + k) + delta[k];
                    }
                    float energy = Energies.particles(kind, y, f, constants, parts, dimension);
                    float term = 0.5f * drawn - 0.5f * translation * parts * mean - 0.5f * precision * away - energy;
                    GroupSums.add(sums, term, f, delta, dimension);
                }
                GroupSums.store(groups, row, group, sums, dimension);
            }
        }
    }

    /**
     * From mean displacements to scores: denoising = (offset + δ)/h, and both without the particles' mean; rows without effective samples
     * stay zero. Modified: target, denoising [row][particle][axis].
     */
    public static void finish(FloatArray effective, FloatArray variance, FloatArray offset, FloatArray target,
            FloatArray denoising, int rows, int particles, int axes, int varianceStride) {
        for (@Parallel
        int row = 0; row < rows; row++) {
            float reached = effective.get(row) > 0f ? 1f : 0f;
            float factor = reached / variance.get(row * varianceStride);
            for (int axis = 0; axis < axes; axis++) {
                float force = 0f;
                float score = 0f;
                for (int i = 0; i < particles; i++) {
                    int k = (row * particles + i) * axes + axis;
                    float away = reached > 0f ? offset.get(k) : 0f;
                    denoising.set(k, factor * (away + denoising.get(k)));
                    force += target.get(k) / particles;
                    score += denoising.get(k) / particles;
                }
                for (int i = 0; i < particles; i++) {
                    int k = (row * particles + i) * axes + axis;
                    target.set(k, target.get(k) - force);
                    denoising.set(k, denoising.get(k) - score);
                }
            }
        }
    }
}
