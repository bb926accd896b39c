package dev.idem.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfigKeyTest {

    @Test
    void listsEveryKeyWithWhatIsAllowed() {
        assertThat(ConfigKey.all()).doesNotHaveDuplicates().contains(new ConfigKey("method", "idem | pdem"),
                new ConfigKey("loop.epochs", "integer"), new ConfigKey("estimator.biasCorrection", "true | false"),
                new ConfigKey("optimiser.learningRate", "number"), new ConfigKey("refill.steps", "integer"),
                new ConfigKey("mixture.means", "list of lists of numbers"),
                new ConfigKey("mixture.weights", "list of numbers"));
    }
}
