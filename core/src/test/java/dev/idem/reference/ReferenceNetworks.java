package dev.idem.reference;

import dev.idem.program.Activation;
import dev.idem.program.Buffer;
import dev.idem.program.GradientOp;
import dev.idem.program.NetworkOp;
import java.util.Arrays;

/** The definition of the network's ops and of their vector-Jacobian products. */
final class ReferenceNetworks {

    private ReferenceNetworks() {}

    static void run(NetworkOp op, ReferenceSession session) {
        switch (op) {
            case NetworkOp.Embedding embedding -> {
                int half = embedding.length() / 2;
                for (int row = 0; row < embedding.rows(); row++) {
                    for (int c = 0; c < embedding.x().columns(); c++) {
                        for (int k = 0; k < half; k++) {
                            double angle = embedding.scale() * session.get(embedding.x(), row, c)
                                    * Math.exp(-Math.log(embedding.span()) * k / (half - 1));
                            int at = c * embedding.length() + k;
                            session.set(embedding.embedded(), row, at, Math.sin(angle));
                            session.set(embedding.embedded(), row, at + half, Math.cos(angle));
                        }
                    }
                }
            }
            case NetworkOp.Linear linear -> linear(linear, session);
            case NetworkOp.ActivatedLinear linear -> activatedLinear(linear, session);
            case NetworkOp.Gate gate -> {
                for (int row = 0; row < gate.rows(); row++) {
                    double g = gate(session, gate.input(), gate.parameters(), gate.weight(), gate.bias(), row);
                    for (int k = 0; k < gate.input().columns(); k++) {
                        session.set(gate.gated(), row, k,
                                g * value(Activation.SILU, session.get(gate.input(), row, k)));
                    }
                }
            }
            case NetworkOp.Modulate modulate -> {
                for (int row = 0; row < modulate.rows(); row++) {
                    for (int k = 0; k < modulate.gain().columns(); k++) {
                        session.set(modulate.output(), row, k,
                                session.doubles(modulate.parameters())[modulate.weight() + k]
                                        * (1 + session.get(modulate.gain(), row, k)));
                    }
                }
            }
            case NetworkOp.Activate activate -> {
                for (int row = 0; row < activate.rows(); row++) {
                    for (int column = 0; column < activate.output().columns(); column++) {
                        Buffer residual = activate.residual();
                        double value = value(activate.activation(), session.get(activate.input(), row, column));
                        session.set(activate.output(), row, column,
                                value + (residual == null ? 0 : session.get(residual, row, column)));
                    }
                }
            }
        }
    }

    private static void linear(NetworkOp.Linear op, ReferenceSession session) {
        double[] parameters = session.doubles(op.parameters());
        int out = op.output().columns();
        Buffer addend = op.addend();
        for (int row = 0; row < op.rows(); row++) {
            for (int o = 0; o < out; o++) {
                double sum = op.bias() < 0 ? 0 : parameters[op.bias() + o];
                sum += addend == null ? 0 : session.get(addend, row, o);
                for (int i = 0; i < op.input().columns(); i++) {
                    sum += session.get(op.input(), row, i) * parameters[op.weight() + i * out + o];
                }
                session.set(op.output(), row, o, sum);
            }
        }
    }

    static double value(Activation activation, double z) {
        return switch (activation) {
            case GELU -> z * normalCumulative(z);
            case SILU -> z / (1 + Math.exp(-z));
        };
    }

    static double derivative(Activation activation, double z) {
        return switch (activation) {
            case GELU -> normalCumulative(z) + z * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
            case SILU -> {
                double sigmoid = 1 / (1 + Math.exp(-z));
                yield sigmoid * (1 + z * (1 - sigmoid));
            }
        };
    }

    /** Φ(z) by its series for moderate z, by the continued fraction of the tail beyond; error below 1e-15. */
    static double normalCumulative(double z) {
        if (z < 0) {
            return 1 - normalCumulative(-z);
        }
        double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        if (z < 4) {
            double term = z;
            double sum = z;
            for (int n = 1; term > 1e-18 * sum; n++) {
                term *= z * z / (2 * n + 1);
                sum += term;
            }
            return 0.5 + density * sum;
        }
        double fraction = 0;
        for (int n = 60; n > 0; n--) {
            fraction = n / (z + fraction);
        }
        return 1 - density / (z + fraction);
    }

    static void run(GradientOp op, ReferenceSession session) {
        switch (op) {
            case GradientOp.Seed seed -> Arrays.fill(session.doubles(seed.gradient()), seed.value());
            case GradientOp.Add add -> {
                double[] target = session.doubles(add.inputGradient());
                double[] source = session.doubles(add.outputGradient());
                for (int i = 0; i < target.length; i++) {
                    target[i] = (add.accumulate() ? target[i] : 0) + source[i];
                }
            }
            case GradientOp.SquaredError error -> {
                int dimension = error.prediction().columns();
                for (int row = 0; row < error.rows(); row++) {
                    double weight = error.weight().at(session.get(error.variance(), row, 0));
                    for (int axis = 0; axis < dimension; axis++) {
                        double difference = session.get(error.prediction(), row, axis)
                                - session.get(error.target(), row, axis);
                        session.set(error.predictionGradient(), row, axis,
                                session.get(error.rowLossGradient(), row, 0) * 2 * weight / dimension * difference);
                    }
                }
            }
            case GradientOp.DenoiserScore denoiser -> {
                double s = denoiser.dataDeviation();
                for (int row = 0; row < denoiser.rows(); row++) {
                    double h = session.get(denoiser.variance(), row, 0);
                    for (int axis = 0; axis < denoiser.scoreGradient().columns(); axis++) {
                        session.set(denoiser.outputGradient(), row, axis,
                                session.get(denoiser.scoreGradient(), row, axis) * s / Math.sqrt(h * (s * s + h)));
                    }
                }
            }
            case GradientOp.Activate activate -> {
                for (int row = 0; row < activate.rows(); row++) {
                    for (int column = 0; column < activate.input().columns(); column++) {
                        session.set(activate.inputGradient(), row, column,
                                session.get(activate.outputGradient(), row, column)
                                        * derivative(activate.activation(),
                                                session.get(activate.input(), row, column)));
                    }
                }
            }
            case GradientOp.LinearInput linear -> linearInput(linear, session);
            case GradientOp.LinearWeight linear -> linearWeight(linear, session);
            case GradientOp.Denoised denoised -> {
                double s = denoised.dataDeviation();
                for (int row = 0; row < denoised.rows(); row++) {
                    double h = session.get(denoised.variance(), row, 0);
                    for (int axis = 0; axis < denoised.outputGradient().columns(); axis++) {
                        double old = denoised.accumulate() ? session.get(denoised.outputGradient(), row, axis) : 0;
                        session.set(denoised.outputGradient(), row, axis, old
                                + session.get(denoised.denoisedGradient(), row, axis) * s
                                        * Math.sqrt(h / (s * s + h)));
                    }
                }
            }
            case GradientOp.ActivatedLinear linear -> activatedLinear(linear, session);
            case GradientOp.Gate gate -> gate(gate, session);
            case GradientOp.Modulate modulate -> {
                for (int row = 0; row < modulate.rows(); row++) {
                    for (int k = 0; k < modulate.gain().columns(); k++) {
                        double dy = session.get(modulate.outputGradient(), row, k);
                        session.set(modulate.gainGradient(), row, k,
                                dy * session.doubles(modulate.parameters())[modulate.weight() + k]);
                        session.doubles(modulate.parameterGradient())[modulate.weight() + k] += dy
                                * (1 + session.get(modulate.gain(), row, k));
                    }
                }
            }
        }
    }

    private static double gate(ReferenceSession session, Buffer input, Buffer parameters, int weight, int bias,
            int row) {
        double sum = session.doubles(parameters)[bias];
        for (int k = 0; k < input.columns(); k++) {
            sum += session.doubles(parameters)[weight + k] * value(Activation.SILU, session.get(input, row, k));
        }
        return 1 / (1 + Math.exp(-sum));
    }

    private static void gate(GradientOp.Gate op, ReferenceSession session) {
        double[] gradient = session.doubles(op.parameterGradient());
        for (int row = 0; row < op.rows(); row++) {
            double g = gate(session, op.input(), op.parameters(), op.weight(), op.bias(), row);
            double along = 0;
            for (int k = 0; k < op.input().columns(); k++) {
                along += session.get(op.gatedGradient(), row, k)
                        * value(Activation.SILU, session.get(op.input(), row, k));
            }
            double s = along * g * (1 - g);
            gradient[op.bias()] += s;
            for (int k = 0; k < op.input().columns(); k++) {
                double z = session.get(op.input(), row, k);
                gradient[op.weight() + k] += s * value(Activation.SILU, z);
                session.set(op.inputGradient(), row, k, derivative(Activation.SILU, z)
                        * (session.get(op.gatedGradient(), row, k) * g
                                + s * session.doubles(op.parameters())[op.weight() + k]));
            }
        }
    }

    private static void activatedLinear(NetworkOp.ActivatedLinear op, ReferenceSession session) {
        double[] parameters = session.doubles(op.parameters());
        int out = op.output().columns();
        Buffer addend = op.addend();
        for (int row = 0; row < op.rows(); row++) {
            for (int o = 0; o < out; o++) {
                double sum = op.bias() < 0 ? 0 : parameters[op.bias() + o];
                sum += addend == null ? 0 : session.get(addend, row, o);
                for (int i = 0; i < op.input().columns(); i++) {
                    sum += value(op.activation(), session.get(op.input(), row, i))
                            * parameters[op.weight() + i * out + o];
                }
                session.set(op.output(), row, o, sum);
            }
        }
    }

    private static void activatedLinear(GradientOp.ActivatedLinear op, ReferenceSession session) {
        double[] parameters = session.doubles(op.parameters());
        double[] gradient = session.doubles(op.parameterGradient());
        int out = op.outputGradient().columns();
        for (int row = 0; row < op.rows(); row++) {
            for (int o = 0; o < out && op.bias() >= 0; o++) {
                gradient[op.bias() + o] += session.get(op.outputGradient(), row, o);
            }
            for (int i = 0; i < op.input().columns(); i++) {
                double z = session.get(op.input(), row, i);
                double sum = 0;
                for (int o = 0; o < out; o++) {
                    double dy = session.get(op.outputGradient(), row, o);
                    sum += dy * parameters[op.weight() + i * out + o];
                    gradient[op.weight() + i * out + o] += dy * value(op.activation(), z);
                }
                session.set(op.inputGradient(), row, i, sum * derivative(op.activation(), z));
            }
        }
    }

    private static void linearInput(GradientOp.LinearInput op, ReferenceSession session) {
        double[] parameters = session.doubles(op.parameters());
        int out = op.outputGradient().columns();
        for (int row = 0; row < op.rows(); row++) {
            for (int i = 0; i < op.inputGradient().columns(); i++) {
                double sum = op.accumulate() ? session.get(op.inputGradient(), row, i) : 0;
                for (int o = 0; o < out; o++) {
                    sum += session.get(op.outputGradient(), row, o) * parameters[op.weight() + i * out + o];
                }
                session.set(op.inputGradient(), row, i, sum);
            }
        }
    }

    private static void linearWeight(GradientOp.LinearWeight op, ReferenceSession session) {
        double[] gradient = session.doubles(op.parameterGradient());
        int out = op.outputGradient().columns();
        int in = op.input().columns();
        for (int row = 0; row < op.rows(); row++) {
            for (int o = 0; o < out; o++) {
                double dy = session.get(op.outputGradient(), row, o);
                if (op.bias() >= 0) {
                    gradient[op.bias() + o] += dy;
                }
                for (int i = 0; i < in; i++) {
                    gradient[op.weight() + i * out + o] += session.get(op.input(), row, i) * dy;
                }
            }
        }
    }
}
