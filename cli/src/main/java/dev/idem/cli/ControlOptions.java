package dev.idem.cli;

import dev.idem.task.Task;
import dev.idem.train.Controls;
import dev.idem.train.RunFolder;
import dev.idem.train.TrainedSampler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Samplers without a network beside that of a run. */
final class ControlOptions {

    @Option(names = "--controls",
            description = "Of particles: put beside the bare sampler, at equal energy calls, plain Langevin from prior draws and "
                    + "parallel tempering; with --langevin also relaxed prior draws after the same steps.")
    private boolean wanted;

    @Option(names = "--energy-calls", paramLabel = "N", converter = WholeNumbers.class,
            description = "Energy calls of the controls; default: those of the run's training and of drawing.")
    private Optional<Long> energyCalls = Optional.empty();

    boolean wanted() {
        return wanted;
    }

    /**
     * Checks that the options are of use.
     *
     * @param run whether samples are those of a run
     * @throws IllegalArgumentException if they are not
     */
    void check(boolean run) {
        if (energyCalls.isPresent() && !wanted) {
            throw new IllegalArgumentException("--energy-calls is of controls; add --controls");
        }
        if (energyCalls.isPresent() && energyCalls.get() < 1) {
            throw new IllegalArgumentException("--energy-calls must be at least 1, got " + energyCalls.get());
        }
        if (wanted && !run) {
            throw new IllegalArgumentException("--controls start as a run does; give the folder of a run, not samples");
        }
    }

    /**
     * Returns the energy calls of a run's training, or 0 if nobody wants to know.
     *
     * @throws IllegalArgumentException if controls are wanted of something else than particles that have been trained on
     */
    long callsOfTraining(Path run, Task task) throws IOException {
        if (!wanted) {
            return 0;
        }
        if (task.particles().isEmpty()) {
            throw new IllegalArgumentException("--controls is of particles; " + task.name() + " has none");
        }
        return RunFolder.open(run).energyCalls().orElseThrow(() -> new IllegalArgumentException(
                run + " has no finished epoch yet, so there is nothing to compare at equal energy calls"));
    }

    /**
     * Draws the controls.
     *
     * @param own energy calls of the sampler, its training included
     */
    List<DrawnSamples> draw(TrainedSampler sampler, Optional<TrainedSampler.Langevin> steps, int samples, long seed,
            long own) {
        long calls = energyCalls.orElse(own);
        Controls controls = sampler.controls();
        List<DrawnSamples> drawn = new ArrayList<>();
        drawn.add(of("langevin", controls.langevin(calls, samples, seed)));
        drawn.add(of("tempering", controls.tempering(calls, samples, seed)));
        steps.ifPresent(made -> drawn.add(of("relaxed + " + made.steps(), controls.relaxed(made, samples, seed))));
        return drawn;
    }

    private static DrawnSamples of(String head, Controls.Control control) {
        return new DrawnSamples(control.name(), head, control.description(), control.samples(), control.energyCalls());
    }
}
