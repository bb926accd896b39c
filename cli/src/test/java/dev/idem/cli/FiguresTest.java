package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "40, 40", "-3, -3", "1e14, 100000000000000", "0.0123456, 0.01235", "-6.86214, -6.862",
            "12345.678, 12346", "0.5, 0.5000", "1.5e-5, 1.500e-05", "1234567.8, 1.235e+06", "NaN, -", "Infinity, inf",
            "9.99996, 10.00"})
    void hasFourDigits(double value, String shown) {
        assertThat(Figures.of(value)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"-6.86214, 0.00312, -6.8621 ± 0.0031", "32.123, 0.77, 32.12 ± 0.77", "-257.4, 15.2, -257 ± 15",
            "1.0, 0.0123, 1.000 ± 0.012", "1, 0, 1", "2e7, 5e5, 20000000 ± 500000", "0.5, 1e-12, 0.5000 ± 1.0e-12"})
    void showsTwoDigitsOfTheError(double value, double error, String shown) {
        assertThat(Figures.of(value, error, "±")).isEqualTo(shown);
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        assertThat(Figures.of(null, null, "±")).isEmpty();
        assertThat(Figures.of(1.25, null, "±")).isEqualTo("1.250");
    }

    @Test
    void groupsDigits() {
        assertThat(Figures.whole(256_000_000)).isEqualTo("256,000,000");
    }
}
