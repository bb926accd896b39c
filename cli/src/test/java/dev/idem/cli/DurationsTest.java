package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"30s, PT30S", "5m, PT5M", "1h30m, PT1H30M", "2D, PT48H", "1.5s, PT1.5S", "PT5M, PT5M",
            "pt0.25s, PT0.25S",
            "1d2h3m4s, PT26H3M4S"})
    void readsWhatPeopleWrite(String text, Duration expected) {
        assertThat(new Durations().convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "30", "5 m", "m", "1m1h", "-5s", "0s", "PT0S", "PT-1S", "5x", "1.5m", "99999999999s", "px"})
    void refusesTheRest(String text) {
        assertThatThrownBy(() -> new Durations().convert(text)).isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({"0.018, 0.018 s", "1.26, 1.3 s", "41.4, 41 s", "99.4, 99 s", "99.6, 1 min 40 s", "200, 3 min 20 s",
            "7500, 2 h 5 min", "NaN, ?", "Infinity, ?"})
    void speaksInWords(double seconds, String words) {
        assertThat(Durations.words(seconds)).isEqualTo(words);
    }
}
