package dev.idem.cpu;

import dev.idem.cpu.kernel.NormalKernel;
import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.NoiseOp;
import dev.idem.program.SamplerOp;
import dev.idem.random.Philox;
import dev.idem.random.Uniforms;

/** Lowers what draws random numbers: noise, replay, and the steps of the reverse process. */
final class NoiseLowering {

    private NoiseLowering() {}

    static Kernel lower(NoiseOp op, Operands operands) {
        return switch (op) {
            case NoiseOp.Times times -> times(times, operands);
            case NoiseOp.Variances variances -> variances(variances, operands);
            case NoiseOp.Gaussian gaussian -> gaussian(gaussian, operands);
            case NoiseOp.Perturb perturb -> perturb(perturb, operands);
            case NoiseOp.GatherReplay gather -> gather(gather, operands);
            case NoiseOp.AppendReplay append -> append(append, operands);
        };
    }

    static Kernel lower(SamplerOp op, Operands operands) {
        return switch (op) {
            case SamplerOp.Level level -> level(level, operands);
            case SamplerOp.Step step -> step(step, operands);
        };
    }

    /** Writes the four random words of a row's first block. */
    static int[] words(Worker worker, int[] counter, int row, int stream) {
        int[] words = worker.scratch().words();
        Philox.words(0, counter[Counter.FIRST_ROW] + row, counter[Counter.STEP], stream, counter[Counter.SEED_LOW],
                counter[Counter.SEED_HIGH], words, 0);
        return words;
    }

    /** Writes the normal numbers of some rows, [row][column], to the worker's scratch. */
    private static float[] normals(Worker worker, int[] counter, int from, int to, int columns, int stream) {
        float[] normals = worker.scratch().normals((to - from) * columns);
        NormalKernel.normals(counter[Counter.SEED_LOW], counter[Counter.SEED_HIGH], stream, counter[Counter.STEP],
                counter[Counter.FIRST_ROW] + from, to - from, columns, normals, 0, worker.scratch().noise());
        return normals;
    }

    private static Kernel times(NoiseOp.Times op, Operands operands) {
        int[] counter = operands.ints(op.counter());
        Operand time = operands.rows(op.time());
        int stream = op.stream();
        int rows = op.rows();
        boolean stratified = op.stratified();
        return (worker, from, to) -> {
            float[] out = time.array(worker);
            for (int row = from; row < to; row++) {
                float u = Uniforms.ofBits(words(worker, counter, row, stream)[0]);
                out[time.at(worker, row)] = stratified ? (float) ((row + (double) u) / rows) : u;
            }
        };
    }

    private static Kernel variances(NoiseOp.Variances op, Operands operands) {
        Operand time = operands.rows(op.time());
        Operand variance = operands.rows(op.variance());
        return (worker, from, to) -> {
            float[] times = time.array(worker);
            float[] out = variance.array(worker);
            for (int row = from; row < to; row++) {
                out[variance.at(worker, row)] = (float) op.schedule().variance(times[time.at(worker, row)]);
            }
        };
    }

    private static Kernel gaussian(NoiseOp.Gaussian op, Operands operands) {
        int[] counter = operands.ints(op.counter());
        Operand x = operands.rows(op.x());
        int dimension = op.x().columns();
        float deviation = (float) op.standardDeviation();
        return (worker, from, to) -> {
            float[] normals = normals(worker, counter, from, to, dimension, op.stream());
            float[] out = x.array(worker);
            int at = x.at(worker, from);
            for (int i = 0; i < (to - from) * dimension; i++) {
                out[at + i] = deviation * normals[i];
            }
        };
    }

    private static Kernel perturb(NoiseOp.Perturb op, Operands operands) {
        int[] counter = operands.ints(op.counter());
        Operand x = operands.rows(op.x());
        Operand variance = operands.rows(op.variance());
        Operand noised = operands.rows(op.noised());
        int dimension = op.x().columns();
        return (worker, from, to) -> {
            float[] normals = normals(worker, counter, from, to, dimension, op.stream());
            float[] points = x.array(worker);
            float[] variances = variance.array(worker);
            float[] out = noised.array(worker);
            for (int row = from; row < to; row++) {
                int noise = (row - from) * dimension;
                float deviation = (float) Math.sqrt(variances[variance.at(worker, row)]);
                int in = x.at(worker, row);
                int at = noised.at(worker, row);
                for (int axis = 0; axis < dimension; axis++) {
                    out[at + axis] = Math.fma(deviation, normals[noise + axis], points[in + axis]);
                }
            }
        };
    }

    private static Kernel gather(NoiseOp.GatherReplay op, Operands operands) {
        int[] counter = operands.ints(op.counter());
        int[] cursor = operands.ints(op.cursor());
        float[] replay = operands.floats(op.replay());
        Operand x = operands.rows(op.x());
        int dimension = op.x().columns();
        return (worker, from, to) -> {
            float[] out = x.array(worker);
            for (int row = from; row < to; row++) {
                float u = Uniforms.ofBits(words(worker, counter, row, op.stream())[0]);
                int slot = Uniforms.index(u, cursor[1]);
                System.arraycopy(replay, slot * dimension, out, x.at(worker, row), dimension);
            }
        };
    }

    private static Kernel append(NoiseOp.AppendReplay op, Operands operands) {
        Buffer source = op.x();
        float[] points = operands.floats(source);
        float[] replay = operands.floats(op.replay());
        int[] cursor = operands.ints(op.cursor());
        int capacity = op.replay().rows();
        int dimension = source.columns();
        return (_, _, _) -> {
            for (int row = 0; row < source.rows(); row++) {
                System.arraycopy(points, row * dimension, replay, cursor[0] * dimension, dimension);
                cursor[0] = (cursor[0] + 1) % capacity;
                cursor[1] = Math.min(cursor[1] + 1, capacity);
            }
        };
    }

    private static Kernel level(SamplerOp.Level op, Operands operands) {
        int[] counter = operands.ints(op.counter());
        float[] table = operands.floats(op.table());
        Operand time = operands.rows(op.time());
        Operand variance = operands.rows(op.variance());
        return (worker, _, _) -> {
            int at = counter[Counter.STEP] * SamplerOp.COLUMNS;
            time.array(worker)[time.at(worker, 0)] = table[at + SamplerOp.TIME];
            variance.array(worker)[variance.at(worker, 0)] = table[at + SamplerOp.VARIANCE];
        };
    }

    private static Kernel step(SamplerOp.Step op, Operands operands) {
        int[] counter = operands.ints(op.counter());
        float[] table = operands.floats(op.table());
        Operand score = operands.rows(op.score());
        Operand x = operands.rows(op.x());
        Operand remembered = operands.rows(op.remembered());
        int dimension = op.x().columns();
        return (worker, from, to) -> {
            int coefficients = counter[Counter.STEP] * SamplerOp.COLUMNS;
            float e = table[coefficients + SamplerOp.MEMORY];
            float a = table[coefficients + SamplerOp.POINT];
            float b = table[coefficients + SamplerOp.SCORE];
            float c = table[coefficients + SamplerOp.PREVIOUS];
            float d = table[coefficients + SamplerOp.NOISE];
            float[] scores = score.array(worker);
            float[] points = x.array(worker);
            float[] memory = remembered.array(worker);
            float[] normals = d == 0
                    ? worker.scratch().normals((to - from) * dimension)
                    : normals(worker, counter, from, to, dimension, op.stream());
            for (int row = from; row < to; row++) {
                int noise = (row - from) * dimension;
                int in = score.at(worker, row);
                int at = x.at(worker, row);
                int before = remembered.at(worker, row);
                for (int axis = 0; axis < dimension; axis++) {
                    float s = scores[in + axis];
                    float point = points[at + axis];
                    float moved = Math.fma(b, s, a * point);
                    if (c != 0) {
                        moved = Math.fma(c, memory[before + axis], moved);
                    }
                    points[at + axis] = d == 0 ? moved : Math.fma(d, normals[noise + axis], moved);
                    memory[before + axis] = Math.fma(e, s, point);
                }
            }
        };
    }
}
