package dev.idem.reference;

import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.CounterOp;
import dev.idem.program.EnergyOp;
import dev.idem.program.GradientOp;
import dev.idem.program.LossOp;
import dev.idem.program.MetricOp;
import dev.idem.program.NetworkOp;
import dev.idem.program.NoiseOp;
import dev.idem.program.Op;
import dev.idem.program.OptimiserOp;
import dev.idem.program.PairGradientOp;
import dev.idem.program.PairOp;
import dev.idem.program.ReplayOp;
import dev.idem.program.SamplerOp;
import dev.idem.program.ScoreOp;
import dev.idem.program.TargetOp;
import dev.idem.random.Normals;
import dev.idem.random.Uniforms;
import java.util.Arrays;

/** The definition of every op but the score target and the network's, as loops. */
final class ReferenceOps {

    private ReferenceOps() {}

    static void run(Op op, ReferenceSession session) {
        switch (op) {
            case CounterOp counter -> run(counter, session);
            case NoiseOp noise -> run(noise, session);
            case ReplayOp replay -> ReferenceReplay.run(replay, session);
            case EnergyOp energy -> ReferenceEnergies.run(energy, session);
            case TargetOp target -> ReferenceTargets.run(target, session);
            case ScoreOp score -> run(score, session);
            case NetworkOp network -> ReferenceNetworks.run(network, session);
            case GradientOp gradient -> ReferenceNetworks.run(gradient, session);
            case PairOp pair -> ReferencePairs.run(pair, session);
            case PairGradientOp pair -> ReferencePairGradients.run(pair, session);
            case LossOp loss -> run(loss, session);
            case OptimiserOp optimiser -> run(optimiser, session);
            case SamplerOp sampler -> run(sampler, session);
            case MetricOp metric -> run(metric, session);
        }
    }

    private static void run(CounterOp op, ReferenceSession session) {
        switch (op) {
            case CounterOp.Advance advance -> session.ints(advance.counter())[advance.word()] += advance.amount();
            case CounterOp.Assign assign -> session.ints(assign.counter())[assign.word()] = assign.value();
        }
    }

    static double normal(ReferenceSession session, Buffer counter, int stream, int row, int element) {
        return normalLater(session, counter, 0, stream, row, element);
    }

    /** Returns the normal number of a step after the counter's. */
    static double normalLater(ReferenceSession session, Buffer counter, int later, int stream, int row, int element) {
        int[] words = session.ints(counter);
        return Normals.normal(words[Counter.SEED_LOW], words[Counter.SEED_HIGH], stream, words[Counter.STEP] + later,
                words[Counter.FIRST_ROW] + row, element);
    }

    static float uniform(ReferenceSession session, Buffer counter, int stream, int row) {
        int[] words = session.ints(counter);
        return Uniforms.uniform(words[Counter.SEED_LOW], words[Counter.SEED_HIGH], stream, words[Counter.STEP],
                words[Counter.FIRST_ROW] + row, 0);
    }

    private static void run(NoiseOp op, ReferenceSession session) {
        switch (op) {
            case NoiseOp.Times times -> {
                for (int row = 0; row < times.rows(); row++) {
                    double u = uniform(session, times.counter(), times.stream(), row);
                    session.set(times.time(), row, 0, times.stratified() ? (row + u) / times.rows() : u);
                }
            }
            case NoiseOp.Variances variances -> {
                for (int row = 0; row < variances.rows(); row++) {
                    session.set(variances.variance(), row, 0,
                            variances.schedule().variance(session.get(variances.time(), row, 0)));
                }
            }
            case NoiseOp.Gaussian gaussian -> {
                for (int row = 0; row < gaussian.rows(); row++) {
                    for (int axis = 0; axis < gaussian.x().columns(); axis++) {
                        session.set(gaussian.x(), row, axis, gaussian.standardDeviation()
                                * normal(session, gaussian.counter(), gaussian.stream(), row, axis));
                    }
                }
            }
            case NoiseOp.Perturb perturb -> {
                for (int row = 0; row < perturb.rows(); row++) {
                    double deviation = Math.sqrt(session.get(perturb.variance(), row, 0));
                    for (int axis = 0; axis < perturb.x().columns(); axis++) {
                        session.set(perturb.noised(), row, axis, session.get(perturb.x(), row, axis)
                                + deviation * normal(session, perturb.counter(), perturb.stream(), row, axis));
                    }
                }
            }
            case NoiseOp.GatherReplay gather -> {
                for (int row = 0; row < gather.rows(); row++) {
                    float u = uniform(session, gather.counter(), gather.stream(), row);
                    int slot = Uniforms.index(u, session.ints(gather.cursor())[1]);
                    for (int axis = 0; axis < gather.x().columns(); axis++) {
                        session.set(gather.x(), row, axis, session.doubles(gather.replay())[slot * gather.x().columns()
                                + axis]);
                    }
                }
            }
            case NoiseOp.AppendReplay append -> {
                int[] cursor = session.ints(append.cursor());
                for (int row = 0; row < append.x().rows(); row++) {
                    for (int axis = 0; axis < append.x().columns(); axis++) {
                        session.set(append.replay(), cursor[0], axis, session.get(append.x(), row, axis));
                    }
                    cursor[0] = (cursor[0] + 1) % append.replay().rows();
                    cursor[1] = Math.min(cursor[1] + 1, append.replay().rows());
                }
            }
        }
    }

    private static void run(ScoreOp op, ReferenceSession session) {
        switch (op) {
            case ScoreOp.ScaleInput scale -> {
                for (int row = 0; row < scale.rows(); row++) {
                    double h = session.get(scale.variance(), row, 0);
                    double factor = 1 / Math.sqrt(scale.dataDeviation() * scale.dataDeviation() + h);
                    for (int axis = 0; axis < scale.x().columns(); axis++) {
                        session.set(scale.scaled(), row, axis, factor * session.get(scale.x(), row, axis));
                    }
                }
            }
            case ScoreOp.Denoised denoised -> {
                double s = denoised.dataDeviation();
                for (int row = 0; row < denoised.rows(); row++) {
                    double h = session.get(denoised.variance(), row, 0);
                    for (int axis = 0; axis < denoised.x().columns(); axis++) {
                        session.set(denoised.denoised(), row, axis,
                                s * s / (s * s + h) * session.get(denoised.x(), row, axis)
                                        + Math.sqrt(h) * s / Math.sqrt(s * s + h)
                                                * session.get(denoised.output(), row, axis));
                    }
                }
            }
            case ScoreOp.LogDeviation deviation -> {
                for (int row = 0; row < deviation.rows(); row++) {
                    session.set(deviation.logDeviation(), row, 0,
                            Math.log(Math.sqrt(session.get(deviation.variance(), row, 0))));
                }
            }
            case ScoreOp.DenoiserScore denoiser -> {
                double s = denoiser.dataDeviation();
                for (int row = 0; row < denoiser.rows(); row++) {
                    double h = session.get(denoiser.variance(), row, 0);
                    double skip = s * s / (s * s + h);
                    double out = Math.sqrt(h) * s / Math.sqrt(s * s + h);
                    for (int axis = 0; axis < denoiser.x().columns(); axis++) {
                        double x = session.get(denoiser.x(), row, axis);
                        double denoised = skip * x + out * session.get(denoiser.output(), row, axis);
                        session.set(denoiser.score(), row, axis, (denoised - x) / h);
                    }
                }
            }
        }
    }

    private static void run(LossOp op, ReferenceSession session) {
        switch (op) {
            case LossOp.SquaredError error -> {
                int dimension = error.prediction().columns();
                for (int row = 0; row < error.rows(); row++) {
                    double sum = 0;
                    for (int axis = 0; axis < dimension; axis++) {
                        sum += Math.pow(session.get(error.prediction(), row, axis) - session.get(error.target(), row,
                                axis), 2);
                    }
                    double weight = error.weight().at(session.get(error.variance(), row, 0));
                    session.set(error.rowLoss(), row, 0, weight * sum / dimension);
                }
            }
            case LossOp.Mean mean -> session.set(mean.mean(), 0, 0,
                    Arrays.stream(session.doubles(mean.values())).average().orElseThrow());
        }
    }

    private static void run(OptimiserOp op, ReferenceSession session) {
        switch (op) {
            case OptimiserOp.SumOfSquares sum -> session.set(sum.sum(), 0, 0,
                    Arrays.stream(session.doubles(sum.gradient())).map(g -> g * g).sum());
            case OptimiserOp.Rate rate -> session.set(rate.rate(), 0, 0,
                    rate.schedule().at(session.ints(rate.counter())[Counter.STEP]));
            case OptimiserOp.Adam adam -> {
                double n = session.ints(adam.counter())[Counter.STEP] + 1.0;
                double norm = Math.sqrt(session.get(adam.sumOfSquares(), 0, 0));
                double clip = Math.min(1, adam.clipNorm() / (norm + 1e-6));
                for (int i = 0; i < adam.gradient().rows(); i++) {
                    double g = clip * session.get(adam.gradient(), i, 0);
                    double m = adam.beta1() * session.get(adam.firstMoment(), i, 0) + (1 - adam.beta1()) * g;
                    double v = adam.beta2() * session.get(adam.secondMoment(), i, 0) + (1 - adam.beta2()) * g * g;
                    session.set(adam.firstMoment(), i, 0, m);
                    session.set(adam.secondMoment(), i, 0, v);
                    double first = m / (1 - Math.pow(adam.beta1(), n));
                    double second = v / (1 - Math.pow(adam.beta2(), n));
                    session.add(adam.parameters(), i, 0,
                            -session.get(adam.rate(), 0, 0) * first / (Math.sqrt(second) + adam.epsilon()));
                }
            }
            case OptimiserOp.MovingAverage average -> {
                double n = session.ints(average.counter())[Counter.STEP] + 1.0;
                double decay = Math.min(average.decay(), (1 + n) / (10 + n));
                for (int i = 0; i < average.parameters().rows(); i++) {
                    session.set(average.average(), i, 0, decay * session.get(average.average(), i, 0)
                            + (1 - decay) * session.get(average.parameters(), i, 0));
                }
            }
        }
    }

    private static void run(SamplerOp op, ReferenceSession session) {
        switch (op) {
            case SamplerOp.Level level -> {
                int step = session.ints(level.counter())[Counter.STEP];
                session.set(level.time(), 0, 0, session.doubles(level.table())[step * SamplerOp.COLUMNS
                        + SamplerOp.TIME]);
                session.set(level.variance(), 0, 0, session.doubles(level.table())[step * SamplerOp.COLUMNS
                        + SamplerOp.VARIANCE]);
            }
            case SamplerOp.Step step -> {
                int at = session.ints(step.counter())[Counter.STEP] * SamplerOp.COLUMNS;
                double[] table = session.doubles(step.table());
                for (int row = 0; row < step.rows(); row++) {
                    for (int axis = 0; axis < step.x().columns(); axis++) {
                        double x = session.get(step.x(), row, axis);
                        double s = session.get(step.score(), row, axis);
                        double before = session.get(step.remembered(), row, axis);
                        double noise = normal(session, step.counter(), step.stream(), row, axis);
                        double moved = table[at + SamplerOp.POINT] * x + table[at + SamplerOp.SCORE] * s
                                + table[at + SamplerOp.NOISE] * noise;
                        if (table[at + SamplerOp.PREVIOUS] != 0) {
                            moved += table[at + SamplerOp.PREVIOUS] * before;
                        }
                        session.set(step.x(), row, axis, moved);
                        session.set(step.remembered(), row, axis, x + table[at + SamplerOp.MEMORY] * s);
                    }
                }
            }
        }
    }

    private static void run(MetricOp op, ReferenceSession session) {
        switch (op) {
            case MetricOp.SumByNoise sum -> {
                Arrays.fill(session.doubles(sum.sums()), 0);
                for (int row = 0; row < sum.rows(); row++) {
                    int bin = sum.bins().of(session.get(sum.variance(), row, 0));
                    session.add(sum.sums(), bin, 0, session.get(sum.values(), row, 0));
                    session.add(sum.sums(), bin, 1, 1);
                }
            }
            case MetricOp.Accumulate accumulate -> {
                double[] totals = session.doubles(accumulate.totals());
                double[] values = session.doubles(accumulate.values());
                for (int i = 0; i < totals.length; i++) {
                    totals[i] += values[i];
                }
            }
            case MetricOp.Reset reset -> Arrays.fill(session.doubles(reset.totals()), 0);
        }
    }
}
