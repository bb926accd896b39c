package dev.idem.cpu.kernel;

import static dev.idem.cpu.kernel.KernelData.OFFSET;
import static dev.idem.cpu.kernel.KernelData.guarded;
import static dev.idem.cpu.kernel.KernelData.random;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A program that writes a digest of the bits of every network kernel, to be compared between virtual machines. */
final class KernelDigest {

    private KernelDigest() {}

    /** Writes vector width and digest to the file that is the first argument. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), Lanes.BITS + " " + digest());
    }

    /** Returns a hash of the results at sizes that leave a rest at every vector width. */
    static int digest() {
        int hash = 0;
        for (int[] shape : new int[][] {{5, 3, 2}, {18, 37, 51}, {9, 64, 80}}) {
            hash = 31 * hash + layer(shape[0], shape[1], shape[2]);
        }
        return 31 * (31 * hash + activations(131)) + optimiser(131);
    }

    private static int layer(int rows, int in, int out) {
        float[] x = random(1, rows * in);
        float[] weights = random(2, in * out);
        float[] bias = random(3, out);
        float[] z = guarded(rows * out);
        float[] panels = new float[WeightPanels.size(in, out)];
        WeightPanels.pack(weights, OFFSET, panels, 0, in, out);
        LinearKernel.forward(x, OFFSET, panels, bias, OFFSET, 0, z, OFFSET, rows, in, out);
        float[] dx = guarded(rows * in);
        float[] transposed = new float[WeightPanels.size(out, in)];
        WeightPanels.packTransposed(weights, OFFSET, transposed, 0, in, out);
        LinearKernel.inputGradient(z, OFFSET, transposed, dx, OFFSET, rows, in, out, false);
        float[] gradient = random(4, in * out + out);
        LinearKernel.weightGradient(x, OFFSET, z, OFFSET, gradient, OFFSET, OFFSET + in * out,
                new float[MatrixProductKernel.transposedScratch(out, rows)], rows, in, out);
        return hash(z, dx, gradient);
    }

    private static int activations(int count) {
        float[] z = random(5, count);
        float[] other = random(6, count);
        float[] a = guarded(count);
        float[] dz = guarded(count);
        ActivationKernel.geluAdd(z, OFFSET, other, OFFSET, a, OFFSET, count);
        ActivationKernel.siluGradient(a, OFFSET, z, OFFSET, dz, OFFSET, count);
        float[] frequencies = Arrays.copyOfRange(random(7, 37), OFFSET, OFFSET + 37);
        float[] embedded = guarded(2 * count * frequencies.length);
        float[] dx = guarded(count);
        EmbeddingKernel.forward(z, OFFSET, count, 1, 25f, frequencies, embedded, OFFSET);
        EmbeddingKernel.gradient(z, OFFSET, count, 1, 25f, frequencies, embedded, OFFSET, dx, OFFSET,
                new float[Lanes.LOGICAL]);
        return hash(a, dz, embedded, dx);
    }

    private static int optimiser(int count) {
        float[] gradient = random(8, count);
        float[] p = random(9, count);
        float[] m = random(10, count);
        float[] v = new float[p.length];
        float[] average = random(11, count);
        AdamKernel.step(gradient, p, m, v, OFFSET, OFFSET + count, 0.5f, 1e-3f, 0.9, 0.999, 1e-8f, 10f, 1000f);
        AdamKernel.movingAverage(p, average, OFFSET, OFFSET + count, 0.99f);
        float[] sum = guarded(count / 2);
        ReductionKernel.mergePartials(gradient, 2, count / 2, 0, count / 2, sum);
        double total = ReductionKernel.sumOfSquares(gradient, OFFSET, OFFSET + count)
                + ReductionKernel.sum(p, OFFSET, OFFSET + 50);
        return 31 * hash(p, m, v, average, sum) + Double.hashCode(total);
    }

    private static int hash(float[]... arrays) {
        int hash = 0;
        for (float[] array : arrays) {
            hash = 31 * hash + Arrays.hashCode(KernelData.bits(array));
        }
        return hash;
    }
}
