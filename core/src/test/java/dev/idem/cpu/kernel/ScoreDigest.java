package dev.idem.cpu.kernel;

import dev.idem.energy.AnalyticEnergy;
import dev.idem.energy.GaussianMixture;
import dev.idem.energy.ParticleEnergy;
import dev.idem.fixture.Configurations;
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
        hash = 31 * hash + scores(5, true, 40);
        hash = 31 * hash + pooled(2, 37);
        hash = 31 * hash + pooled(3, 11);
        hash = Configurations.particles().mapToInt(ScoreDigest::guided).reduce(hash, (a, b) -> 31 * a + b);
        return 31 * hash + Configurations.energies().mapToInt(ScoreDigest::scores).reduce(1, (a, b) -> 31 * a + b);
    }

    private static int scores(AnalyticEnergy energy) {
        LaneEnergy lanes = LaneEnergy.of(energy);
        float[] x = new float[energy.dimension()];
        double[] helix = Configurations.helix(energy);
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) helix[i];
        }
        int hash = 1;
        for (float variance : new float[] {1e-6f, 1e-3f, 0.1f}) {
            float[] target = new float[x.length];
            float[] denoising = new float[x.length];
            float[] effective = new float[1];
            double[] logMeanWeight = new double[1];
            AnalyticScoreKernel.run(lanes, x, 0, new float[] {variance}, 0, 1, 7, new int[] {41}, 0, 1, 2, 3, 4, true,
                    target, 0, denoising, 0, effective, 0, logMeanWeight, 0, new AnalyticScoreScratch(lanes));
            hash = digest(hash, target, denoising, effective, logMeanWeight);
        }
        return hash;
    }

    private static int guided(ParticleEnergy energy) {
        float[] clean = Configurations.helices(energy, 1);
        float[] x = normals(1, clean.length);
        for (int i = 0; i < x.length; i++) {
            x[i] = clean[i] + 0.1f * x[i];
        }
        float[] target = new float[x.length];
        float[] denoising = new float[x.length];
        float[] effective = new float[1];
        GuidedScoreKernel.run(clean, 0, x, 0, 0.01f, 7, 41, 3, 1, 2, 3, 4, target, 0, denoising, 0, effective, 0,
                new GuidedScratch(energy));
        return digest(0, target, denoising, effective, new double[0]);
    }

    private static int digest(int start, float[] target, float[] denoising, float[] effective,
            double[] logMeanWeight) {
        int hash = 31 * start + Arrays.hashCode(target);
        hash = 31 * hash + Arrays.hashCode(denoising);
        hash = 31 * hash + Arrays.hashCode(effective);
        return 31 * hash + Arrays.hashCode(logMeanWeight);
    }

    private static int pooled(int dimension, int rows) {
        int[] firstCopy = new int[rows + 1];
        float[] variance = new float[rows];
        for (int row = 0; row < rows; row++) {
            firstCopy[row + 1] = firstCopy[row] + 1 + row % 3;
            variance[row] = 1e-4f * (1 << row % 14);
        }
        int copies = firstCopy[rows];
        float[] x = normals(rows, dimension);
        float[] points = normals(copies, dimension);
        PoolScratch scratch = new PoolScratch(dimension);
        float[] energy = new float[2 * copies];
        float[] force = new float[dimension * copies];
        CopyEnergyKernel.run(mixture(dimension, false, 5), points, 0, copies, energy, 0, force, 0, scratch);
        float[] logWeight = new float[2 * copies];
        BalanceKernel.load(variance, firstCopy, rows, scratch);
        BalanceKernel.run(x, rows, points, 0, copies, energy, 0, logWeight, 0, scratch);
        PooledScoreKernel.load(points, logWeight, force, copies, scratch);
        float[] target = new float[x.length];
        float[] denoising = new float[x.length];
        float[] effective = new float[rows];
        for (int row = 0; row < rows; row++) {
            PooledScoreKernel.run(x, dimension * row, variance[row], row % 2 == 0, target, dimension * row, denoising,
                    dimension * row, effective, row, scratch);
        }
        int hash = Arrays.hashCode(logWeight);
        hash = 31 * hash + Arrays.hashCode(target);
        hash = 31 * hash + Arrays.hashCode(denoising);
        return 31 * hash + Arrays.hashCode(effective);
    }

    private static MixtureConstants mixture(int dimension, boolean sameWidths, int modes) {
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
        return MixtureConstants.of(GaussianMixture.of(dimension, weights, centres, deviations));
    }

    private static float[] normals(int rows, int columns) {
        float[] out = new float[rows * columns];
        NormalKernel.normals(1, 2, 3, 4, 5, rows, columns, out, 0, new NoiseScratch());
        return out;
    }

    private static int scores(int dimension, boolean sameWidths, int copies) {
        int rows = 5;
        float[] x = normals(rows, dimension);
        MixtureConstants mixture = mixture(dimension, sameWidths, 11);
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
        return digest(0, target, denoising, effective, logMeanWeight);
    }
}
