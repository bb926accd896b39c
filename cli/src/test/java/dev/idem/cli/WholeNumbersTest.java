package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class WholeNumbersTest {

    @ParameterizedTest
    @CsvSource({"100000, 100000", "1e5, 100000", "100_000, 100000", "2.5e3, 2500", "-3, -3"})
    void readsLargeNumbers(String text, long expected) {
        assertThat(new WholeNumbers().convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.5", "1e-3", "1e30", "x", "_1", "1e999999999"})
    void refusesTheRest(String text) {
        assertThatThrownBy(() -> new WholeNumbers().convert(text)).isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' is not a whole number");
    }
}
