package dev.idem.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Judges samples of a system of particles: by what needs no truth, and against a reference.
 *
 * <p>Distances are means over pairs of disjoint sets of equal size, one of the samples and one of the reference's first
 * half. The floor is the same figure of sets of the reference's second half. A sample has <em>exploded</em> if its
 * energy is not finite or above the target's bound ({@link ParticleTarget#exploded}); exploded samples are counted, and every figure they could ruin is given with them and, as {@code …Unexploded}, without them. A
 * figure that is not finite with them is given as infinite.
 */
public final class ParticleEvaluator {

    /** Sets of the aligned distance are at most this large where it is exact. */
    static final int EXACT_ALIGNED_SIZE = 1000;

    /** Work of one aligned distance that is a bound, size² · particles³ · starts: some seconds of one core. */
    private static final double ALIGNED_WORK = 3.5e8;

    private static final String ENERGY = "energy";
    private static final String PAIR_DISTANCE = "pair distance";
    private static final int ENERGY_BARS = 60;
    private static final int DISTANCE_BARS = 100;
    private static final int MOST_ALIGNED_PAIRS = 3;
    private static final String UNEXPLODED = "Unexploded";

    private final ParticleTarget target;
    private final int setSize;
    private final int pairs;
    private final long seed;
    private final int threads;

    /**
     * Takes the target and the sizes.
     *
     * @param target what was sampled
     * @param setSize samples in a set, at least 1; fewer are taken where there are fewer samples
     * @param pairs pairs of sets behind each mean, at least 1; fewer are taken where there are fewer samples
     * @param seed of the cutting into sets
     * @param threads to use; figures do not depend on it
     * @throws IllegalArgumentException if a number is not positive
     */
    public ParticleEvaluator(ParticleTarget target, int setSize, int pairs, long seed, int threads) {
        if (setSize < 1 || pairs < 1 || threads < 1) {
            throw new IllegalArgumentException("setSize is " + setSize + ", pairs " + pairs + " and threads " + threads
                    + ", must be at least 1 each");
        }
        this.target = target;
        this.setSize = setSize;
        this.pairs = pairs;
        this.seed = seed;
        this.threads = threads;
    }

    /**
     * Judges samples by what needs no truth.
     *
     * @param samples [row][particle][axis], not modified; need not be finite
     * @throws IllegalArgumentException if they are not whole rows
     */
    public ParticleEvaluation evaluate(float[] samples) {
        ParticleSample sample = new ParticleSample("samples", target, samples, threads);
        return new ParticleEvaluation(ownMetrics(sample), histograms(sample), sample.rows());
    }

    /**
     * Judges samples against a reference.
     *
     * @param samples [row][particle][axis], not modified; need not be finite
     * @param reference true samples, finite, at least 2 rows, their order of no meaning; not modified
     * @throws IllegalArgumentException if one is not whole rows, or the reference has a value or an energy that is not
     *             finite, or the same energy in all rows
     */
    public ParticleEvaluation evaluate(float[] samples, float[] reference) {
        ParticleSample sample = new ParticleSample("samples", target, samples, threads);
        ParticleSample truth = reference(target, reference, threads);
        List<Metric> metrics = new ArrayList<>(ownMetrics(sample));
        metrics.replaceAll(metric -> withFloor(metric, truth));
        metrics.addAll(distances(sample, truth));
        return new ParticleEvaluation(metrics, histograms(sample, truth), (long) sample.rows() + truth.rows());
    }

    /**
     * Returns a reference.
     *
     * @throws IllegalArgumentException if it is not fit for one
     */
    static ParticleSample reference(ParticleTarget target, float[] reference, int threads) {
        Points.requireFinite("reference", reference, target.dimension());
        ParticleSample truth = new ParticleSample("reference", target, reference, threads);
        if (truth.rows() < 2 || truth.notFiniteCount() > 0) {
            throw new IllegalArgumentException("reference has " + truth.rows() + " rows, " + truth.notFiniteCount()
                    + " of them with an energy that is not finite; must have at least 2 and none");
        }
        double[] energies = truth.energies(truth.allRows());
        if (!differ(energies)) {
            throw new IllegalArgumentException("reference has the energy " + energies[0] + " in all of its "
                    + truth.rows() + " rows; must have at least 2 different energies");
        }
        return truth;
    }

    private static boolean differ(double[] values) {
        return Arrays.stream(values).distinct().limit(2).count() == 2;
    }

    private List<Metric> ownMetrics(ParticleSample sample) {
        int[] all = sample.allRows();
        int[] kept = sample.unexploded(all);
        int exactVirial = target.exactVirial();
        return List.of(new Metric("exploded", "samples that have exploded: energy above "
                + target.explosionBound() + ", or not finite",
                sample.explodedCount(), null, 0.0, null),
                new Metric("notFinite", "of these, samples that are not finite", sample.notFiniteCount(), null, 0.0,
                        null),
                figure("meanEnergy", "mean energy", sample.energies(all), null),
                figure("meanEnergy" + UNEXPLODED, "the same of the unexploded", sample.energies(kept), null),
                figure("virial", "mean of x·grad E; " + exactVirial + " if exact", sample.virials(all),
                        (double) exactVirial),
                figure("virial" + UNEXPLODED, "the same of the unexploded", sample.virials(kept),
                        (double) exactVirial),
                new Metric("meanForceZ", "mean force over its standard error, rms over components, of the unexploded",
                        sample.meanForceZ(), null, 1.0, null));
    }

    private static Metric figure(String name, String description, double[] values,
            @Nullable Double floor) {
        Estimate mean = values.length == 0 ? new Estimate(Double.NaN, Double.NaN, 0) : Estimate.ofMean(values);
        return new Metric(name, description, mean.value(), Metric.finite(mean.standardError()), floor, null);
    }

    /** Puts what the reference says where no exact value is known. */
    private static Metric withFloor(Metric metric, ParticleSample truth) {
        if (!metric.name().startsWith("meanEnergy")) {
            return metric;
        }
        Estimate mean = Estimate.ofMean(truth.energies(truth.allRows()));
        return new Metric(metric.name(), metric.description(), metric.value(), metric.standardError(), mean.value(),
                Metric.finite(mean.standardError()));
    }

    /** A figure of some rows of one sample against some of another. */
    private interface Comparison<T> {
        T of(ParticleSample sample, int[] rows, ParticleSample reference, int[] referenceRows);
    }

    /** Pairs of disjoint sets of a sample and of a reference, whose other half gives the floor. */
    private record SetPairs(ParticleSample sample, ParticleSample truth, int size, int count, DisjointSets own,
            DisjointSets halves) {

        static SetPairs of(ParticleSample sample, ParticleSample truth, int mostSize, int mostPairs, long seed) {
            int half = truth.rows() / 2;
            int rows = Math.min(sample.rows(), half);
            int size = Math.min(mostSize, rows);
            return new SetPairs(sample, truth, size, Math.min(mostPairs, rows / size),
                    new DisjointSets(sample.rows(), size, seed), new DisjointSets(2 * half, size, seed));
        }

        /** Returns the figures of a pair: of all samples, of the unexploded ones, of the reference's other half. */
        <T> List<T> compare(int pair, Comparison<T> comparison) {
            int[] rows = own.rows(pair);
            int[] kept = sample.unexploded(rows);
            int[] against = halves.rows(2 * pair);
            T all = comparison.of(sample, rows, truth, against);
            T unexploded = kept.length == rows.length ? all : comparison.of(sample, kept, truth, against);
            return List.of(all, unexploded, comparison.of(truth, halves.rows(2 * pair + 1), truth, against));
        }
    }

    private List<Metric> distances(ParticleSample sample, ParticleSample truth) {
        SetPairs setPairs = SetPairs.of(sample, truth, setSize, pairs, seed);
        int size = setPairs.size;
        int count = setPairs.count;
        SetComparison[][] results = new SetComparison[count][];
        ParallelTasks.run(count, threads,
                pair -> results[pair] = setPairs.compare(pair, this::compare).toArray(SetComparison[]::new));
        String sets = " (" + count + " pairs of sets of " + size + ")";
        List<Metric> metrics = new ArrayList<>();
        add(metrics, results, "energyW1", "Wasserstein-1 distance of the energies" + sets, SetComparison::energyW1);
        add(metrics, results, "energyW2", "Wasserstein-2 distance of the energies, rooted" + sets,
                SetComparison::energyW2);
        add(metrics, results, "energy_w2", "the same squared, the published code's energy_w2" + sets,
                comparison -> comparison.energyW2() * comparison.energyW2());
        add(metrics, results, "distanceTv", "total variation of the pair distances, 200 bins, with what is outside"
                + sets, SetComparison::totalVariation);
        add(metrics, results, "distanceTvWithin", "the same of what is inside alone, as published" + sets,
                SetComparison::totalVariationWithin);
        add(metrics, results, "distancesOutside", "share of pair distances outside the bins" + sets,
                SetComparison::outsideShare);
        add(metrics, results, "w2", "Wasserstein-2 distance of the coordinates, rooted" + sets, SetComparison::w2);
        metrics.addAll(aligned(sample, truth));
        return metrics;
    }

    private SetComparison compare(ParticleSample sample, int[] rows, ParticleSample reference, int[] referenceRows) {
        return SetComparison.of(target, sample, rows, reference, referenceRows);
    }

    private static void add(List<Metric> metrics, SetComparison[][] results, String name, String description,
            ToDoubleFunction<SetComparison> figure) {
        List<Estimate> means = IntStream.range(0, 3)
                .mapToObj(kind -> Estimate.ofMean(
                        Arrays.stream(results).mapToDouble(pair -> figure.applyAsDouble(pair[kind])).toArray()))
                .toList();
        metrics.add(Metric.of(name, description, means.get(0), means.get(2)));
        metrics.add(Metric.of(name + UNEXPLODED, "the same of the unexploded", means.get(1), means.get(2)));
    }

    private List<Metric> aligned(ParticleSample sample, ParticleSample truth) {
        AlignedWasserstein distance = new AlignedWasserstein(target.particles(), target.axes(),
                AlignedWasserstein.DEFAULT_STARTS, threads);
        SetPairs setPairs = SetPairs.of(sample, truth, alignedSetSize(), Math.min(pairs, MOST_ALIGNED_PAIRS), seed);
        int size = setPairs.size;
        int count = setPairs.count;
        double[][] results = new double[3][count];
        for (int pair = 0; pair < count; pair++) {
            List<Double> figures = setPairs.compare(pair, (from, rows, reference, referenceRows) -> SetComparison
                    .aligned(distance, from, rows, reference, referenceRows));
            for (int kind = 0; kind < results.length; kind++) {
                results[kind][pair] = figures.get(kind);
            }
        }
        Estimate floor = Estimate.ofMean(results[2]);
        return List.of(
                Metric.of("alignedW2", "w2 up to rotation, reflection and permutation, "
                        + (distance.exact() ? "exact" : "an upper bound") + " (" + count + " pairs of sets of " + size
                        + ")", Estimate.ofMean(results[0]), floor),
                Metric.of("alignedW2" + UNEXPLODED, "the same of the unexploded", Estimate.ofMean(results[1]), floor));
    }

    /** Returns the samples in a set of the aligned distance: all n² of its costs are needed. */
    private int alignedSetSize() {
        int particles = target.particles();
        if (particles <= AlignedDistance.MOST_EXACT_PARTICLES) {
            return Math.min(setSize, EXACT_ALIGNED_SIZE);
        }
        double ofOne = (double) particles * particles * particles * AlignedWasserstein.DEFAULT_STARTS;
        return Math.min(setSize, Math.max(20, (int) Math.sqrt(ALIGNED_WORK / ofOne)));
    }

    private static List<ParticleHistogram> histograms(ParticleSample sample, ParticleSample truth) {
        LineHistogram energies = LineHistogram.of(truth.energies(truth.allRows()), ENERGY_BARS);
        LineHistogram distances = addDistances(distanceBins(truth, truth.allRows()), truth);
        return histograms(sample, energies, Optional.of(energies), distances, Optional.of(distances));
    }

    /** Bins are those of the samples that have not exploded. */
    private static List<ParticleHistogram> histograms(ParticleSample sample) {
        int[] kept = sample.unexploded(sample.allRows());
        double[] energies = sample.energies(kept);
        if (!differ(energies)) {
            return List.of();
        }
        return histograms(sample, LineHistogram.of(energies, ENERGY_BARS), Optional.empty(),
                distanceBins(sample, kept), Optional.empty());
    }

    private static List<ParticleHistogram> histograms(ParticleSample sample, LineHistogram energyBins,
            Optional<LineHistogram> energies, LineHistogram distanceBins, Optional<LineHistogram> distances) {
        return List.of(
                new ParticleHistogram(ENERGY, energyBins.emptyCopy().add(sample.energies(sample.allRows())), energies),
                new ParticleHistogram(PAIR_DISTANCE, addDistances(distanceBins.emptyCopy(), sample), distances));
    }

    private static LineHistogram distanceBins(ParticleSample sample, int[] rows) {
        DoubleSummaryStatistics range = sample.pairDistanceBlocks(rows).flatMapToDouble(Arrays::stream)
                .summaryStatistics();
        return LineHistogram.onInterval(range.getMin(), range.getMax(), DISTANCE_BARS);
    }

    private static LineHistogram addDistances(LineHistogram histogram, ParticleSample sample) {
        sample.pairDistanceBlocks(sample.allRows()).forEach(histogram::add);
        return histogram;
    }
}
