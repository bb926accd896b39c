package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void alignsColumns() {
        StringWriter text = new StringWriter();

        new TextTable("lrl").row("name", "value", "what").row("a", "1", "").row("longer name", "12345678", "x")
                .print(new PrintWriter(text));

        assertThat(text.toString().lines()).containsExactly("name            value  what", "a                   1",
                "longer name  12345678  x");
    }

    @Test
    void wantsACellPerColumn() {
        TextTable table = new TextTable("ll");

        assertThatThrownBy(() -> table.row("one")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a row needs 2 cells, got one");
    }
}
