package dev.idem.diffusion;

import dev.idem.program.SamplerOp;
import dev.idem.schedule.NoiseSchedule;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/**
 * How the reverse process is integrated, as a table of coefficients: x' = a x + b score + c m_before + d ε, one row
 * per step, one evaluation of the score per row; m = x + e score is what a step remembers for the next.
 *
 * <p>With h the noise variance before a step, h' after it and r = h'/h, the denoised point is x̂ = x + h · score.
 */
public sealed interface Integrator {

    /** Returns the table [step][7], columns as in {@link SamplerOp}; times from the schedule. */
    float[] table(NoiseSchedule schedule);

    /** Returns the number of steps. */
    int steps();

    /**
     * Euler–Maruyama on equal steps of time from t = 1 down, t_i = 1 − i/N: x' = x + g² score Δt + γ g √Δt ε.
     *
     * <p>Source: the published sampler. For γ ≠ 1 the drift is not corrected, which cools; noise is added in the last
     * step too.
     */
    record EulerTime(int steps, double noiseScale) implements Integrator {
        @Override
        public float[] table(NoiseSchedule schedule) {
            Table table = new Table(steps);
            double interval = 1.0 / steps;
            for (int step = 0; step < steps; step++) {
                double t = 1 - step * interval;
                double diffusion = schedule.diffusion(t);
                table.row(step, t, schedule.variance(t), 1, diffusion * diffusion * interval, 0,
                        noiseScale * diffusion * Math.sqrt(interval), 0);
            }
            return table.values;
        }
    }

    /** Euler–Maruyama in the variance: x' = x + (h − h') score + √(h − h') ε; the last step goes to x̂. */
    record EulerVariance(Levels levels) implements Integrator {
        @Override
        public int steps() {
            return levels.steps();
        }

        @Override
        public float[] table(NoiseSchedule schedule) {
            return firstOrder(levels, schedule, (before, after) -> after == 0 ? 0 : before - after);
        }
    }

    /**
     * The exact reverse step of a point mass at x̂: x' = r x + (1 − r) x̂ + √(h' (1 − r)) ε; the last step goes to x̂, or half
     * way to it.
     *
     * <p>With x̂ = x + h score this is x' = x + (h − h') score + √(h' (1 − r)) ε: stable at any step size. Of a Gaussian target the last x is wider
     * by h, x̂ narrower by h, and their mean right to first order in h.
     *
     * @param half whether the last step goes half way
     */
    record Posterior(Levels levels, boolean half) implements Integrator {

        /** Returns the integrator whose last step goes to x̂. */
        Posterior(Levels levels) {
            this(levels, false);
        }

        @Override
        public int steps() {
            return levels.steps();
        }

        @Override
        public float[] table(NoiseSchedule schedule) {
            float[] table = firstOrder(levels, schedule, (before, after) -> after * (1 - after / before));
            if (half) {
                table[table.length - SamplerOp.COLUMNS + SamplerOp.SCORE] *= 0.5f;
            }
            return table;
        }
    }

    /**
     * One integrator, noise again, another: x' = x + s ε between them, in the last step of the first.
     *
     * <p>The way down from s draws what is finer than s anew, now from samples that are nearly right: errors of the first way at that
     * scale, where the score was asked far from its training points, are forgotten.
     *
     * <p>Source: Xu et al., "Restart sampling for improving generative processes" (arXiv 2306.14878).
     *
     * @param first ends without noise
     * @param again begins at the variance s²
     * @param sigma s
     */
    record Restarted(Integrator first, Integrator again, double sigma) implements Integrator {

        @Override
        public int steps() {
            return first.steps() + again.steps();
        }

        @Override
        public float[] table(NoiseSchedule schedule) {
            float[] before = first.table(schedule);
            float[] after = again.table(schedule);
            int noise = before.length - SamplerOp.COLUMNS + SamplerOp.NOISE;
            before[noise] = (float) Math.sqrt((double) before[noise] * before[noise] + sigma * sigma);
            float[] table = Arrays.copyOf(before, before.length + after.length);
            System.arraycopy(after, 0, table, before.length, after.length);
            return table;
        }
    }

    /**
     * The exact reverse step of a Gaussian of standard deviation w at its centre m, to second order in m: m = x + H score
     * with H = h + w², r = H'/H, q = ln(H_before/H)/ln(H/H'): x' = r x + (1 − r)(m + (m − m_before)/(2q)) + √(H' (1 − r)) ε.
     * The last step has h' = 0; its extrapolation is limited to 1/q = 1, and the first step is of first order.
     *
     * <p>For a width of zero this is DPM-Solver++(2M) for the stochastic process. With the width of the target's modes the
     * last step draws their spread, and some thirty steps do what Euler–Maruyama needs hundreds for.
     *
     * <p>If the last step goes half way, it is x' = x + h score / 2 as that of {@link Posterior}, whatever the width.
     *
     * <p>Source: Lu et al., "DPM-Solver++" (arXiv 2211.01095), section 6, for w = 0.
     *
     * @param half whether the last step goes half way
     */
    record SecondOrder(Levels levels, double width, boolean half) implements Integrator {

        /** @throws IllegalArgumentException if width is negative or not finite */
        public SecondOrder {
            if (!(width >= 0) || Double.isInfinite(width)) {
                throw new IllegalArgumentException("width must be finite and >= 0, got " + width);
            }
        }

        /** Returns the integrator whose last step draws the width. */
        SecondOrder(Levels levels, double width) {
            this(levels, width, false);
        }

        @Override
        public int steps() {
            return levels.steps();
        }

        @Override
        public float[] table(NoiseSchedule schedule) {
            Table table = new Table(steps());
            double shift = width * width;
            for (int step = 0; step < steps(); step++) {
                double noise = levels.variance(step);
                if (half && step == steps() - 1) {
                    table.row(step, schedule.timeOf(noise), noise, 1, noise / 2, 0, 0, 0);
                    break;
                }
                double before = noise + shift;
                double after = levels.varianceAfter(step) + shift;
                double moved = 1 - after / before;
                double extrapolated = 0;
                if (step > 0 && after > 0) {
                    double earlier = levels.variance(step - 1) + shift;
                    double ratio = StrictMath.log(before / after) / StrictMath.log(earlier / before);
                    extrapolated = 0.5 * moved * (step == steps() - 1 ? Math.min(1, ratio) : ratio);
                }
                table.row(step, schedule.timeOf(noise), noise, 1 + extrapolated, before * (moved + extrapolated),
                        -extrapolated, Math.sqrt(after * moved), before);
            }
            return table.values;
        }
    }

    /** Returns x' = x + (h − h') score + √noise(h, h') ε: all first-order steps share this mean. */
    private static float[] firstOrder(Levels levels, NoiseSchedule schedule, DoubleBinaryOperator noise) {
        Table table = new Table(levels.steps());
        for (int step = 0; step < levels.steps(); step++) {
            double before = levels.variance(step);
            double after = levels.varianceAfter(step);
            table.row(step, schedule.timeOf(before), before, 1, before - after, 0,
                    Math.sqrt(noise.applyAsDouble(before, after)), 0);
        }
        return table.values;
    }

    /** A table under construction. */
    final class Table {

        private final float[] values;

        Table(int steps) {
            values = new float[steps * SamplerOp.COLUMNS];
        }

        void row(int step, double time, double variance, double point, double score, double previous, double noise,
                double memory) {
            int at = step * SamplerOp.COLUMNS;
            values[at + SamplerOp.TIME] = (float) time;
            values[at + SamplerOp.VARIANCE] = (float) variance;
            values[at + SamplerOp.POINT] = (float) point;
            values[at + SamplerOp.SCORE] = (float) score;
            values[at + SamplerOp.PREVIOUS] = (float) previous;
            values[at + SamplerOp.NOISE] = (float) noise;
            values[at + SamplerOp.MEMORY] = (float) memory;
        }
    }
}
