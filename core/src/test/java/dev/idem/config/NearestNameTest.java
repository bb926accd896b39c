package dev.idem.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

    private static final List<String> NAMES = List.of("optimiser.learningRate", "loop.epochs", "loop.batchSize",
            "seed");

    @ParameterizedTest
    @CsvSource({"optimiser.learningrat, optimiser.learningRate", "optimizer.learningRate, optimiser.learningRate",
            "loop.epoch, loop.epochs", "loop.BatchSize, loop.batchSize", "sede, seed"})
    void findsWhatWasMeant(String wrong, String meant) {
        assertThat(NearestName.among(NAMES, wrong)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"noise.schedule", "x", "''", "abcd"})
    void saysNothingWhenNothingIsNear(String wrong) {
        assertThat(NearestName.among(NAMES, wrong)).isEmpty();
        assertThat(NearestName.hint(NAMES, wrong)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', '', 0", "abc, '', 3", "'', abc, 3", "abc, abc, 0", "abc, acb, 1", "kitten, sitting, 3",
            "ca, abc, 3"})
    void countsLettersToChange(String a, String b, int distance) {
        assertThat(NearestName.distance(a, b)).isEqualTo(distance);
        assertThat(NearestName.distance(b, a)).isEqualTo(distance);
    }

    @Test
    void takesTheFirstOfEquallyNearNames() {
        assertThat(NearestName.among(List.of("rate1", "rate2"), "rate3")).contains("rate1");
    }
}
