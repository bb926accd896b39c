package dev.idem.program;

import static dev.idem.program.OperandChecks.alike;
import static dev.idem.program.OperandChecks.apart;
import static dev.idem.program.OperandChecks.column;
import static dev.idem.program.OperandChecks.counter;
import static dev.idem.program.OperandChecks.floats;
import static dev.idem.program.OperandChecks.parts;
import static dev.idem.program.OperandChecks.shape;
import static dev.idem.program.ProgramVerifier.require;

import dev.idem.energy.Energy;

/** The shapes that ops which estimate scores demand of their operands. */
final class TargetChecks {

    private TargetChecks() {}

    static void check(TargetOp op) {
        switch (op) {
            case TargetOp.MonteCarloScore score -> {
                scores(score.counter(), score.x(), score.variance(), score.copies(), score.energy());
                results(score.x(), score.targetScore(), score.denoisingScore(), score.effectiveSamples());
            }
            case TargetOp.GuidedScore score -> {
                scores(score.counter(), score.x(), score.variance(), score.copies(), score.energy());
                results(score.x(), score.targetScore(), score.denoisingScore(), score.effectiveSamples());
                alike(score.clean(), score.x());
                apart(score.clean(), score.targetScore());
                apart(score.clean(), score.denoisingScore());
                require(score.newtonSteps() >= 0, "newtonSteps must be >= 0, got " + score.newtonSteps());
            }
            case TargetOp.DrawCopies draw -> {
                counter(draw.counter());
                floats(draw.x());
                column(draw.variance());
                firstCopy(draw.firstCopy(), draw.x());
                require(draw.target().dimension() == draw.x().columns(),
                        draw.x() + " must have the energy's " + draw.target().dimension() + " columns");
                copies(draw.x(), draw.points(), draw.energy());
                alike(draw.points(), draw.force());
            }
            case TargetOp.BalanceCopies balance -> {
                column(balance.variance());
                firstCopy(balance.firstCopy(), balance.x());
                copies(balance.x(), balance.points(), balance.energy());
                alike(balance.energy(), balance.logWeight());
            }
            case TargetOp.PooledScore score -> {
                column(score.variance());
                copies(score.x(), score.points(), score.logWeight());
                alike(score.points(), score.force());
                results(score.x(), score.targetScore(), score.denoisingScore(), score.effectiveSamples());
            }
            case TargetOp.PairDenoising pair -> {
                alike(pair.x(), pair.clean());
                alike(pair.x(), pair.denoisingScore());
                column(pair.variance());
            }
            case TargetOp.Blend blend -> {
                alike(blend.first(), blend.second());
                alike(blend.first(), blend.blended());
                column(blend.effectiveSamples());
            }
            case TargetOp.MixKnown mix -> {
                alike(mix.targetScore(), mix.denoisingScore());
                alike(mix.targetScore(), mix.mixed());
                column(mix.variance());
            }
            case TargetOp.MixLearned mix -> {
                alike(mix.targetScore(), mix.denoisingScore());
                alike(mix.targetScore(), mix.mixed());
                column(mix.variance());
                shape(mix.mixing(), mix.bins().count(), 2);
            }
            case TargetOp.MixingSums sums -> {
                alike(sums.score(), sums.targetScore());
                alike(sums.score(), sums.denoisingScore());
                column(sums.variance());
                shape(sums.sums(), sums.bins().count(), 3);
            }
            case TargetOp.UpdateMixing update -> {
                shape(update.sums(), update.mixing().rows(), 3);
                shape(update.mixing(), update.sums().rows(), 2);
            }
            case TargetOp.ClipParts clip -> {
                alike(clip.x(), clip.clipped());
                parts(clip.x(), clip.parts());
            }
        }
    }

    /** What a score from a row's own copies reads. */
    private static void scores(Buffer counter, Buffer x, Buffer variance, Buffer copies, Energy energy) {
        counter(counter);
        column(variance);
        require(copies.element() == Element.INT32 && copies.columns() == 1, copies + " must be int32 [row][1]");
        require(energy.dimension() == x.columns(), x + " must have the energy's " + energy.dimension() + " columns");
    }

    /** What a score op writes. */
    private static void results(Buffer x, Buffer targetScore, Buffer denoisingScore, Buffer effectiveSamples) {
        alike(x, targetScore);
        alike(x, denoisingScore);
        column(effectiveSamples);
        apart(x, targetScore);
        apart(x, denoisingScore);
    }

    private static void firstCopy(Buffer buffer, Buffer x) {
        require(buffer.element() == Element.INT32 && buffer.columns() == 1 && buffer.rows() == x.rows() + 1,
                buffer + " must be int32 [row + 1][1] for the rows of " + x);
    }

    /** Checks points [copy][dimension] and numbers that are stored in two floats, [copy][2]. */
    private static void copies(Buffer x, Buffer points, Buffer numbers) {
        alike(x, points);
        require(x.columns() <= TargetOp.PooledScore.LARGEST_DIMENSION,
                x + " has more columns than the " + TargetOp.PooledScore.LARGEST_DIMENSION + " that can be pooled");
        shape(numbers, points.rows(), 2);
    }
}
