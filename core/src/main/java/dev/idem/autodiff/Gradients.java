package dev.idem.autodiff;

import dev.idem.program.Buffer;
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
import dev.idem.program.ProgramBuilder;
import dev.idem.program.ReplayOp;
import dev.idem.program.Role;
import dev.idem.program.SamplerOp;
import dev.idem.program.ScoreOp;
import dev.idem.program.TargetOp;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Appends the gradient of a scalar with respect to a flat parameter buffer to a program.
 *
 * <p>Ops are visited backwards; an op on the path from the parameters to the loss contributes its vector-Jacobian
 * product. The first contribution to a buffer's gradient overwrites, later ones accumulate in program order, so fan-out
 * is right by construction and nothing has to be zeroed.
 */
public final class Gradients {

    private final ProgramBuilder builder;
    private final Buffer parameters;
    private final Buffer parameterGradient;
    private final Set<Buffer> dependent = new HashSet<>();
    private final Map<Buffer, Buffer> gradients = new HashMap<>();

    private Gradients(ProgramBuilder builder, Buffer parameters) {
        this.builder = builder;
        this.parameters = parameters;
        this.parameterGradient = builder.scratch("parameterGradient", parameters.rows(), 1);
    }

    /**
     * Appends the gradient of loss with respect to parameters and returns the buffer that holds it, shaped as parameters.
     * Elements of parameters that no op uses get a gradient of zero.
     *
     * @param loss [1][1], written by an op of the program so far
     * @param parameters [parameter][1], read by {@link NetworkOp.Linear} ops
     * @throws IllegalArgumentException if loss does not depend on parameters, or does so through an op that is not
     *             differentiable or that updates a buffer in place
     */
    public static Buffer of(ProgramBuilder builder, Buffer loss, Buffer parameters) {
        Gradients gradients = new Gradients(builder, parameters);
        List<Op> ops = builder.ops();
        gradients.markDependent(ops);
        if (!gradients.dependent.contains(loss)) {
            throw new IllegalArgumentException(loss + " does not depend on " + parameters);
        }
        Set<Buffer> needed = new HashSet<>(Set.of(loss));
        for (Op op : ops.reversed()) {
            if (op.writes().stream().anyMatch(needed::contains) && gradients.isOnPath(op)) {
                gradients.append(op);
                op.reads().stream().filter(gradients.dependent::contains).forEach(needed::add);
            }
        }
        return gradients.parameterGradient;
    }

    private void markDependent(List<Op> ops) {
        dependent.add(parameters);
        for (Op op : ops) {
            if (isOnPath(op)) {
                for (Buffer written : op.writes()) {
                    if (!dependent.add(written) && written.role() != Role.STATE) {
                        throw new IllegalArgumentException(written + " is written twice on the way from " + parameters
                                + "; a differentiable program writes each buffer once");
                    }
                }
            }
        }
    }

    private boolean isOnPath(Op op) {
        return op.reads().stream().anyMatch(dependent::contains);
    }

    private void append(Op op) {
        switch (op) {
            case LossOp loss -> append(loss);
            case ScoreOp score -> append(score);
            case NetworkOp network -> append(network);
            case PairOp pair -> append(pair);
            case CounterOp other -> refuse(other);
            case NoiseOp other -> refuse(other);
            case ReplayOp other -> refuse(other);
            case EnergyOp other -> refuse(other);
            case TargetOp other -> refuse(other);
            case GradientOp other -> refuse(other);
            case PairGradientOp other -> refuse(other);
            case OptimiserOp other -> refuse(other);
            case SamplerOp other -> refuse(other);
            case MetricOp other -> refuse(other);
        }
    }

    private void append(LossOp op) {
        switch (op) {
            case LossOp.Mean mean -> {
                Buffer gradient = fresh(mean.values());
                builder.add(new GradientOp.Seed(gradient, 1.0 / mean.values().rows()));
            }
            case LossOp.SquaredError error -> {
                if (dependent.contains(error.target())) {
                    throw new IllegalArgumentException("the target " + error.target() + " depends on " + parameters
                            + "; a target is a constant for the loss");
                }
                Buffer rowLossGradient = gradientOf(error.rowLoss());
                builder.add(new GradientOp.SquaredError(rowLossGradient, error.prediction(), error.target(),
                        error.variance(), fresh(error.prediction()), error.weight()));
            }
        }
    }

    private void append(ScoreOp op) {
        switch (op) {
            case ScoreOp.DenoiserScore denoiser -> {
                Buffer scoreGradient = gradientOf(denoiser.score());
                builder.add(new GradientOp.DenoiserScore(scoreGradient, denoiser.variance(), fresh(denoiser.output()),
                        denoiser.dataDeviation()));
            }
            case ScoreOp.Denoised denoised -> {
                requireConstant(denoised.x());
                boolean accumulate = gradients.containsKey(denoised.output());
                builder.add(new GradientOp.Denoised(gradientOf(denoised.denoised()), denoised.variance(),
                        gradient(denoised.output()), denoised.dataDeviation(), accumulate));
            }
            case ScoreOp.ScaleInput scale -> refuse(scale);
            case ScoreOp.LogDeviation deviation -> refuse(deviation);
        }
    }

    private void append(NetworkOp op) {
        switch (op) {
            case NetworkOp.Embedding embedding -> refuse(embedding);
            case NetworkOp.Activate activate -> {
                Buffer outputGradient = gradientOf(activate.output());
                Buffer residual = activate.residual();
                if (residual != null && dependent.contains(residual)) {
                    add(outputGradient, residual);
                }
                Buffer inputGradient = fresh(activate.input());
                builder.add(new GradientOp.Activate(outputGradient, activate.input(), inputGradient,
                        activate.activation()));
            }
            case NetworkOp.Linear linear -> {
                Buffer outputGradient = gradientOf(linear.output());
                Buffer addend = linear.addend();
                if (addend != null && dependent.contains(addend)) {
                    add(outputGradient, addend);
                }
                builder.add(new GradientOp.LinearWeight(linear.input(), outputGradient, parameterGradient,
                        linear.weight(), linear.bias()));
                if (dependent.contains(linear.input())) {
                    boolean accumulate = gradients.containsKey(linear.input());
                    builder.add(new GradientOp.LinearInput(outputGradient, linear.parameters(),
                            gradient(linear.input()), linear.weight(), accumulate));
                }
            }
            case NetworkOp.ActivatedLinear linear -> {
                Buffer outputGradient = gradientOf(linear.output());
                Buffer addend = linear.addend();
                if (addend != null && dependent.contains(addend)) {
                    add(outputGradient, addend);
                }
                builder.add(new GradientOp.ActivatedLinear(outputGradient, linear.input(), linear.parameters(),
                        fresh(linear.input()), parameterGradient, linear.weight(), linear.bias(),
                        linear.activation()));
            }
            case NetworkOp.Gate gate -> builder.add(new GradientOp.Gate(gradientOf(gate.gated()), gate.input(),
                    gate.parameters(), fresh(gate.input()), parameterGradient, gate.weight(), gate.bias()));
            case NetworkOp.Modulate modulate -> builder.add(new GradientOp.Modulate(gradientOf(modulate.output()),
                    modulate.gain(), modulate.parameters(), fresh(modulate.gain()), parameterGradient,
                    modulate.weight()));
        }
    }

    private void append(PairOp op) {
        switch (op) {
            case PairOp.SquaredNorms norms -> refuse(norms);
            case PairOp.Geometry geometry -> {
                requireConstant(geometry.origin());
                boolean accumulate = gradients.containsKey(geometry.x());
                builder.add(new PairGradientOp.Geometry(gradientOf(geometry.squares()),
                        gradientOf(geometry.directions()), geometry.x(), gradient(geometry.x()), geometry.pairs(),
                        accumulate));
            }
            case PairOp.RadialFunctions radial -> builder.add(new PairGradientOp.RadialFunctions(
                    gradientOf(radial.functions()), radial.functions(), radial.squares(), radial.variance(),
                    fresh(radial.squares()), radial.basis()));
            case PairOp.EdgeInput input -> append(input);
            case PairOp.NodeSum sum -> {
                boolean accumulate = gradients.containsKey(sum.messages());
                builder.add(new PairGradientOp.NodeSum(gradientOf(sum.sums()), gradient(sum.messages()), sum.factor(),
                        sum.pairs(), accumulate));
            }
            case PairOp.CoordinateUpdate update -> {
                Buffer movedGradient = gradientOf(update.moved());
                if (update.x() != null && dependent.contains(update.x())) {
                    add(movedGradient, update.x());
                }
                builder.add(new PairGradientOp.CoordinateUpdate(movedGradient, update.directions(), update.weights(),
                        fresh(update.directions()), fresh(update.weights()), update.pairs(), update.bound()));
            }
            case PairOp.Spread spread -> {
                requireRowPerSample(spread.row(), spread.nodes());
                builder.add(new PairGradientOp.Spread(gradientOf(spread.nodes()), fresh(spread.row())));
            }
            case PairOp.Displacement displacement -> {
                requireConstant(displacement.origin());
                // Removing the mean is its own transpose.
                builder.add(new PairOp.Displacement(gradientOf(displacement.displacement()), null,
                        fresh(displacement.x()), displacement.particles()));
            }
            case PairOp.VectorDot dot -> {
                requireRowPerSample(dot.vector(), dot.features());
                boolean accumulate = gradients.containsKey(dot.features());
                builder.add(new PairGradientOp.VectorDot(gradientOf(dot.dots()), dot.features(), dot.vector(),
                        gradient(dot.features()), fresh(dot.vector()), accumulate));
            }
            case PairOp.PositionTerm term -> {
                requireConstant(term.x());
                Buffer outputGradient = gradientOf(term.output());
                add(outputGradient, term.addend());
                builder.add(new PairGradientOp.PositionTerm(outputGradient, term.x(), term.variance(),
                        fresh(term.coefficients()), term.dataDeviation()));
            }
        }
    }

    private void append(PairOp.EdgeInput op) {
        Buffer outputGradient = gradientOf(op.output());
        Buffer receivers = fresh(op.receivers());
        Buffer senders = op.senders().equals(op.receivers()) ? receivers : fresh(op.senders());
        builder.add(new PairGradientOp.EdgeInput(outputGradient, receivers, senders, op.pairs()));
        Buffer gain = op.gain();
        if (gain == null) {
            if (gradients.putIfAbsent(op.edges(), outputGradient) != null) {
                fresh(op.edges());
            }
            return;
        }
        requireRowPerSample(gain, op.edges());
        builder.add(new PairGradientOp.EdgeGain(outputGradient, op.edges(), gain, fresh(op.edges()), fresh(gain)));
    }

    private void requireConstant(@Nullable Buffer buffer) {
        if (buffer != null && dependent.contains(buffer)) {
            throw new IllegalArgumentException(buffer + " depends on " + parameters + ", but is a constant for its op");
        }
    }

    private static void requireRowPerSample(Buffer row, Buffer items) {
        if (row.samples() != items.samples()) {
            throw new IllegalArgumentException(
                    row + " is broadcast over " + items.samples() + " samples, which has no gradient rule");
        }
    }

    private void add(Buffer outputGradient, Buffer target) {
        if (target.rows() != outputGradient.rows()) {
            throw new IllegalArgumentException(
                    target + " is broadcast over " + outputGradient.rows() + " rows, which has no gradient rule");
        }
        boolean accumulate = gradients.containsKey(target);
        builder.add(new GradientOp.Add(outputGradient, gradient(target), accumulate));
    }

    private static void refuse(Op op) {
        throw new IllegalArgumentException(
                "the loss depends on the parameters through an op without a gradient: " + op);
    }

    private Buffer gradientOf(Buffer buffer) {
        Buffer gradient = gradients.get(buffer);
        if (gradient == null) {
            throw new IllegalStateException("no gradient has reached " + buffer);
        }
        return gradient;
    }

    private Buffer gradient(Buffer buffer) {
        return gradients.computeIfAbsent(buffer,
                b -> builder.scratch("gradient." + b.name().substring(b.name().lastIndexOf('.') + 1), b.shape()));
    }

    /** Returns the gradient of a buffer that ops without an accumulating rule write: they must be the only reader. */
    private Buffer fresh(Buffer buffer) {
        if (gradients.containsKey(buffer)) {
            throw new IllegalArgumentException(buffer + " is read twice on the way to the loss by ops that cannot "
                    + "accumulate; its gradient would be wrong");
        }
        return gradient(buffer);
    }
}
