package dev.idem.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.config.EvaluationConfig;
import dev.idem.energy.PairDoubleWell;
import dev.idem.task.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParticleEvaluatorTest {

    private static final int PARTICLES = 5;
    private static final int AXES = 2;
    private static final int DIMENSION = PARTICLES * AXES;

    /** E = ½ Σ |x_i − x̄|²: eight independent normal numbers, so E has mean 4 and variance 4. */
    private static final ParticleTarget TARGET = new ParticleTarget(PARTICLES, AXES, ParticleEvaluatorTest::oscillator,
            24);

    private static double oscillator(double[] x, int offset, double[] force, int forceOffset) {
        double energy = 0;
        for (int axis = 0; axis < AXES; axis++) {
            double mean = 0;
            for (int i = 0; i < PARTICLES; i++) {
                mean += x[offset + i * AXES + axis] / PARTICLES;
            }
            for (int i = 0; i < PARTICLES; i++) {
                double difference = x[offset + i * AXES + axis] - mean;
                energy += difference * difference / 2;
                force[forceOffset + i * AXES + axis] = -difference;
            }
        }
        return energy;
    }

    private static float[] exact(int rows, long seed) {
        return Samples.narrow(Samples.normal(rows, DIMENSION, seed));
    }

    private static ParticleEvaluator evaluator(int threads) {
        return new ParticleEvaluator(TARGET, 40, 3, 3, threads);
    }

    private static Metric metric(ParticleEvaluation evaluation, String name) {
        return evaluation.metrics().stream().filter(metric -> metric.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void exactSamplesPassTheChecksThatNeedNoReference() {
        ParticleEvaluation evaluation = evaluator(2).evaluate(exact(4000, 1));
        requireNear(metric(evaluation, "meanEnergy"), 4);
        requireNear(metric(evaluation, "virial"), 8);
        assertThat(metric(evaluation, "virial").floor()).isEqualTo(8.0);
        // 8 free components of 10: the sum of 10 squared scores is 10/8 of a chi-squared with 8 degrees of freedom.
        assertThat(metric(evaluation, "meanForceZ").value()).isBetween(0.3, 1.9);
        assertThat(metric(evaluation, "exploded").value()).isZero();
        assertThat(evaluation.energyCalls()).isEqualTo(4000);
        assertThat(evaluation.histograms()).extracting(histogram -> histogram.samples().total()).containsExactly(4000L,
                40_000L);
    }

    @Test
    void tooHotSamplesFailThem() {
        float[] hot = exact(4000, 1);
        for (int k = 0; k < hot.length; k++) {
            hot[k] *= 1.05f;
        }
        Metric virial = metric(evaluator(1).evaluate(hot), "virial");
        assertThat(virial.value() - 8).isGreaterThan(5 * virial.standardError());
        for (int k = 0; k < hot.length; k += DIMENSION) {
            hot[k] += 0.3f; // one particle pulled to one side
        }
        assertThat(metric(evaluator(1).evaluate(hot), "meanForceZ").value()).isGreaterThan(4);
    }

    @Test
    void exactSamplesAreAtTheirFloor() {
        ParticleEvaluation evaluation = new ParticleEvaluator(TARGET, 40, 12, 3, 2).evaluate(exact(800, 1),
                exact(1600, 2));
        for (String name : List.of("energyW1", "energyW2", "energy_w2", "distanceTv", "distanceTvWithin", "w2",
                "alignedW2")) {
            Metric metric = metric(evaluation, name);
            double error = Math.hypot(metric.standardError(), metric.floorStandardError());
            assertThat(metric.value() - metric.floor()).as(name).isBetween(-4 * error, 4 * error);
            assertThat(metric(evaluation, name + "Unexploded").value()).isEqualTo(metric.value());
        }
        assertThat(metric(evaluation, "alignedW2").value()).isLessThan(metric(evaluation, "w2").value());
        assertThat(metric(evaluation, "meanEnergy").floor()).isCloseTo(4, within(4 * 2 / Math.sqrt(1600)));
        assertThat(evaluation.energyCalls()).isEqualTo(2400);
    }

    @Test
    void onePairOfSetsIsTheWholeSample() {
        float[] samples = exact(50, 1);
        float[] reference = exact(100, 2);
        ParticleEvaluation evaluation = new ParticleEvaluator(TARGET, 50, 1, 3, 1).evaluate(samples, reference);
        int[] rows = new DisjointSets(100, 50, 3).rows(0);
        float[] against = DisjointSets.take(reference, DIMENSION, rows);
        double[] energies = energies(samples);
        assertThat(metric(evaluation, "energyW1").value())
                .isCloseTo(Wasserstein.scalarW1(energies, energies(against)), within(1e-12));
        double w2 = Wasserstein.scalarW2(energies, energies(against));
        assertThat(metric(evaluation, "energyW2").value()).isCloseTo(w2, within(1e-12));
        assertThat(metric(evaluation, "energy_w2").value()).isCloseTo(w2 * w2, within(1e-12));
        assertThat(metric(evaluation, "alignedW2").value()).isCloseTo(
                new AlignedWasserstein(PARTICLES, AXES, 16, 1).w2(samples, against), within(1e-9));
        LineHistogram data = LineHistogram.of(Particles.pairDistances(against, PARTICLES, AXES), 200);
        LineHistogram own = data.emptyCopy().add(Particles.pairDistances(samples, PARTICLES, AXES));
        assertThat(metric(evaluation, "distanceTv").value()).isEqualTo(own.totalVariation(data));
        assertThat(metric(evaluation, "distancesOutside").value()).isEqualTo(own.outsideShare());
    }

    private static double[] energies(float[] samples) {
        double[] energies = new double[samples.length / DIMENSION];
        double[] wide = Points.widen(samples);
        for (int row = 0; row < energies.length; row++) {
            energies[row] = oscillator(wide, row * DIMENSION, new double[DIMENSION], 0);
        }
        return energies;
    }

    @Test
    void explodedSamplesAreCountedAndFiguresGivenWithAndWithoutThem() {
        float[] samples = exact(120, 1); // which three sets of 40 use up
        samples[7] = Float.NaN;
        samples[DIMENSION] = 50; // energy 1000, far above 24
        ParticleEvaluation evaluation = evaluator(2).evaluate(samples, exact(400, 2));
        assertThat(metric(evaluation, "exploded").value()).isEqualTo(2);
        assertThat(metric(evaluation, "notFinite").value()).isEqualTo(1);
        for (String name : List.of("meanEnergy", "virial", "energyW1", "energyW2", "energy_w2", "w2", "alignedW2")) {
            assertThat(metric(evaluation, name).value()).as(name).isInfinite();
            assertThat(metric(evaluation, name + "Unexploded").value()).as(name).isFinite();
        }
        // 4 of the first row's 10 distances and all 4 of the far particle's, at least.
        assertThat(metric(evaluation, "distancesOutside").value()).isGreaterThanOrEqualTo(8 / 1200.0);
        assertThat(metric(evaluation, "distancesOutside").value())
                .isGreaterThan(metric(evaluation, "distancesOutsideUnexploded").value());

        Arrays.fill(samples, Float.NaN);
        ParticleEvaluation nothing = evaluator(1).evaluate(samples, exact(1000, 2));
        assertThat(metric(nothing, "exploded").value()).isEqualTo(120);
        assertThat(metric(nothing, "energyW2Unexploded").value()).isNaN();
        assertThat(metric(nothing, "distanceTv").value()).isCloseTo(1, within(1e-12));
    }

    @Test
    void figuresDoNotDependOnThreads() {
        assertThat(evaluator(3).evaluate(exact(130, 1), exact(270, 2)).metrics())
                .isEqualTo(evaluator(1).evaluate(exact(130, 1), exact(270, 2)).metrics());
    }

    @Test
    void tasksOfParticlesAreJudgedAsParticles() {
        Task task = new Task("dw4", "", PairDoubleWell.dw4(), 2, 1);
        float[] samples = Samples.narrow(Samples.normal(60, 8, 1));
        float[] square = {0, 0, 8, 0, 0, 8, 8, 8}; // of side 4 in model coordinates, energy −8.4
        for (int k = 0; k < samples.length; k++) {
            samples[k] = square[k % 8] + 0.3f * samples[k];
        }
        samples[0] = Float.NaN;
        samples[8] = 1000; // in model coordinates 500: some energy of 1e10
        Evaluation evaluation = Evaluation.of(task, samples, Optional.empty(), new EvaluationConfig(60, 10, 2), 1, 1);
        assertThat(evaluation.metric("exploded").value()).isEqualTo(2);
        assertThat(evaluation.metric("meanEnergy").value()).isInfinite();
        double sum = 0;
        double[] x = new double[8];
        for (int row = 2; row < 60; row++) {
            for (int k = 0; k < 8; k++) {
                x[k] = samples[row * 8 + k] / 2;
            }
            sum += PairDoubleWell.dw4().energy(x, 0);
        }
        // None of the others lies above the bound of dw4, −22.5 + 10 · 2.5, or this would not hold.
        assertThat(evaluation.metric("meanEnergyUnexploded").value()).isCloseTo(sum / 58, within(1e-9));
    }

    @Test
    void histogramsCountEverySample() {
        List<ParticleHistogram> histograms = evaluator(1).evaluate(exact(300, 1), exact(500, 2)).histograms();
        assertThat(histograms).extracting(ParticleHistogram::name).containsExactly("energy", "pair distance");
        assertThat(histograms.get(0).samples().total()).isEqualTo(300);
        assertThat(histograms.get(1).reference().orElseThrow().total()).isEqualTo(5000);
    }

    @Test
    void pairDistancesAreCountedInBlocksOfBoundedSize() {
        float[] samples = exact(14_000, 1);
        ParticleSample sample = new ParticleSample("samples", TARGET, samples, 1);
        List<double[]> blocks = sample.pairDistanceBlocks(sample.allRows()).toList();
        double[] whole = Particles.pairDistances(samples, PARTICLES, AXES);
        assertThat(blocks).hasSize(3).allMatch(block -> block.length <= ParticleSample.BLOCK_DISTANCES);
        assertThat(blocks.stream().flatMapToDouble(Arrays::stream).toArray()).isEqualTo(whole);

        LineHistogram counted = evaluator(1).evaluate(samples).histograms().get(1).samples();
        LineHistogram expected = LineHistogram.of(whole, counted.bins());
        assertThat(List.of(counted.low(), counted.high())).isEqualTo(List.of(expected.low(), expected.high()));
        assertThat(counted.densities()).isEqualTo(expected.densities());
    }

    @Test
    void withoutAReferenceWhatHasNotExplodedGivesTheBins() {
        float[] samples = exact(100, 1);
        samples[7] = Float.NaN;
        samples[DIMENSION] = 50;
        LineHistogram energies = evaluator(1).evaluate(samples).histograms().get(0).samples();
        assertThat(energies.high()).isLessThan(24);
        assertThat(energies.outsideShare()).isEqualTo(0.02);
        Arrays.fill(samples, Float.NaN);
        assertThat(evaluator(1).evaluate(samples).histograms()).isEmpty();
    }

    @Test
    void refusesAReferenceWithoutEnergies() {
        float[] reference = exact(10, 1);
        reference[3] = Float.NaN;
        assertThatIllegalArgumentException().isThrownBy(() -> evaluator(1).evaluate(exact(10, 2), reference))
                .withMessageContaining("reference has NaN in row 0, column 3");
        assertThatIllegalArgumentException().isThrownBy(() -> evaluator(1).evaluate(exact(10, 2), exact(1, 2)))
                .withMessageContaining("1 rows");
        Task task = new Task("dw4", "", PairDoubleWell.dw4(), 2, 1);
        float[] rows = {0, 0, 8, 0, 0, 8, 8, 8, 0, 0, 8, 0, 0, 8, 8, 9};
        Evaluation.requireReference(task, rows, 1);
        System.arraycopy(rows, 0, rows, 8, 8);
        assertThatIllegalArgumentException().isThrownBy(() -> Evaluation.requireReference(task, rows, 1))
                .withMessageContaining("in all of its 2 rows; must have at least 2 different energies");
        assertThatIllegalArgumentException().isThrownBy(() -> Evaluation.requireReference(task, new float[16], 1))
                .withMessageContaining("reference has the energy");
        assertThatIllegalArgumentException().isThrownBy(() -> Evaluation.requireReference(task, new float[8], 1))
                .withMessageContaining("at least 2 rows");
        assertThatIllegalArgumentException().isThrownBy(() -> Evaluation.requireReference(task, new float[17], 1))
                .withMessageContaining("17 values");
        assertThatIllegalArgumentException().isThrownBy(() -> new ParticleTarget(1, 2, TARGET.energy(), 0))
                .withMessageContaining("particles is 1");
    }

    private static void requireNear(Metric metric, double exact) {
        assertThat(Math.abs(metric.value() - exact)).as(metric.name()).isLessThan(4 * metric.standardError());
    }
}
