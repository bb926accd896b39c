package dev.idem.diffusion;

import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.CounterOp;
import dev.idem.program.NoiseOp;
import dev.idem.program.PairOp;
import dev.idem.program.Program;
import dev.idem.program.ProgramBuilder;
import dev.idem.program.Role;
import dev.idem.program.SamplerOp;

/**
 * The reverse process as two programs: {@code start} draws a batch from the prior, {@code step} makes one step of it and
 * is run once per row of the table.
 *
 * <p>Each trajectory has a global number, the counter's first row plus its row, so samples do not depend on how they are
 * cut into batches.
 *
 * @param start draws the starting points of the counter's rows
 * @param step one step
 * @param advance moves the counter on to the next batch of trajectories
 * @param counter random counter, state
 * @param x points [row][dimension], state
 * @param table coefficients [step][7], constant
 */
public record SamplerPrograms(Program start, Program step, Program advance, Buffer counter, Buffer x, Buffer table) {

    /** Something that appends a score to a sampler's step. */
    @FunctionalInterface
    public interface ScoreSource {

        /**
         * Appends the score at x and returns it, [row][dimension].
         *
         * @param counter random counter, for estimates that draw
         * @param time [1][1]
         * @param variance [1][1]
         */
        Buffer score(ProgramBuilder builder, Buffer counter, Buffer x, Buffer time, Buffer variance);
    }

    /**
     * Builds the programs.
     *
     * @param name prefixes the names of programs and buffers
     * @param rows trajectories in a batch
     * @param particles number of particles whose centre of mass is kept at zero; 0 for points without such
     * @param priorDeviation standard deviation of the starting points per coordinate
     * @param firstStream number of the first random stream
     */
    public static SamplerPrograms of(String name, int rows, int dimension, int particles, int steps,
            double priorDeviation,
            int firstStream, ScoreSource source) {
        Buffer counter = Counter.buffer(name + "Counter");
        Buffer x = Buffer.floats(name + "Points", rows, dimension, Role.STATE);
        Buffer remembered = Buffer.floats(name + "Remembered", rows, dimension, Role.STATE);
        Buffer table = Buffer.floats(name + "Table", steps, SamplerOp.COLUMNS, Role.CONSTANT);

        ProgramBuilder start = new ProgramBuilder(name + "Start", firstStream);
        start.add(new CounterOp.Assign(counter, Counter.STEP, 0));
        start.add(new NoiseOp.Gaussian(counter, x, priorDeviation, start.stream()));
        centre(start, x, particles);

        ProgramBuilder step = new ProgramBuilder(name + "Step", firstStream + 1);
        int noiseStream = step.stream();
        Buffer time = step.scratch("time", 1, 1);
        Buffer variance = step.scratch("variance", 1, 1);
        step.add(new SamplerOp.Level(counter, table, time, variance));
        Buffer score = source.score(step, counter, x, time, variance);
        step.add(new SamplerOp.Step(counter, table, score, x, remembered, noiseStream));
        centre(step, x, particles);
        step.add(new CounterOp.Advance(counter, Counter.STEP, 1));

        ProgramBuilder advance = new ProgramBuilder(name + "Advance", firstStream);
        advance.add(new CounterOp.Advance(counter, Counter.FIRST_ROW, rows));
        return new SamplerPrograms(start.build(), step.build(), advance.build(), counter, x, table);
    }

    /**
     * Appends the removal of the centre of mass. Noise is drawn in all coordinates; less its mean it is noise on the mean-free subspace.
     *
     * @param x [row][particle·axis], modified
     * @param particles 0 for points without a centre of mass: nothing is appended
     */
    public static void centre(ProgramBuilder builder, Buffer x, int particles) {
        if (particles > 0) {
            builder.add(new PairOp.Displacement(x, null, x, particles));
        }
    }
}
