package dev.idem.train;

import dev.idem.config.RefineConfig;
import dev.idem.config.ReplayConfig;
import dev.idem.config.TrainConfig;
import dev.idem.diffusion.SamplerPrograms;
import dev.idem.diffusion.ScoreEstimator;
import dev.idem.energy.Energy;
import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.CounterOp;
import dev.idem.program.MetricOp;
import dev.idem.program.NoiseOp;
import dev.idem.program.Program;
import dev.idem.program.ProgramBuilder;
import dev.idem.program.ReplayOp;
import dev.idem.program.ReplayRows;
import dev.idem.program.Role;
import dev.idem.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The programs that fill the replay: at the start, and after each epoch by the current sampler. */
final class ReplayPrograms {

    private static final int REFILL_STREAMS = 2000;
    private static final int START_STREAMS = 3000;
    private static final int CHAIN_STREAMS = 5000;
    private static final int STREAMS_OF_CHAINS = 10;

    final Buffer points;
    final Buffer cursor = Buffer.ints("replayCursor", 1, 2, Role.STATE);
    final SamplerPrograms start;
    final SamplerPrograms refill;
    final Program appendStart;
    final Program appendRefill;
    final Buffer startCopies;
    final Optional<Refined> refined;
    private final boolean startsByMonteCarlo;

    /**
     * What a replay that keeps energies and forces has besides.
     *
     * @param kept what it holds
     * @param largestEnergy [1][1]: configurations of more are left out
     * @param leftOut [1][1]: how many of a refill were
     * @param ofStart chains of the first points
     * @param ofRefill chains of new points
     * @param ofOld of points of the replay; absent if those stay as they are
     */
    record Refined(ReplayRows kept, Buffer largestEnergy, Buffer leftOut, Refinement ofStart, Refinement ofRefill,
            Optional<Old> ofOld) {}

    /**
     * What moves points of the replay.
     *
     * @param chains their start takes the points
     * @param put puts them back
     */
    record Old(Chains chains, Program put) {}

    ReplayPrograms(Task task, TrainConfig config, MethodBuilder method, SamplerPrograms.ScoreSource trained,
            ScoreEstimator estimator) {
        ReplayConfig replay = config.replay();
        points = Buffer.floats("replay", replay.capacity(), task.dimension(), Role.STATE);
        startsByMonteCarlo = replay.startsByMonteCarlo();
        startCopies = Buffer.ints("startCopies", replay.startPoints(), 1, Role.CONSTANT);
        refill = sampler("refill", replay.refillPoints(), task, config, method, REFILL_STREAMS, trained);
        start = sampler("warm", replay.startPoints(), task, config, method, START_STREAMS,
                (builder, random, x, _, variance) -> estimator
                        .estimate(builder, random, x, variance, new ScoreEstimator.OwnCopies(startCopies)).score());
        refined = config.keepsForces() ? Optional.of(refined(task.energy(), config, method)) : Optional.empty();
        appendStart = append("appendStart", start.x(), refined.map(Refined::ofStart));
        appendRefill = append("appendRefill", refill.x(), refined.map(Refined::ofRefill));
    }

    private static SamplerPrograms sampler(String name, int rows, Task task, TrainConfig config, MethodBuilder method,
            int firstStream, SamplerPrograms.ScoreSource source) {
        return SamplerPrograms.of(name, rows, task.dimension(), method.particles(), config.refill().allSteps(),
                method.priorDeviation(), firstStream, source);
    }

    private Refined refined(Energy energy, TrainConfig config, MethodBuilder method) {
        ReplayRows kept = ReplayRows.of("replay", points);
        double bound = method.explosionBound();
        boolean someDescend = Double.isFinite(bound) && config.replay().start() != ReplayConfig.Start.VIRIAL;
        Refinement ofStart = Refinement.of("startChains", ReplayRows.of("startChains", start.x()), energy,
                config.refine(), someDescend ? bound : Double.NEGATIVE_INFINITY, CHAIN_STREAMS);
        Refinement ofRefill = Refinement.of("newChains", ReplayRows.of("newChains", refill.x()), energy,
                config.refine(), bound, CHAIN_STREAMS + STREAMS_OF_CHAINS);
        boolean movesOld = config.refine().oldPoints() > 0 && config.refine().steps() > 0;
        return new Refined(kept, Buffer.floats("largestEnergy", 1, 1, Role.STATE),
                Buffer.floats("leftOut", 1, 1, Role.STATE), ofStart, ofRefill,
                movesOld ? Optional.of(old(energy, config.refine(), kept)) : Optional.empty());
    }

    private Old old(Energy energy, RefineConfig refine, ReplayRows kept) {
        int stream = CHAIN_STREAMS + 2 * STREAMS_OF_CHAINS;
        Chains chains = Chains.of("oldChains", ReplayRows.state("oldChains", refine.oldPoints(), points.columns()),
                energy, Refinement.langevin(refine),
                Optional.of((counter, rows, taken) -> new ReplayOp.TakeRun(counter, kept, cursor, rows, taken)),
                stream);
        ProgramBuilder back = new ProgramBuilder("putOld", stream); // the stream of the op that took them
        back.add(new CounterOp.Assign(chains.counter(), Counter.STEP, 0));
        back.add(new ReplayOp.PutRun(chains.counter(), chains.configurations(), kept, cursor, back.stream()));
        return new Old(chains, back.build());
    }

    private Program append(String name, Buffer x, Optional<Refinement> chains) {
        ProgramBuilder builder = new ProgramBuilder(name, 0);
        if (chains.isPresent() && refined.isPresent()) {
            Refined into = refined.get();
            builder.add(new MetricOp.Reset(into.leftOut()))
                    .add(new ReplayOp.AppendRows(chains.get().langevin().configurations(),
                            into.kept(), cursor, into.largestEnergy(), into.leftOut()));
        } else {
            builder.add(new NoiseOp.AppendReplay(x, points, cursor));
        }
        return builder.build();
    }

    /** Returns what a replay that keeps energies and forces holds. */
    ReplayRows kept() {
        return refined.orElseThrow(() -> new IllegalStateException("this replay keeps points alone")).kept();
    }

    List<Program> all() {
        List<Program> all = new ArrayList<>(List.of(refill.start(), refill.step(), refill.advance(), appendRefill,
                start.start(), appendStart));
        if (startsByMonteCarlo) {
            all.add(start.step());
        }
        refined.ifPresent(more -> {
            all.addAll(more.ofStart().all());
            all.addAll(more.ofRefill().all());
            more.ofOld().ifPresent(old -> {
                all.addAll(old.chains().all());
                all.add(old.put());
            });
        });
        return all;
    }

    /** Returns what outlives a refill: all else is written before it is read. */
    List<Buffer> state() {
        List<Buffer> state = new ArrayList<>(List.of(points, cursor, start.counter(), refill.counter()));
        refined.ifPresent(more -> {
            state.addAll(List.of(more.kept().forces(), more.kept().energies(), more.largestEnergy(),
                    more.ofStart().langevin().counter(), more.ofRefill().langevin().counter()));
            more.ofOld().ifPresent(old -> state.add(old.chains().counter()));
        });
        return state;
    }
}
