package dev.idem.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.energy.ManyWell;
import dev.idem.energy.PairDoubleWell;
import dev.idem.schedule.NoiseSchedule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A bad program fails where it is made, naming the op; a good one prints as one line per op. */
class ProgramTest {

    private static final Buffer COUNTER = Counter.buffer("counter");
    private static final Buffer X = Buffer.floats("x", 4, 2, Role.INPUT);
    private static final Buffer TIME = Buffer.floats("time", 4, 1, Role.SCRATCH);
    private static final Buffer VARIANCE = Buffer.floats("variance", 4, 1, Role.SCRATCH);

    private static void assertRefused(String message, Op... ops) {
        assertThatThrownBy(() -> new Program("bad", List.of(ops))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("program bad").hasMessageContaining(message);
    }

    @Test
    void printsOneLinePerOp() {
        Program program = new Program("levels", List.of(new NoiseOp.Times(COUNTER, TIME, true, 7),
                new NoiseOp.Variances(TIME, VARIANCE, new NoiseSchedule.LogUniform(0.5, 2)),
                new CounterOp.Advance(COUNTER, Counter.STEP, 1)));
        assertThat(program).hasToString("""
                levels
                  Noise.Times(counter[1][4]) -> time[4][1] {stratified=true, stream=7}
                  Noise.Variances(time[4][1]) -> variance[4][1] {schedule=LogUniform[sigmaMin=0.5, sigmaMax=2.0]}
                  Counter.Advance(counter[1][4]) -> counter[1][4] {word=2, amount=1}""");
    }

    @Test
    void refusesScratchReadBeforeItIsWritten() {
        assertRefused("time[4][1] is read before it is written",
                new NoiseOp.Variances(TIME, VARIANCE, new NoiseSchedule.LogUniform(0.5, 2)));
    }

    @Test
    void refusesWritingAnInput() {
        assertRefused("whose role is INPUT", new NoiseOp.Gaussian(COUNTER, X, 1, 0));
    }

    @Test
    void refusesTwoBuffersOfOneName() {
        Buffer other = Buffer.floats("x", 4, 3, Role.SCRATCH);
        assertRefused("has the name of another buffer", new TargetOp.ClipParts(X, other, 1, 1));
        Program first = new Program("first", List.of(new NoiseOp.Gaussian(COUNTER, other, 1, 0)));
        Program second = new Program("second",
                List.of(new NoiseOp.Gaussian(COUNTER, Buffer.floats("x", 4, 2, Role.STATE), 1, 0)));
        assertThatThrownBy(() -> Program.buffersByName(List.of(first, second)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("x[4][3]")
                .hasMessageContaining("x[4][2]");
    }

    @Test
    void refusesRowsThatDoNotMatch() {
        Buffer long5 = Buffer.floats("y", 5, 2, Role.SCRATCH);
        assertRefused("row by row, but loops over 5 rows", new TargetOp.ClipParts(X, long5, 1, 1));
    }

    @Test
    void refusesColumnsThatDoNotMatch() {
        Buffer wide = Buffer.floats("y", 4, 3, Role.SCRATCH);
        assertRefused("must have equally many columns", new TargetOp.ClipParts(X, wide, 1, 1));
    }

    @Test
    void refusesEnergiesOfAnotherSize() {
        Buffer state = Buffer.floats("state", 4, 6, Role.STATE);
        Buffer energy = Buffer.floats("energy", 4, 1, Role.STATE);
        assertRefused("must have the energy's 8 columns",
                new EnergyOp.OfRows(state, energy, null, PairDoubleWell.dw4()));
        assertRefused("must have equally many rows", new EnergyOp.OfRows(Buffer.floats("one", 1, 8, Role.STATE),
                energy, null, PairDoubleWell.dw4()));
        assertRefused("must not be both read and written",
                new EnergyOp.OfRows(state, energy, state, new ManyWell(6)));
    }

    @Test
    void refusesAliasesWhereTheyWouldBeWrong() {
        Buffer state = Buffer.floats("state", 4, 2, Role.STATE);
        Buffer parameters = Buffer.floats("parameters", 6, 1, Role.STATE);
        assertRefused("must not be both read and written",
                new NetworkOp.Linear(state, parameters, null, state, 0, 4));
    }

    @Test
    void refusesParametersOutOfRange() {
        Buffer parameters = Buffer.floats("parameters", 5, 1, Role.STATE);
        Buffer out = Buffer.floats("out", 4, 2, Role.SCRATCH);
        assertRefused("do not lie in parameters[5][1]", new NetworkOp.Linear(X, parameters, null, out, 0, 4));
        assertRefused("do not lie in parameters[5][1]", new NetworkOp.Linear(X, parameters, null, out, 2, -1));
    }

    @Test
    void refusesALinearLayerWithBiasAndAddend() {
        Buffer parameters = Buffer.floats("parameters", 6, 1, Role.STATE);
        Buffer out = Buffer.floats("out", 4, 2, Role.SCRATCH);
        Buffer addend = Buffer.floats("addend", 1, 2, Role.INPUT);
        assertRefused("a bias or an addend, not both", new NetworkOp.Linear(X, parameters, addend, out, 0, 4));
    }

    @Test
    void refusesItemsThatDoNotMatch() {
        Pairs pairs = new Pairs(3, true);
        Buffer nodes = Buffer.floats("nodes", 4, 3, 2, Role.STATE);
        Buffer edges = Buffer.floats("edges", 4, 6, 2, Role.STATE);
        Buffer twelve = Buffer.floats("twelve", 12, 2, Role.STATE);
        assertRefused("edges[4][6][2] must have 3 edges",
                new PairOp.NodeSum(edges, nodes, 1, new Pairs(3, false)));
        assertRefused("row by row, but loops over 12 rows", new TargetOp.ClipParts(twelve, nodes, 1, 1));
        assertRefused("must have one row for a sample", new PairOp.Spread(nodes, edges));
        assertThat(new Program("good", List.of(new PairOp.NodeSum(edges, nodes, 1, pairs))).ops()).hasSize(1);
    }

    @Test
    void pairsGoByReceiverThenSender() {
        assertThat(new Pairs(3, true).receivers()).containsExactly(0, 0, 1, 1, 2, 2);
        assertThat(new Pairs(3, true).senders()).containsExactly(1, 2, 0, 2, 0, 1);
        assertThat(new Pairs(3, false).receivers()).containsExactly(0, 0, 1);
        assertThat(new Pairs(3, false).senders()).containsExactly(1, 2, 2);
    }

    @Test
    void refusesAnEmptyProgramAndAForeignCounter() {
        assertThatThrownBy(() -> new Program("empty", List.of())).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("program empty has no ops");
        assertRefused("must be a counter", new CounterOp.Advance(Buffer.ints("c", 1, 3, Role.STATE), 0, 1));
    }

    @Test
    void shapesAreChecked() {
        assertThatThrownBy(() -> new Shape(0, 3)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[0][3]");
        assertThat(new Shape(2, 3, 4)).hasToString("[2][3][4]");
        assertThat(new Shape(2, 3, 4).rows()).isEqualTo(6);
        assertThatThrownBy(() -> new Shape(1 << 20, 1 << 20, 1 << 30)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Shape(1 << 16, 1 << 16)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noiseBinsCoverTheLine() {
        NoiseBins bins = new NoiseBins(32, 0.002, 1);
        assertThat(bins.of(0)).isZero();
        assertThat(bins.of(Double.NaN)).isZero();
        assertThat(bins.of(100)).isEqualTo(31);
        for (int bin = 0; bin < 32; bin++) {
            assertThat(bins.of(bins.centre(bin) * bins.centre(bin))).isEqualTo(bin);
        }
    }

    @Test
    void streamsAndNamesAreUnique() {
        ProgramBuilder builder = new ProgramBuilder("p", 10);
        assertThat(builder.stream()).isEqualTo(10);
        assertThat(builder.stream()).isEqualTo(11);
        assertThat(builder.scratch("a", 1, 1).name()).isEqualTo("p.a");
        assertThat(builder.scratch("a", 1, 1).name()).isEqualTo("p.a2");
    }
}
