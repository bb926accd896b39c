package dev.idem.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "nothing is passed on there")
final class SignalRelayTest {

    private static final long SECOND = 1_000_000_000;

    private final List<String> sent = new ArrayList<>();

    private SignalRelay relay(boolean terminal) {
        SignalRelay relay = new SignalRelay(terminal);
        relay.attach(sent::add);
        return relay;
    }

    @Test
    void passesEverythingOnWithoutTerminal() {
        SignalRelay relay = relay(false);

        relay.receive("INT", 0);
        relay.receive("TERM", 2 * SECOND);
        relay.receive("HUP", 4 * SECOND);

        assertThat(sent).containsExactly("INT", "TERM", "HUP");
    }

    @Test
    void countsOnceWhatArrivesWithinSecond() {
        SignalRelay relay = relay(false);

        relay.receive("INT", 5);
        relay.receive("INT", 6);
        relay.receive("TERM", SECOND);

        assertThat(sent).containsExactly("INT");
    }

    @Test
    void leavesFirstInterruptToTerminal() {
        SignalRelay relay = relay(true);

        relay.receive("INT", 0);
        assertThat(sent).isEmpty();

        relay.receive("INT", 1);
        assertThat(sent).containsExactly("INT");
    }

    @Test
    void passesTerminationOnAtTerminal() {
        SignalRelay relay = relay(true);

        relay.receive("TERM", 0);

        assertThat(sent).containsExactly("TERM");
    }

    @Test
    void keepsSignalForChildThatIsNotThereYet() {
        SignalRelay relay = new SignalRelay(false);
        relay.receive("TERM", 0);

        relay.attach(sent::add);

        assertThat(sent).containsExactly("TERM");
    }
}
