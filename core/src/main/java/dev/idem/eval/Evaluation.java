package dev.idem.eval;

import dev.idem.config.EvaluationConfig;
import dev.idem.energy.GaussianMixture;
import dev.idem.energy.HostEnergy;
import dev.idem.energy.ParticleEnergy;
import dev.idem.task.ReferenceSystem;
import dev.idem.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The judgement of samples of a task, as a list of figures.
 *
 * @param samples number of samples
 * @param dimension coordinates
 * @param metrics figures
 * @param histograms of energies and pair distances of particles, beside those of a reference where there is one; else none
 * @param energyCalls energies computed for them
 */
public record Evaluation(int samples, int dimension, List<Metric> metrics, List<ParticleHistogram> histograms,
        long energyCalls) {

    /** Exact samples that the true mode weights are counted on, per sample judged. */
    private static final int TRUTH_FACTOR = 10;
    private static final int TRUTH_CHUNK = 100_000;

    /** Seeds of exact samples, apart from each other and from those of training. */
    private static final long EXACT_SEED = 0x45584143544FL;
    private static final long OTHER_SEED = 0x45584143545FL;
    private static final long TRUTH_SEED = 0x45584143546FL;

    /** Copies the lists. */
    public Evaluation {
        metrics = List.copyOf(metrics);
        histograms = List.copyOf(histograms);
    }

    /**
     * Judges samples of a task: against exact samples where the target is a mixture; else by what needs no truth. With a
     * reference, Wasserstein distances to it as well.
     *
     * @param values [row][axis] in the task's own coordinates, finite unless of particles, not modified
     * @param reference samples to compare with, [row][axis], not modified; absent for exact samples
     * @param config sizes of the Wasserstein sets
     * @param seed of the exact samples and of the cutting into sets
     * @param threads for the Wasserstein distances; figures do not depend on it
     * @throws IllegalArgumentException if the samples are not rows of the task's dimension or not finite
     */
    public static Evaluation of(Task task, float[] values, Optional<float[]> reference, EvaluationConfig config,
            long seed, int threads) {
        int dimension = task.dimension();
        int rows = Points.rows("samples", values.length, dimension);
        if (task.energy() instanceof ParticleEnergy energy) {
            return ofParticles(task, energy, values, reference, config, seed, threads);
        }
        Points.requireFinite("samples", values, dimension);
        List<Metric> metrics = new ArrayList<>();
        long calls = 0;
        Optional<GaussianMixture> mixture = task.exactMixture();
        if (mixture.isPresent()) {
            metrics.addAll(mixtureMetrics(mixture.get(), values, rows, config, seed, threads));
            calls += 3L * rows; // of the samples and of two exact sets
        } else if (task.energy() instanceof HostEnergy energy) {
            metrics.addAll(HostEvaluation.metrics(energy, task.unit(), values));
            calls += rows;
        }
        if (reference.isPresent()) {
            metrics.addAll(referenceMetrics(dimension, values, reference.get(), config, seed, threads));
        }
        return new Evaluation(rows, dimension, metrics, List.of(), calls);
    }

    /** Particles are judged by figures of their own; what explodes is counted, not refused. */
    private static Evaluation ofParticles(Task task, ParticleEnergy energy, float[] values,
            Optional<float[]> reference, EvaluationConfig config, long seed, int threads) {
        double bound = ReferenceSystem.bandOf(energy).map(ReferenceSystem.EnergyBand::explosionBound)
                .orElse(Double.POSITIVE_INFINITY);
        ParticleEvaluator evaluator = new ParticleEvaluator(ParticleTarget.of(energy, task.unit(), bound),
                config.setSize(), Math.max(1, config.pairs()), seed, threads);
        ParticleEvaluation judged = reference.map(truth -> evaluator.evaluate(values, truth))
                .orElseGet(() -> evaluator.evaluate(values));
        return new Evaluation(values.length / task.dimension(), task.dimension(), judged.metrics(),
                judged.histograms(), judged.energyCalls());
    }

    /**
     * Checks that samples may serve as the reference of a task, before something else takes time.
     *
     * @throws IllegalArgumentException if they are not rows of the task's dimension, fewer than two, or have a value or an energy that is
     *             not finite; of particles, also if all have the same energy
     */
    public static void requireReference(Task task, float[] reference, int threads) {
        if (Points.rows("reference", reference.length, task.dimension()) < 2) {
            throw new IllegalArgumentException("a reference needs at least 2 rows");
        }
        Points.requireFinite("reference", reference, task.dimension());
        if (task.energy() instanceof ParticleEnergy energy) {
            ParticleEvaluator.reference(ParticleTarget.of(energy, task.unit(), Double.POSITIVE_INFINITY), reference,
                    threads);
        }
    }

    private static List<Metric> mixtureMetrics(GaussianMixture mixture, float[] values, int rows,
            EvaluationConfig config, long seed, int threads) {
        int dimension = mixture.dimension();
        float[] exact = ExactSamples.of(mixture, seed ^ EXACT_SEED, 0, rows);
        float[] other = ExactSamples.of(mixture, seed ^ OTHER_SEED, 0, rows);
        ModeWeights truth = new ModeWeights(mixture.means(), dimension);
        for (long done = 0; done < (long) TRUTH_FACTOR * rows; done += TRUTH_CHUNK) {
            truth.add(ExactSamples.of(mixture, seed ^ TRUTH_SEED, (int) done, TRUTH_CHUNK));
        }
        int setSize = Math.min(config.setSize(), rows);
        int pairs = Math.max(1, Math.min(config.pairs(), SubsetDistances.pairsWithin(rows, setSize)));
        MixtureEvaluation evaluation = new MixtureEvaluator(dimension, mixture.means(), mixture.standardDeviations(),
                mixture::logDensity, truth)
                .evaluate(values, exact, other, new SubsetDistances(dimension, setSize, pairs, seed, threads));
        MixtureMetrics own = evaluation.samples();
        MixtureMetrics floor = evaluation.floor();
        TransportMetrics transport = evaluation.transport();
        String sets = "(" + pairs + " pairs of sets of " + setSize + ")";
        return List.of(
                Metric.of("modesHit", "modes with at least one sample, of " + own.modes(), own.modesHit(),
                        floor.modesHit()),
                Metric.of("modeWeightError", "rms relative error of the mode weights", own.modeWeightError(),
                        evaluation.expectedModeWeightError()),
                Metric.of("leastModeRatio", "least weight of a mode over its true weight", own.leastModeRatio(),
                        floor.leastModeRatio()),
                Metric.of("meanLogDensity", "mean log density", own.logDensity(), floor.logDensity()),
                Metric.of("energyW2", "Wasserstein-2 distance of the energies, rooted", own.energyW2(),
                        floor.energyW2()),
                Metric.of("w1", "Wasserstein-1 distance " + sets, transport.w1(), transport.w1Floor()),
                Metric.of("w2", "Wasserstein-2 distance, rooted " + sets, transport.w2(), transport.w2Floor()),
                new Metric("w2OverFloor", "w2 over its floor", transport.w2OverFloor().value(),
                        Metric.finite(transport.w2OverFloor().standardError()), 1.0, null),
                Metric.of("histogramDistance", "total variation of the 2-D histogram, first two coordinates",
                        own.histogramDistance(), floor.histogramDistance()),
                Metric.of("outsideShare", "share of samples outside the histogram's box", own.outsideShare(),
                        floor.outsideShare()));
    }

    private static List<Metric> referenceMetrics(int dimension, float[] values, float[] reference,
            EvaluationConfig config, long seed, int threads) {
        int rows = Points.rows("samples", values.length, dimension);
        int referenceRows = Points.rows("reference", reference.length, dimension);
        int setSize = Math.min(config.setSize(), Math.min(rows, referenceRows / 2));
        if (setSize < 1) {
            throw new IllegalArgumentException("a reference needs at least 2 rows, got " + referenceRows);
        }
        int half = referenceRows / 2 * dimension;
        float[] first = Arrays.copyOfRange(reference, 0, half);
        float[] second = Arrays.copyOfRange(reference, half, 2 * half);
        int pairs = Math.max(1, Math.min(config.pairs(),
                SubsetDistances.pairsWithin(Math.min(rows, referenceRows / 2), setSize)));
        TransportMetrics transport = new SubsetDistances(dimension, setSize, pairs, seed, threads).compare(values,
                first,
                second);
        String sets = " to the reference (" + pairs + " pairs of sets of " + setSize + "; floor: its halves)";
        return List.of(Metric.of("referenceW1", "Wasserstein-1 distance" + sets, transport.w1(), transport.w1Floor()),
                Metric.of("referenceW2", "Wasserstein-2 distance, rooted," + sets, transport.w2(),
                        transport.w2Floor()));
    }

    /** Returns the figures by name, in their order. */
    public Map<String, Metric> byName() {
        Map<String, Metric> named = new LinkedHashMap<>();
        metrics.forEach(metric -> named.put(metric.name(), metric));
        return Collections.unmodifiableMap(named);
    }

    /**
     * Returns the figure of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Metric metric(String name) {
        return metrics.stream().filter(metric -> metric.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no metric '" + name + "' among "
                        + metrics.stream().map(Metric::name).toList()));
    }
}
