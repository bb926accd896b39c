package dev.idem.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTest {

    @ParameterizedTest
    @CsvSource({"1, 20", "8, 24", "10, 20", "50, 50"})
    void timesWholeTrajectories(int trajectory, int steps) {
        assertThat(Calibration.timedChainSteps(trajectory)).isEqualTo(steps);
    }
}
