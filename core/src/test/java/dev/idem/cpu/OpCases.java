package dev.idem.cpu;

import dev.idem.energy.AnalyticEnergy;
import dev.idem.energy.Energy;
import dev.idem.energy.Funnel;
import dev.idem.energy.GaussianMixture;
import dev.idem.energy.LennardJones;
import dev.idem.energy.ManyWell;
import dev.idem.energy.PairDoubleWell;
import dev.idem.energy.ParticleEnergy;
import dev.idem.program.Activation;
import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.CounterOp;
import dev.idem.program.EnergyOp;
import dev.idem.program.GradientOp;
import dev.idem.program.LossOp;
import dev.idem.program.LossWeight;
import dev.idem.program.MetricOp;
import dev.idem.program.MoveRule;
import dev.idem.program.NetworkOp;
import dev.idem.program.NoiseBins;
import dev.idem.program.NoiseOp;
import dev.idem.program.Op;
import dev.idem.program.OptimiserOp;
import dev.idem.program.ReplayOp;
import dev.idem.program.ReplayRows;
import dev.idem.program.Role;
import dev.idem.program.SamplerOp;
import dev.idem.program.ScoreOp;
import dev.idem.program.TargetOp;
import dev.idem.schedule.LearningRate;
import dev.idem.schedule.NoiseSchedule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One or more instances of every op type at a given size, over state buffers that a test fills. */
public final class OpCases {

    private static final Buffer COUNTER = Counter.buffer("counter");
    private static final Buffer CURSOR = Buffer.ints("cursor", 1, 2, Role.STATE);
    private static final NoiseBins BINS = new NoiseBins(6, 0.05, 2);

    private final int rows;
    private final int columns;

    /** Makes cases of that many rows, and columns where an op has them. */
    public OpCases(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    private Buffer matrix(String name) {
        return Buffer.floats(name, rows, columns, Role.STATE);
    }

    /** A column whose name begins with "positive" is filled with positive numbers. */
    private Buffer column(String name) {
        return Buffer.floats(name, rows, 1, Role.STATE);
    }

    private static Buffer one(String name) {
        return Buffer.floats(name, 1, 1, Role.STATE);
    }

    /** Returns all cases. */
    public List<Op> all() {
        List<Op> ops = new ArrayList<>();
        ops.addAll(noise());
        ops.addAll(replay());
        ops.addAll(energies());
        ops.addAll(targets());
        ops.addAll(pooled());
        ops.addAll(networks());
        ops.addAll(optimiser());
        ops.addAll(new PairCases(Math.min(rows, 131), columns).all());
        return ops;
    }

    private List<Op> noise() {
        Buffer replay = Buffer.floats("replay", 2 * rows + 1, columns, Role.STATE);
        Buffer table = Buffer.floats("table", 8, SamplerOp.COLUMNS, Role.STATE);
        return List.of(new CounterOp.Advance(COUNTER, Counter.STEP, 3),
                new CounterOp.Assign(COUNTER, Counter.FIRST_ROW, 9), new NoiseOp.Times(COUNTER, column("t"), false, 1),
                new NoiseOp.Times(COUNTER, column("t"), true, 2),
                new NoiseOp.Variances(column("positiveT"), column("h"), new NoiseSchedule.Geometric(0.01, 3)),
                new NoiseOp.Gaussian(COUNTER, matrix("x"), 1.7, 3),
                new NoiseOp.Perturb(COUNTER, matrix("x"), column("positiveH"), matrix("y"), 4),
                new NoiseOp.GatherReplay(COUNTER, replay, CURSOR, matrix("x"), 5),
                new NoiseOp.AppendReplay(matrix("x"), replay, CURSOR),
                new SamplerOp.Level(COUNTER, table, one("time"), one("variance")),
                new SamplerOp.Step(COUNTER, table, matrix("s"), matrix("x"), matrix("p"), 6));
    }

    private List<Op> replay() {
        ReplayRows kept = ReplayRows.state("kept", 2 * rows + 1, columns);
        ReplayRows moved = ReplayRows.state("moved", rows, columns);
        Buffer bound = one("bound");
        return List.of(new ReplayOp.AppendRows(moved, kept, CURSOR, bound, one("leftOut")),
                new ReplayOp.TakeRun(COUNTER, kept, CURSOR, moved, 12),
                new ReplayOp.PutRun(COUNTER, moved, kept, CURSOR, 12));
    }

    private GaussianMixture mixture() {
        double[] means = new double[3 * columns];
        for (int i = 0; i < means.length; i++) {
            means[i] = Math.sin(i);
        }
        return GaussianMixture.of(columns, new double[] {1, 2, 3}, means, new double[] {0.5, 0.7, 0.6});
    }

    /** Rows that share 1 or 2 copies each, see {@link #firstCopy}; fewer than elsewhere, for all pairs are formed. */
    private List<Op> pooled() {
        if (columns > TargetOp.PooledScore.LARGEST_DIMENSION) {
            return List.of();
        }
        int pooledRows = Math.min(rows, 150);
        int copies = firstCopy(pooledRows);
        Buffer x = Buffer.floats("x", pooledRows, columns, Role.STATE);
        Buffer variance = Buffer.floats("positiveH", pooledRows, 1, Role.STATE);
        Buffer first = Buffer.ints("firstCopy", pooledRows + 1, 1, Role.CONSTANT);
        Buffer points = Buffer.floats("points", copies, columns, Role.STATE);
        Buffer force = Buffer.floats("force", copies, columns, Role.STATE);
        Buffer energy = Buffer.floats("energy", copies, 2, Role.STATE);
        Buffer weight = Buffer.floats("weight", copies, 2, Role.STATE);
        Buffer target = Buffer.floats("a", pooledRows, columns, Role.STATE);
        Buffer denoising = Buffer.floats("b", pooledRows, columns, Role.STATE);
        Buffer effective = Buffer.floats("e", pooledRows, 1, Role.STATE);
        return List.of(
                new TargetOp.DrawCopies(COUNTER, x, variance, first, points, energy, force, mixture(), 10),
                new TargetOp.DrawCopies(COUNTER, x, variance, first, points, energy, force,
                        new QuarticEnergy(columns), 11),
                new TargetOp.BalanceCopies(x, variance, first, points, energy, weight),
                new TargetOp.PooledScore(x, variance, points, weight, force, target, denoising, effective, false),
                new TargetOp.PooledScore(x, variance, points, weight, force, target, denoising, effective, true));
    }

    /** Returns where the copies of a row of {@link #pooled} begin. */
    static int firstCopy(int row) {
        return row + row / 3;
    }

    private List<Op> targets() {
        GaussianMixture mixture = mixture();
        Buffer copies = Buffer.ints("copies", rows, 1, Role.CONSTANT);
        Buffer mixing = Buffer.floats("positiveMixing", BINS.count(), 2, Role.STATE);
        Buffer sums = Buffer.floats("sums", BINS.count(), 3, Role.STATE);
        List<Op> ops = new ArrayList<>(List.of(
                new TargetOp.MonteCarloScore(COUNTER, matrix("x"), column("positiveH"), copies, matrix("a"),
                        matrix("b"), column("e"), mixture, false, 7),
                new TargetOp.MonteCarloScore(COUNTER, matrix("x"), column("positiveH"), copies, matrix("a"),
                        matrix("b"), column("e"), mixture, true, 8),
                new TargetOp.MonteCarloScore(COUNTER, matrix("x"), column("positiveH"), copies, matrix("a"),
                        matrix("b"), column("e"), new QuarticEnergy(columns), false, 9),
                new TargetOp.PairDenoising(matrix("a"), matrix("x"), column("positiveH"), matrix("b")),
                new TargetOp.Blend(matrix("a"), matrix("b"), column("e"), matrix("y"), -0.5, 0.9),
                new TargetOp.MixKnown(matrix("a"), matrix("b"), column("positiveH"), matrix("y"), 0.4),
                new TargetOp.MixLearned(matrix("a"), matrix("b"), column("positiveH"), mixing, matrix("y"), BINS),
                new TargetOp.MixingSums(matrix("s"), matrix("a"), matrix("b"), column("positiveH"), sums, BINS, 2),
                new TargetOp.UpdateMixing(sums, mixing, 0.9), new TargetOp.ClipParts(matrix("a"), matrix("y"), 0.8, 1),
                new TargetOp.ClipParts(matrix("a"), matrix("y"), 0.8, columns)));
        for (AnalyticEnergy energy : gentleEnergies()) {
            ops.add(new TargetOp.MonteCarloScore(COUNTER, matrix("x"), column("positiveH"), copies, matrix("a"),
                    matrix("b"), column("e"), energy, true, 10));
            if (energy instanceof ParticleEnergy particles) {
                ops.add(new TargetOp.GuidedScore(COUNTER, matrix("clean"), matrix("x"), column("positiveH"), copies,
                        matrix("a"), matrix("b"), column("e"), particles, 3, 12));
            }
        }
        return ops;
    }

    private Op move(Energy target, @Nullable Buffer inverseTemperature, MoveRule rule) {
        return new EnergyOp.Move(COUNTER, matrix("x"), column("e"), matrix("f"), column("positiveStep"),
                inverseTemperature, column("moves"), target, rule, 11);
    }

    private List<Op> energies() {
        Buffer energy = column("e");
        List<Op> ops = new ArrayList<>();
        List<Energy> targets = new ArrayList<>(gentleEnergies());
        targets.add(new QuarticEnergy(columns));
        targets.add(mixture());
        for (Energy target : targets) {
            ops.add(new EnergyOp.OfRows(matrix("x"), energy, null, target));
            ops.add(new EnergyOp.OfRows(matrix("x"), energy, matrix("f"), target));
            ops.add(move(target, null, new MoveRule(MoveRule.Kind.METROPOLIS, 0.7, 0, 0.5, Double.NEGATIVE_INFINITY)));
        }
        for (MoveRule.Kind kind : MoveRule.Kind.values()) {
            ops.add(move(targets.getFirst(), column("positiveBeta"),
                    new MoveRule(kind, 2, 0.1, 0.5, Double.NEGATIVE_INFINITY)));
            ops.add(move(targets.getLast(), null, new MoveRule(kind, 0.7, 0.1, 0.5, Double.NEGATIVE_INFINITY)));
        }
        ops.add(move(targets.getFirst(), null, MoveRule.descentAbove(0.2, 2, 0.1)));
        ops.add(move(targets.getFirst(), column("positiveBeta"), MoveRule.adapting(2, 0.1).trajectories(3)));
        ops.add(move(targets.getLast(), null, MoveRule.exact(0.7).trajectories(2)));
        return ops;
    }

    /** Energies of this dimension that no filling of the buffers makes huge; every kind at some size. */
    private List<AnalyticEnergy> gentleEnergies() {
        List<AnalyticEnergy> energies = new ArrayList<>();
        if (columns > 1) {
            energies.add(new PairDoubleWell(columns, 1, 0.02, -0.1, 0.1, 1.5));
            energies.add(new LennardJones(columns, 1, 0.01, 0.5, 0.4, 0.3));
            energies.add(new Funnel(columns));
        }
        if (columns % 2 == 0) {
            energies.add(new ManyWell(columns));
        }
        return energies;
    }

    private List<Op> networks() {
        Buffer embedded = Buffer.floats("embedded", rows, columns * 6, Role.STATE);
        int out = columns + 3;
        Buffer wide = Buffer.floats("wide", rows, out, Role.STATE);
        Buffer wideToo = Buffer.floats("wideToo", rows, out, Role.STATE);
        Buffer row = Buffer.floats("row", 1, out, Role.STATE);
        Buffer parameters = Buffer.floats("parameters", 5 + columns * out + out, 1, Role.STATE);
        Buffer gradient = Buffer.floats("parameterGradient", parameters.rows(), 1, Role.STATE);
        int bias = 5 + columns * out;
        List<Op> ops = new ArrayList<>(List.of(new NetworkOp.Embedding(matrix("x"), embedded, 2.5, 10_000),
                new NetworkOp.Linear(matrix("x"), parameters, null, wide, 5, bias),
                new NetworkOp.Linear(matrix("x"), parameters, wideToo, wide, 5, -1),
                new NetworkOp.Linear(matrix("x"), parameters, row, wide, 5, -1),
                new NetworkOp.Linear(matrix("x"), parameters, null, wide, 5, -1),
                new NetworkOp.Gate(matrix("x"), parameters, matrix("y"), 5, 4),
                new GradientOp.Gate(matrix("a"), matrix("x"), parameters, matrix("y"), gradient, 5, 4),
                new NetworkOp.Modulate(matrix("x"), parameters, matrix("y"), 5),
                new GradientOp.Modulate(matrix("a"), matrix("x"), parameters, matrix("y"), gradient, 5),
                new ScoreOp.Denoised(matrix("x"), matrix("a"), column("positiveH"), matrix("y"), 0.5),
                new ScoreOp.LogDeviation(column("positiveH"), column("t")),
                new GradientOp.Denoised(matrix("s"), column("positiveH"), matrix("y"), 0.5, false),
                new GradientOp.Denoised(matrix("s"), column("positiveH"), matrix("y"), 0.5, true),
                new GradientOp.Seed(column("t"), 0.25), new GradientOp.Add(matrix("x"), matrix("y"), true),
                new GradientOp.Add(matrix("x"), matrix("y"), false),
                new GradientOp.SquaredError(column("t"), matrix("a"), matrix("b"), column("positiveH"), matrix("y"),
                        new LossWeight.Variance()),
                new GradientOp.DenoiserScore(matrix("s"), column("positiveH"), matrix("y"), 0.5),
                new GradientOp.LinearInput(wide, parameters, matrix("y"), 5, false),
                new GradientOp.LinearInput(wide, parameters, matrix("y"), 5, true),
                new GradientOp.LinearWeight(matrix("x"), wide, gradient, 5, bias),
                new GradientOp.LinearWeight(matrix("x"), wide, gradient, 5, -1),
                new ScoreOp.ScaleInput(matrix("x"), column("positiveH"), matrix("y"), 0.5),
                new ScoreOp.DenoiserScore(matrix("x"), matrix("a"), column("positiveH"), matrix("s"), 0.5),
                new LossOp.SquaredError(matrix("a"), matrix("b"), column("positiveH"), column("t"),
                        new LossWeight.Denoiser(0.5)),
                new LossOp.Mean(column("t"), one("mean"))));
        for (Activation activation : Activation.values()) {
            ops.add(new NetworkOp.Activate(matrix("x"), null, matrix("y"), activation));
            ops.add(new NetworkOp.Activate(matrix("x"), matrix("a"), matrix("y"), activation));
            ops.add(new GradientOp.Activate(matrix("a"), matrix("x"), matrix("y"), activation));
            for (int at : new int[] {-1, bias}) {
                ops.add(new NetworkOp.ActivatedLinear(matrix("x"), parameters, null, wide, 5, at, activation));
                ops.add(new NetworkOp.ActivatedLinear(matrix("x"), parameters, wideToo, wide, 5, at, activation));
                ops.add(new GradientOp.ActivatedLinear(wide, matrix("x"), parameters, matrix("y"), gradient, 5, at,
                        activation));
            }
        }
        return ops;
    }

    private List<Op> optimiser() {
        Buffer totals = Buffer.floats("totals", BINS.count(), 2, Role.STATE);
        Buffer values = Buffer.floats("values", BINS.count(), 2, Role.STATE);
        return List.of(new OptimiserOp.SumOfSquares(column("t"), one("sum")),
                new OptimiserOp.Rate(COUNTER, one("rate"), new LearningRate(0.1, 7, 50, 0.1)),
                new OptimiserOp.Adam(column("t"), one("positiveSum"), one("positiveRate"), COUNTER, column("p1"),
                        column("m"), column("positiveV"), 0.9, 0.99, 1e-8, 0.5),
                new OptimiserOp.MovingAverage(column("p1"), COUNTER, column("average"), 0.99),
                new MetricOp.SumByNoise(column("t"), column("positiveH"), totals, BINS),
                new MetricOp.Accumulate(values, totals), new MetricOp.Reset(totals));
    }
}
