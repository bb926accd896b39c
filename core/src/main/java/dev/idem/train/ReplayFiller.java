package dev.idem.train;

import dev.idem.backend.Session;
import dev.idem.config.RefineConfig;
import dev.idem.config.TrainConfig;
import dev.idem.eval.ExplosionBound;
import dev.idem.program.ReplayRows;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Runs the programs that fill the replay, and says what they did. */
final class ReplayFiller {

    private final Session session;
    private final ReplayPrograms programs;
    private final TrainConfig config;
    private final MethodBuilder method;
    private Optional<RefillMetrics> newest = Optional.empty();

    ReplayFiller(Session session, ReplayPrograms programs, TrainConfig config, MethodBuilder method) {
        this.session = session;
        this.programs = programs;
        this.config = config;
        this.method = method;
    }

    void writeConstants() {
        if (config.replay().startsByMonteCarlo()) {
            int[] startCopies = new int[config.replay().startPoints()];
            Arrays.fill(startCopies, config.estimator().copies());
            session.write(programs.startCopies, startCopies);
            session.write(programs.start.table(), method.integrator(config.refill(), 0).table(method.schedule()));
        }
        programs.refined.ifPresent(refined -> {
            refined.ofStart().writeConstants(session, config.refine());
            refined.ofRefill().writeConstants(session, config.refine());
            refined.ofOld().ifPresent(old -> old.chains().writeConstants(session, config.refine().stepSize()));
        });
    }

    void writeInitialState(int[] counter) {
        session.write(programs.refill.counter(), counter);
        session.write(programs.start.counter(), counter);
        programs.refined.ifPresent(refined -> {
            session.write(refined.ofStart().langevin().counter(), counter);
            session.write(refined.ofRefill().langevin().counter(), counter);
            refined.ofOld().ifPresent(old -> session.write(old.chains().counter(), counter));
            writeLargestEnergy(refined, method.explosionBound());
        });
    }

    private void writeLargestEnergy(ReplayPrograms.Refined refined, double bound) {
        session.write(refined.largestEnergy(), new float[] {(float) Math.min(bound, Float.MAX_VALUE)});
    }

    /** Fills the replay for the first time and returns the energy calls that took. */
    EnergyCalls start() {
        boolean monteCarlo = config.replay().startsByMonteCarlo();
        session.run(programs.start.start(), 1);
        if (monteCarlo) {
            session.run(programs.start.step(), config.refill().allSteps());
        }
        long calls = 0;
        if (programs.refined.isPresent()) {
            ReplayPrograms.Refined refined = programs.refined.get();
            RefineConfig refine = config.refine();
            Refinement first = refined.ofStart();
            calls = switch (config.replay().start()) {
                case RELAXED -> first.descent().run(session, refine.relaxSteps())
                        + first.langevin().run(session, refine.startSteps());
                case VIRIAL -> descendToVirial(first.descent());
                default -> first.descent().begin(session);
            };
            if (!Double.isFinite(method.explosionBound())) {
                writeLargestEnergy(refined,
                        ExplosionBound.of(session.readFloats(first.langevin().configurations().energies())));
            }
        }
        session.run(programs.appendStart, 1);
        requireFilled();
        return new EnergyCalls(method.callsToStart().targets(), calls);
    }

    /**
     * Lets points descend until the mean of x·∇E of the unexploded ones, of half at least, has fallen to that of equilibrium.
     *
     * @throws TrainingDivergedException if it does not within the steps allowed
     */
    private long descendToVirial(Chains descent) {
        long calls = descent.begin(session);
        double reached = Double.NaN;
        for (int step = 0; step < config.refine().relaxSteps(); step++) {
            calls += descent.move(session, 1);
            float[] energies = session.readFloats(descent.configurations().energies());
            double bound = Math.min(method.explosionBound(), Float.MAX_VALUE);
            boolean[] kept = new boolean[energies.length];
            int count = 0;
            for (int row = 0; row < kept.length; row++) {
                kept[row] = energies[row] <= bound;
                count += kept[row] ? 1 : 0;
            }
            reached = virial(descent.configurations(), row -> kept[row]);
            if (2 * count >= kept.length && reached <= method.equilibriumVirial()) {
                return calls;
            }
        }
        throw new TrainingDivergedException("the first points have not come to x·grad E = " + method.equilibriumVirial()
                + " within " + config.refine().relaxSteps() + " steps of descent, but to " + reached
                + "; set refine.relaxSteps higher");
    }

    /** Fills the replay from the prior as it is, whatever the settings: for calibration. */
    void startFromPrior() {
        session.run(programs.start.start(), 1);
        programs.refined.ifPresent(refined -> {
            refined.ofStart().descent().begin(session);
            writeLargestEnergy(refined, Double.POSITIVE_INFINITY);
        });
        session.run(programs.appendStart, 1);
    }

    /** Draws new points with the current sampler, refines them and old ones, and returns the energy calls that took. */
    EnergyCalls refill(double learnedWidth) {
        samplerSteps(config.refill().allSteps(), learnedWidth);
        long calls = 0;
        if (programs.refined.isPresent()) {
            calls = refine(programs.refined.get());
        } else {
            session.run(programs.appendRefill, 1);
        }
        session.run(programs.refill.advance(), 1);
        return new EnergyCalls(0, calls);
    }

    /** Makes the first steps of the refill's reverse process. */
    void samplerSteps(int steps, double learnedWidth) {
        session.write(programs.refill.table(),
                method.integrator(config.refill(), learnedWidth).table(method.schedule()));
        session.run(programs.refill.start(), 1);
        session.run(programs.refill.step(), steps);
    }

    /** Makes Langevin steps of the points drawn last, and leaves the replay as it is: for calibration. */
    void chainSteps(int steps) {
        programs.refined.ifPresent(refined -> refined.ofRefill().langevin().run(session, steps));
    }

    private long refine(ReplayPrograms.Refined refined) {
        RefineConfig refine = config.refine();
        Refinement fresh = refined.ofRefill();
        ReplayRows points = fresh.langevin().configurations();
        long calls = fresh.descent().begin(session);
        double bound = session.readFloats(refined.largestEnergy())[0];
        Mean drawn = Mean.of(session.readFloats(points.energies()), bound);
        if (drawn.leftOut() > 0 && refine.steps() > 0) {
            calls += fresh.descent().move(session, refine.relaxSteps());
        }
        calls += fresh.langevin().run(session, refine.steps());
        session.run(programs.appendRefill, 1);
        double moves = fresh.langevin().moved(session);
        long proposals = (long) fresh.rows() * refine.steps();
        if (refined.ofOld().isPresent()) {
            Chains old = refined.ofOld().get().chains();
            calls += old.run(session, refine.steps());
            session.run(refined.ofOld().get().put(), 1);
            session.run(old.advance(), 1);
            moves += old.moved(session);
            proposals += (long) old.rows() * refine.steps();
        }
        session.run(fresh.langevin().advance(), 1);
        requireFilled();
        int filled = filled();
        newest = Optional.of(new RefillMetrics(drawn.value(), drawn.leftOut(),
                Mean.of(session.readFloats(points.energies()), bound).value(),
                Math.round(session.readFloats(refined.leftOut())[0]),
                moves / proposals, replayEnergy(refined), virial(refined.kept(), row -> row < filled)));
        return calls;
    }

    private int filled() {
        return session.readInts(programs.cursor)[1];
    }

    private void requireFilled() {
        if (programs.refined.isPresent() && filled() == 0) {
            throw new TrainingDivergedException("no point is left to train on: all first points are exploded after "
                    + config.refine().relaxSteps() + " steps of descent; set refine.relaxSteps higher");
        }
    }

    private double replayEnergy(ReplayPrograms.Refined refined) {
        return sum(Arrays.copyOf(session.readFloats(refined.kept().energies()), filled())) / filled();
    }

    /** Returns the mean of x·∇E over some rows. */
    private double virial(ReplayRows rows, IntPredicate some) {
        float[] points = session.readFloats(rows.points());
        float[] forces = session.readFloats(rows.forces());
        int columns = rows.points().columns();
        double sum = 0;
        int count = 0;
        for (int row = 0; row < rows.rows(); row++) {
            if (some.test(row)) {
                for (int i = row * columns; i < (row + 1) * columns; i++) {
                    sum -= (double) points[i] * forces[i];
                }
                count++;
            }
        }
        return sum / count;
    }

    /** Returns the outcome of the newest refill; empty if the replay keeps no energies. */
    Optional<RefillMetrics> newest() {
        return newest;
    }

    /** Returns the newest points as the sampler, or the chains, left them; [row][axis] in model coordinates. */
    float[] newestPoints() {
        return session.readFloats(programs.refill.x());
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    /** The mean of the values up to a bound, and how many are beyond it or no numbers. */
    private record Mean(double value, int leftOut) {

        static Mean of(float[] values, double bound) {
            double sum = 0;
            int count = 0;
            for (float value : values) {
                if (value <= bound) {
                    sum += value;
                    count++;
                }
            }
            return new Mean(sum / count, values.length - count);
        }
    }
}
