package dev.idem.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.OptionalLong;

/** Writes metrics and summaries as JSON; a number that JSON cannot express becomes null. */
public final class RunJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder().addModule(new SimpleModule()
            .addSerializer(Double.class, new FiniteDouble()).addSerializer(double.class, new FiniteDouble()))
            .defaultPropertyInclusion(JsonInclude.Value.ALL_ALWAYS).build();

    private RunJson() {}

    /** Returns a record on one line. */
    public static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value + " cannot be written as JSON", e);
        }
    }

    /** Returns a record on many lines, with a newline at the end. */
    public static String pretty(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value + " cannot be written as JSON", e);
        }
    }

    /** Returns a whole number of a record that was written, if it is there. */
    static OptionalLong longOf(String json, String key) {
        try {
            JsonNode value = MAPPER.readTree(json).path(key);
            return value.isIntegralNumber() ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
        } catch (JsonProcessingException e) {
            return OptionalLong.empty();
        }
    }

    private static final class FiniteDouble extends StdSerializer<Double> {

        private static final long serialVersionUID = 1L;

        FiniteDouble() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                generator.writeNumber(value);
            } else {
                generator.writeNull();
            }
        }
    }
}
