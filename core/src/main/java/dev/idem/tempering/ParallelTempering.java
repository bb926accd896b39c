package dev.idem.tempering;

import dev.idem.eval.ChainDiagnostics;
import dev.idem.eval.ParallelTasks;
import dev.idem.io.SampleSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Draws reference samples of a density exp(−E) by parallel tempering.
 *
 * <p>Several independent {@link Ensemble}s share one {@link Ladder}. In the burn-in ladder and step sizes are tuned to the
 * rates that {@link TemperingSettings} ask for; after it nothing changes any more, so what is drawn has the right density.
 * Samples are the configurations at temperature 1, kept every so many sweeps, ensemble by ensemble.
 *
 * <p>The same seed gives the same bits whatever the number of threads. Memory: the chains, one part of the samples, and 8
 * bytes for each sample and observable, which the diagnostics need.
 */
public final class ParallelTempering {

    /** Burn-in in thirty-seconds: five rounds tune the ladder and the steps, one the steps, the last nothing. */
    private static final int[] LADDER_ROUNDS = {1, 1, 2, 4, 8};
    private static final int STEP_ROUND = 4;
    private static final int PARTS = 32;

    private static final int PART_ROWS = 64; // samples of each ensemble handed over at once
    private static final double THINNING_TIMES = 1.5;
    private static final int GREATEST_THINNING = 4096;
    private static final int LEAST_BURN_IN = 64;

    private final TemperingTarget target;
    private final TemperingSettings settings;
    private final long seed;
    private final int threads;
    private final Observables observables;
    private final int count; // of observables
    private final Ensemble[] ensembles;
    private Ladder ladder;

    private ParallelTempering(TemperingTarget target, TemperingSettings settings, long seed, int threads) {
        this.target = target;
        this.settings = settings;
        this.seed = seed;
        this.threads = threads;
        this.observables = new Observables(target);
        this.count = observables.names().size();
        this.ensembles = new Ensemble[settings.ensembles()];
        this.ladder = Ladder.geometric(target.hottest(), target.spread());
        forEach(number -> ensembles[number] = Ensemble.drawn(target, settings, ladder, seed, number));
    }

    /**
     * Draws samples.
     *
     * @param target what is sampled
     * @param settings how
     * @param samples how many, at least 1
     * @param seed of all random numbers
     * @param threads to use, at least 1; samples do not depend on it
     * @param sink takes the samples, [row][axis], in order
     * @param listener hears of the progress
     * @return what was done, with R-hat and effective sizes of the samples given to the sink
     * @throws IllegalArgumentException if samples or threads is not positive
     * @throws IOException if the sink or the listener throws it
     */
    public static TemperingReport sample(TemperingTarget target, TemperingSettings settings, long samples, long seed,
            int threads, SampleSink sink, TemperingListener listener) throws IOException {
        requirePositive(samples, threads);
        ParallelTempering tempering = new ParallelTempering(target, settings, seed, threads);
        int thinning = tempering.burnIn(listener);
        return tempering.draw(samples, thinning, sink, listener);
    }

    private static void requirePositive(long samples, int threads) {
        if (samples < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "samples is " + samples + " and threads " + threads + ", must be at least 1 each");
        }
    }

    /**
     * Draws samples with a given number of energy calls, burn-in included; they are as far apart as the calls allow.
     *
     * <p>The burn-in is the settings', but no longer than a quarter of the calls would last on the first ladder. The calls made differ from those asked for by
     * the chance of the numbers of leapfrog steps, a few per mille, and by what does not make a whole sweep for each sample.
     *
     * @param energyCalls asked for; those made come near, see above
     * @throws IllegalArgumentException if they do not allow a sweep for each sample; else as {@link #sample}
     */
    public static TemperingReport sampleWithin(TemperingTarget target, TemperingSettings settings, long energyCalls,
            long samples, long seed, int threads, SampleSink sink, TemperingListener listener) throws IOException {
        requirePositive(samples, threads);
        int firstLevels = Ladder.geometric(target.hottest(), target.spread()).levels();
        long perSweep = (long) settings.ensembles() * settings.leapfrogs() * firstLevels;
        long affordable = energyCalls / (4 * perSweep);
        if (affordable < LEAST_BURN_IN) {
            throw tooFew(energyCalls, samples, 4 * perSweep * LEAST_BURN_IN);
        }
        TemperingSettings shortened = settings.withBurnIn((int) Math.min(settings.burnIn(), affordable));
        ParallelTempering tempering = new ParallelTempering(target, shortened, seed, threads);
        tempering.burnIn(listener);
        long burnInCalls = tempering.energyCalls();
        long perEnsemble = Math.ceilDiv(samples, (long) settings.ensembles());
        long perRound = perEnsemble * settings.ensembles() * settings.leapfrogs() * tempering.ladder.levels();
        long thinning = (energyCalls - burnInCalls) / perRound;
        if (thinning < 1) {
            throw tooFew(energyCalls, samples, burnInCalls + perRound);
        }
        return tempering.draw(samples, (int) Math.min(thinning, Integer.MAX_VALUE), sink, listener);
    }

    private static IllegalArgumentException tooFew(long energyCalls, long samples, long needed) {
        return new IllegalArgumentException(energyCalls + " energy calls are too few for " + samples
                + " samples by parallel tempering: they take about " + needed);
    }

    /** Tunes, and returns the sweeps between samples. */
    private int burnIn(TemperingListener listener) throws IOException {
        int unit = settings.burnIn() / PARTS;
        int done = 0;
        for (int part : LADDER_ROUNDS) {
            tune(part * unit);
            Ladder tuned = ladder.withSteps(meanSteps()).tuned(refusals(), settings.swapRate());
            Ladder before = ladder;
            forEach(number -> ensembles[number].climb(before, tuned));
            ladder = tuned;
            done += part * unit;
            listener.round(true, done, settings.burnIn(), ladder.levels());
        }
        tune(STEP_ROUND * unit);
        ladder = ladder.withSteps(meanSteps());
        done += STEP_ROUND * unit;
        listener.round(true, done, settings.burnIn(), ladder.levels());

        int left = settings.burnIn() - done;
        double[][][] traces = new double[count][ensembles.length][left];
        forEach(number -> {
            ensembles[number].setSteps(ladder.steps());
            trace(number, left, 1, traces, 0, new float[0]);
        });
        listener.round(true, settings.burnIn(), settings.burnIn(), ladder.levels());
        return settings.thinning() > 0 ? settings.thinning() : thinning(traces, left);
    }

    private void tune(int sweeps) {
        forEach(number -> {
            Ensemble ensemble = ensembles[number];
            ensemble.clearStatistics();
            for (int sweep = 0; sweep < sweeps; sweep++) {
                ensemble.sweep(true);
            }
            ensemble.recentre();
        });
    }

    private int thinning(double[][][] traces, int draws) {
        double total = (double) draws * ensembles.length;
        double time = 1;
        for (double[][] chains : traces) {
            double size = ChainDiagnostics.bulkSize(chains);
            time = Math.max(time, Double.isNaN(size) ? 1 : total / size);
        }
        return (int) Math.min(GREATEST_THINNING, Math.ceil(THINNING_TIMES * time));
    }

    private TemperingReport draw(long samples, int thinning, SampleSink sink, TemperingListener listener)
            throws IOException {
        long burnInCalls = energyCalls();
        int perEnsemble = Math.toIntExact(Math.ceilDiv(samples, (long) ensembles.length));
        double[][][] traces = new double[count][ensembles.length][perEnsemble];
        float[][] parts = new float[ensembles.length][PART_ROWS * target.dimension()];
        forEach(number -> ensembles[number].clearStatistics());
        long given = 0;
        for (int done = 0; done < perEnsemble; done += PART_ROWS) {
            int rows = Math.min(PART_ROWS, perEnsemble - done);
            int from = done;
            forEach(number -> trace(number, rows, thinning, traces, from, parts[number]));
            for (float[] part : parts) {
                int wanted = (int) Math.min(rows, samples - given);
                if (wanted > 0) {
                    sink.accept(part, wanted);
                    given += wanted;
                }
            }
            listener.round(false, given, samples, ladder.levels());
        }
        List<ObservableReport> reports = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            reports.add(ObservableReport.of(observables.names().get(k), traces[k]));
        }
        return new TemperingReport(samples, seed, settings, thinning, (long) perEnsemble * thinning, levels(),
                Arrays.stream(ensembles).mapToLong(Ensemble::roundTrips).sum(), burnInCalls, energyCalls(), reports);
    }

    /**
     * Sweeps an ensemble and keeps every so many sweeps the observables and, where there is room, the configuration.
     *
     * @param traces [observable][ensemble][draw], modified from draw {@code from} on
     * @param samples [row][axis], modified; empty for none
     */
    private void trace(int number, int draws, int thinning, double[][][] traces, int from, float[] samples) {
        Ensemble ensemble = ensembles[number];
        double[] values = new double[count];
        int dimension = target.dimension();
        for (int draw = 0; draw < draws; draw++) {
            for (int sweep = 0; sweep < thinning; sweep++) {
                ensemble.sweep(false);
            }
            ensemble.recentre();
            double[] x = ensemble.position();
            observables.write(x, ensemble.energy(), ensemble.force(), values, 0);
            for (int k = 0; k < count; k++) {
                traces[k][number][from + draw] = values[k];
            }
            for (int k = 0; k < dimension && samples.length > 0; k++) {
                samples[draw * dimension + k] = (float) x[k];
            }
        }
    }

    private void forEach(IntConsumer task) {
        ParallelTasks.run(ensembles.length, threads, task);
    }

    private double[] meanSteps() {
        return IntStream.range(0, ladder.levels()).mapToDouble(level -> {
            double logs = 0;
            for (Ensemble ensemble : ensembles) {
                logs += StrictMath.log(ensemble.step(level));
            }
            return StrictMath.exp(logs / ensembles.length);
        }).toArray();
    }

    private double[] refusals() {
        return IntStream.range(0, ladder.levels() - 1).mapToDouble(level -> 1 - exchangeRate(level)).toArray();
    }

    private double exchangeRate(int level) {
        return Arrays.stream(ensembles).mapToDouble(ensemble -> ensemble.exchangeRate(level)).average().orElseThrow();
    }

    private List<LevelReport> levels() {
        return IntStream.range(0, ladder.levels()).mapToObj(level -> new LevelReport(ladder.temperatures()[level],
                ladder.steps()[level],
                Arrays.stream(ensembles).mapToDouble(ensemble -> ensemble.acceptance(level)).average().orElseThrow(),
                level + 1 < ladder.levels() ? exchangeRate(level) : 0)).toList();
    }

    private long energyCalls() {
        return Arrays.stream(ensembles).mapToLong(Ensemble::energyCalls).sum();
    }
}
