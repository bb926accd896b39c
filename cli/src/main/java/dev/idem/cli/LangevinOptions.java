package dev.idem.cli;

import dev.idem.train.TrainedSampler;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Langevin steps after the reverse process. */
final class LangevinOptions {

    private static final double PERCENT = 100;

    @Option(names = "--langevin", paramLabel = "STEPS", converter = WholeNumbers.class,
            description = "Then let each sample make that many Metropolis-adjusted Langevin steps by the task's energy.")
    private Optional<Long> steps = Optional.empty();

    @Option(names = "--step-size", paramLabel = "S",
            description = "Their size s, fixed: x + s force + sqrt(2 s) noise; default: the run's refine.stepSize.")
    private Optional<Double> stepSize = Optional.empty();

    @Option(names = "--trajectory", paramLabel = "L", converter = WholeNumbers.class,
            description = "Test each trajectory of L steps, which keeps a velocity, instead of each step; default: the run's refine.trajectory.")
    private Optional<Long> trajectory = Optional.empty();

    @Option(names = "--unadjusted", description = "Take every step, with an error that grows with its size.")
    private boolean unadjusted;

    /**
     * Sets what was asked for.
     *
     * @throws IllegalArgumentException if a value is out of range or something is missing
     */
    void apply(TrainedSampler sampler) {
        steps(sampler).ifPresent(sampler::langevin);
    }

    /**
     * Returns what was asked for.
     *
     * @throws IllegalArgumentException if a value is out of range or something is missing
     */
    Optional<TrainedSampler.Langevin> steps(TrainedSampler sampler) {
        if (steps.isEmpty()) {
            if (unadjusted || stepSize.isPresent() || trajectory.isPresent()) {
                throw new IllegalArgumentException(
                        "--step-size, --trajectory and --unadjusted are of Langevin steps; add --langevin STEPS");
            }
            return Optional.empty();
        }
        long count = steps.get();
        if (count < 1 || count > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("--langevin must be at least 1 and at most 2^31 - 1, got " + count);
        }
        long together = trajectory.orElseGet(() -> unadjusted ? 1L : sampler.trajectory());
        if (together < 1 || count % together != 0) {
            throw new IllegalArgumentException("--langevin " + count + " must be a multiple of --trajectory, got "
                    + together + (trajectory.isPresent() ? "" : " of the run's refine.trajectory"));
        }
        return Optional.of(new TrainedSampler.Langevin((int) count, stepSize.orElseGet(sampler::stepSize),
                !unadjusted, (int) together));
    }

    /** Says on standard error what the steps did, if there were any. */
    void report(Terminal terminal, TrainedSampler sampler) {
        if (steps.isPresent()) {
            report(terminal, sampler.acceptance(), sampler.energyCalls());
        }
    }

    static void report(Terminal terminal, double acceptance, long energyCalls) {
        terminal.err().println("Langevin: " + Figures.of(acceptance * PERCENT, 3) + " % accepted, "
                + Figures.whole(energyCalls) + " energy calls");
    }
}
