package dev.idem.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes configurations as JSON that {@link ConfigReader} reads back without loss: every key, in the order of the
 * records' components.
 */
public final class ConfigWriter {

    /** Largest number of zeros that a whole number is written with, rather than with an exponent. */
    private static final int MOST_ZEROS = 15;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ConfigWriter() {}

    /**
     * Returns a configuration as indented JSON that ends with a line end.
     *
     * @throws IllegalArgumentException if a number is infinite or NaN, for which JSON has no form
     */
    public static String json(RunConfig config) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", Version.current());
        root.put("task", config.task());
        config.energyClass().ifPresent(name -> root.put("energyClass", name));
        if (!config.classpath().isEmpty()) {
            root.set("classpath", node(config.classpath(), "classpath"));
        }
        config.mixture().ifPresent(mixture -> root.set(ConfigKey.MIXTURE, node(mixture, ConfigKey.MIXTURE)));
        root.put("preset", config.preset());
        root.put("seed", config.seed());
        root.setAll(tree(config.train()));
        try {
            return MAPPER.writer(layout()).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a JSON tree: " + e.getOriginalMessage(), e);
        }
    }

    /** Returns the value of every setting by its path, as {@code --set} takes it. */
    public static Map<String, String> values(TrainConfig config) {
        Map<String, String> values = new LinkedHashMap<>();
        for (ConfigKey key : ConfigKey.all()) {
            JsonNode node = tree(config).at("/" + key.path().replace('.', '/'));
            if (!node.isMissingNode()) {
                values.put(key.path(), node.asText());
            }
        }
        return values;
    }

    /** Returns a new tree of the settings. */
    static ObjectNode tree(TrainConfig config) {
        return (ObjectNode) node(config, "");
    }

    private static JsonNode node(Object value, String path) {
        return switch (value) {
            case Record parts -> object(parts, path);
            case List<?> list -> array(list, path);
            case Enum<?> choice -> TextNode.valueOf(Names.of(choice));
            case String text -> TextNode.valueOf(text);
            case Boolean truth -> BooleanNode.valueOf(truth);
            case Integer number -> IntNode.valueOf(number);
            case Long number -> LongNode.valueOf(number);
            case Double number -> number(number, path);
            default -> throw new IllegalStateException(path + " has a type without a JSON form: " + value.getClass());
        };
    }

    private static ObjectNode object(Record parts, String path) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (RecordComponent component : parts.getClass().getRecordComponents()) {
            String name = component.getName();
            try {
                Object value = component.getAccessor().invoke(parts);
                object.set(name, node(value, path.isEmpty() ? name : path + "." + name));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read component " + name + " of " + parts.getClass(), e);
            }
        }
        return object;
    }

    private static ArrayNode array(List<?> list, String path) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Object element : list) {
            array.add(node(element, path));
        }
        return array;
    }

    private static JsonNode number(double value, String path) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(path + " must be finite to be written as JSON, got " + value);
        }
        if (Double.compare(value, -0.0) == 0) {
            return DoubleNode.valueOf(value); // which a BigDecimal has not
        }
        BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (shortest.scale() < 0 && shortest.scale() >= -MOST_ZEROS) {
            shortest = shortest.setScale(0);
        }
        return DecimalNode.valueOf(shortest);
    }

    private static DefaultPrettyPrinter layout() {
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER);
        return new DefaultPrettyPrinter(separators).withObjectIndenter(new DefaultIndenter("  ", "\n"));
    }
}
