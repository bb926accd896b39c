package dev.idem.cpu;

import dev.idem.program.LossOp;
import dev.idem.program.ScoreOp;

/** Lowers what lies between a network's output and the loss; per-row factors are computed in double precision. */
final class ScoreLowering {

    private ScoreLowering() {}

    static Kernel lower(ScoreOp op, Operands operands) {
        return switch (op) {
            case ScoreOp.ScaleInput scale -> scaleInput(scale, operands);
            case ScoreOp.DenoiserScore denoiser -> denoiserScore(denoiser, operands);
            case ScoreOp.Denoised denoised -> denoised(denoised, operands);
            case ScoreOp.LogDeviation deviation -> logDeviation(deviation, operands);
        };
    }

    static Kernel lower(LossOp op, Operands operands) {
        return switch (op) {
            case LossOp.SquaredError error -> squaredError(error, operands);
            case LossOp.Mean mean -> mean(mean, operands);
        };
    }

    /** Returns s/√(h (s² + h)), the derivative of the score by the network's output. */
    static float outputFactor(double dataDeviation, double variance) {
        double total = dataDeviation * dataDeviation + variance;
        return (float) (dataDeviation / Math.sqrt(variance * total));
    }

    private static Kernel scaleInput(ScoreOp.ScaleInput op, Operands operands) {
        Operand x = operands.rows(op.x());
        Operand variance = operands.rows(op.variance());
        Operand scaled = operands.rows(op.scaled());
        int dimension = op.x().columns();
        double square = op.dataDeviation() * op.dataDeviation();
        return (worker, from, to) -> {
            float[] in = x.array(worker);
            float[] variances = variance.array(worker);
            float[] out = scaled.array(worker);
            for (int row = from; row < to; row++) {
                float factor = (float) (1 / Math.sqrt(square + variances[variance.at(worker, row)]));
                int source = x.at(worker, row);
                int target = scaled.at(worker, row);
                for (int axis = 0; axis < dimension; axis++) {
                    out[target + axis] = factor * in[source + axis];
                }
            }
        };
    }

    private static Kernel denoiserScore(ScoreOp.DenoiserScore op, Operands operands) {
        Operand x = operands.rows(op.x());
        Operand output = operands.rows(op.output());
        Operand variance = operands.rows(op.variance());
        Operand score = operands.rows(op.score());
        int dimension = op.x().columns();
        double deviation = op.dataDeviation();
        return (worker, from, to) -> {
            float[] points = x.array(worker);
            float[] outputs = output.array(worker);
            float[] variances = variance.array(worker);
            float[] out = score.array(worker);
            for (int row = from; row < to; row++) {
                double h = variances[variance.at(worker, row)];
                float pull = (float) (-1 / (deviation * deviation + h));
                float factor = outputFactor(deviation, h);
                int point = x.at(worker, row);
                int source = output.at(worker, row);
                int target = score.at(worker, row);
                for (int axis = 0; axis < dimension; axis++) {
                    out[target + axis] = Math.fma(factor, outputs[source + axis], pull * points[point + axis]);
                }
            }
        };
    }

    /** Returns s √(h/(s² + h)), the derivative of the denoised point by the network's output. */
    static float denoisedFactor(double dataDeviation, double variance) {
        return (float) (dataDeviation * Math.sqrt(variance / (dataDeviation * dataDeviation + variance)));
    }

    private static Kernel denoised(ScoreOp.Denoised op, Operands operands) {
        Operand x = operands.rows(op.x());
        Operand output = operands.rows(op.output());
        Operand variance = operands.rows(op.variance());
        Operand denoised = operands.rows(op.denoised());
        int dimension = op.x().columns();
        double square = op.dataDeviation() * op.dataDeviation();
        return (worker, from, to) -> {
            float[] points = x.array(worker);
            float[] outputs = output.array(worker);
            float[] out = denoised.array(worker);
            for (int row = from; row < to; row++) {
                double h = variance.array(worker)[variance.at(worker, row)];
                float kept = (float) (square / (square + h));
                float factor = denoisedFactor(op.dataDeviation(), h);
                int point = x.at(worker, row);
                int source = output.at(worker, row);
                int target = denoised.at(worker, row);
                for (int axis = 0; axis < dimension; axis++) {
                    out[target + axis] = Math.fma(factor, outputs[source + axis], kept * points[point + axis]);
                }
            }
        };
    }

    private static Kernel logDeviation(ScoreOp.LogDeviation op, Operands operands) {
        Operand variance = operands.rows(op.variance());
        Operand logDeviation = operands.rows(op.logDeviation());
        return (worker, from, to) -> {
            for (int row = from; row < to; row++) {
                double h = variance.array(worker)[variance.at(worker, row)];
                logDeviation.array(worker)[logDeviation.at(worker, row)] = (float) (0.5 * StrictMath.log(h));
            }
        };
    }

    private static Kernel squaredError(LossOp.SquaredError op, Operands operands) {
        Operand prediction = operands.rows(op.prediction());
        Operand target = operands.rows(op.target());
        Operand variance = operands.rows(op.variance());
        Operand rowLoss = operands.rows(op.rowLoss());
        int dimension = op.prediction().columns();
        return (worker, from, to) -> {
            float[] predictions = prediction.array(worker);
            float[] targets = target.array(worker);
            float[] variances = variance.array(worker);
            float[] out = rowLoss.array(worker);
            for (int row = from; row < to; row++) {
                double weight = op.weight().at(variances[variance.at(worker, row)]) / dimension;
                int first = prediction.at(worker, row);
                int second = target.at(worker, row);
                double sum = 0;
                for (int axis = 0; axis < dimension; axis++) {
                    double difference = predictions[first + axis] - targets[second + axis];
                    sum += difference * difference;
                }
                out[rowLoss.at(worker, row)] = (float) (weight * sum);
            }
        };
    }

    private static Kernel mean(LossOp.Mean op, Operands operands) {
        Operand values = operands.rows(op.values());
        Operand mean = operands.sum(op.mean());
        double share = 1.0 / op.values().rows();
        return (worker, from, to) -> {
            float[] in = values.array(worker);
            double sum = 0;
            for (int row = from; row < to; row++) {
                sum += in[values.at(worker, row)];
            }
            float[] partial = mean.array(worker);
            partial[mean.at(worker, from)] += (float) (share * sum);
        };
    }
}
