package dev.idem.cpu.kernel;

import dev.idem.energy.GaussianMixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A program that writes a digest of the bits of noise, mathematics and scores, to be compared between virtual machines.
 */
final class ScoreDigest {

    private ScoreDigest() {}

    /** Writes vector width and digest to the file that is the first argument. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), Lanes.BITS + " " + digest());
    }

    /** Returns a hash of the results at sizes that leave a rest at every vector width. */
    static int digest() {
        int hash = Arrays.hashCode(normals(11, 39));
        hash = 31 * hash + scores(2, true, 17);
        hash = 31 * hash + scores(2, true, 200);
        hash = 31 * hash + scores(2, false, 40);
        return 31 * hash + scores(5, true, 40);
    }

    private static float[] normals(int rows, int columns) {
        float[] out = new float[rows * columns];
        NormalKernel.normals(1, 2, 3, 4, 5, rows, columns, out, 0, new NoiseScratch());
        return out;
    }

    private static int scores(int dimension, boolean sameWidths, int copies) {
        int rows = 5;
        int modes = 11;
        float[] x = normals(rows, dimension);
        float[] means = normals(modes, dimension);
        double[] weights = new double[modes];
        double[] centres = new double[modes * dimension];
        double[] deviations = new double[modes];
        for (int i = 0; i < centres.length; i++) {
            centres[i] = means[i];
        }
        for (int mode = 0; mode < modes; mode++) {
            weights[mode] = 1 + mode % 2;
            deviations[mode] = sameWidths ? 0.1 : 0.1 + 0.05 * mode;
        }
        MixtureConstants mixture = MixtureConstants.of(GaussianMixture.of(dimension, weights, centres, deviations));
        int[] counts = new int[rows];
        Arrays.fill(counts, copies);
        float[] variance = {1e-6f, 1e-3f, 0.01f, 0.1f, 1f};
        float[] target = new float[x.length];
        float[] denoising = new float[x.length];
        float[] effective = new float[rows];
        double[] logMeanWeight = new double[rows];
        MixtureScoreKernel.run(mixture, x, 0, variance, 0, rows, 7, counts, 0, 1, 2, 3, 4, true, target, 0, denoising,
                0,
                effective, 0, logMeanWeight, 0, new ScoreScratch(mixture));
        int hash = Arrays.hashCode(target);
        hash = 31 * hash + Arrays.hashCode(denoising);
        hash = 31 * hash + Arrays.hashCode(effective);
        return 31 * hash + Arrays.hashCode(logMeanWeight);
    }
}
