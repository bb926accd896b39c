package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.train.EpochMetrics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainProgressTest {

    private final StringWriter err = new StringWriter();

    private static EpochMetrics epoch(int epoch, double energyW2) {
        return new EpochMetrics(epoch, 50, epoch * 100L, 0.031234, 0.52, 1e-3, 34.06, List.of(), List.of(), 0, energyW2,
                1000, 0, null, 512.3, 10, 25.2);
    }

    private TrainProgress progress(boolean live, boolean quiet, Interruption interruption) {
        PrintWriter writer = new PrintWriter(err);
        return new TrainProgress(new Terminal(writer, writer, false, live, 60, "±"), quiet, interruption, "runs/x");
    }

    private TrainProgress progress(boolean live, boolean quiet) {
        try (Interruption interruption = Interruption
                .listen(Terminal.plain(new PrintWriter(err), new PrintWriter(err)))) {
            return progress(live, quiet, interruption);
        }
    }

    @Test
    void saysAllFiguresOnOneLine() {
        assertThat(TrainProgress.line(epoch(12, 0.2134))).isEqualTo(
                "epoch 12/50  loss 0.0312  grad 0.520  ess 34.1  E-W2 0.213  512 steps/s  ETA 25 s");
        assertThat(TrainProgress.line(epoch(12, Double.NaN))).doesNotContain("E-W2");
    }

    @Test
    void writesOverOneLineOfATerminal() {
        TrainProgress progress = progress(true, false);

        progress.epoch(epoch(1, 0.2));
        progress.epoch(epoch(2, 0.2));
        progress.end();

        assertThat(err.toString()).doesNotContain("\n").contains("epoch 2/50").endsWith("\r\u001b[K");
        assertThat(err.toString().split("\r\u001b\\[K")).allMatch(line -> line.length() < 60);
    }

    @Test
    void saysLittleElsewhere() {
        TrainProgress progress = progress(false, false);

        for (int epoch = 1; epoch <= 50; epoch++) {
            progress.epoch(epoch(epoch, 0.2));
        }
        progress.end();

        assertThat(err.toString()).doesNotContain("\u001b").contains("epoch 1/50").contains("epoch 50/50")
                .hasLineCount(2);
    }

    @Test
    void saysNothingIfQuiet() {
        TrainProgress progress = progress(true, true);

        progress.phase("filling the replay");
        progress.epoch(epoch(1, 0.2));
        progress.end();

        assertThat(err.toString()).isEmpty();
        assertThat(progress.begun()).isTrue();
    }
}
