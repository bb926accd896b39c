package dev.idem.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EffectiveSampleSizeTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, -800, 5000})
    void equalWeightsCountFully(double logWeight) {
        double[] logWeights = {logWeight, logWeight, logWeight, Double.NEGATIVE_INFINITY};
        assertThat(EffectiveSampleSize.ofLogWeights(logWeights)).isEqualTo(3);
    }

    @Test
    void unequalWeightsCountByKish() {
        double[] logWeights = {StrictMath.log(1) + 900, StrictMath.log(2) + 900, StrictMath.log(5) + 900};
        assertThat(EffectiveSampleSize.ofLogWeights(logWeights)).isCloseTo(64.0 / 30, within(1e-12));
    }

    @Test
    void oneDominantWeightCountsOnce() {
        assertThat(EffectiveSampleSize.ofLogWeights(new double[] {0, -2000, -3000})).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoWeight() {
        assertThatIllegalArgumentException().isThrownBy(() -> EffectiveSampleSize.ofLogWeights(new double[0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EffectiveSampleSize.ofLogWeights(new double[] {Double.NEGATIVE_INFINITY}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EffectiveSampleSize.ofLogWeights(new double[] {0, Double.NaN}))
                .withMessageContaining("logWeights[1] is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EffectiveSampleSize.ofLogWeights(new double[] {Double.POSITIVE_INFINITY}));
    }
}
