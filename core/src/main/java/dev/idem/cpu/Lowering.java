package dev.idem.cpu;

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

/** Turns ops into kernels, a family at a time. */
final class Lowering {

    private Lowering() {}

    static Kernel lower(Op op, Operands operands) {
        return switch (op) {
            case CounterOp counter -> OptimiserLowering.lower(counter, operands);
            case ReplayOp replay -> ReplayLowering.lower(replay, operands);
            case NoiseOp noise -> NoiseLowering.lower(noise, operands);
            case EnergyOp energy -> EnergyLowering.lower(energy, operands);
            case TargetOp target -> TargetLowering.lower(target, operands);
            case ScoreOp score -> ScoreLowering.lower(score, operands);
            case NetworkOp network -> NetworkLowering.lower(network, operands);
            case GradientOp gradient -> GradientLowering.lower(gradient, operands);
            case PairOp pair -> PairLowering.lower(pair, operands);
            case PairGradientOp pair -> PairGradientLowering.lower(pair, operands);
            case LossOp loss -> ScoreLowering.lower(loss, operands);
            case OptimiserOp optimiser -> OptimiserLowering.lower(optimiser, operands);
            case SamplerOp sampler -> NoiseLowering.lower(sampler, operands);
            case MetricOp metric -> OptimiserLowering.lower(metric, operands);
        };
    }
}
