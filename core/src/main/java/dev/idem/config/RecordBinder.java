package dev.idem.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Turns a JSON tree into records: every component must be there, no other key may, and types are taken strictly.
 *
 * <p>Jackson's own binding is not used because its messages speak of Java classes, not of keys.
 */
final class RecordBinder {

    /** Up to here every whole number is a double. */
    private static final double LARGEST_EXACT = 0x1p53;

    private static final int LONGEST_VALUE = 60;

    private final Origins origins;

    RecordBinder(Origins origins) {
        this.origins = origins;
    }

    /** Returns the record that an object holds; path is that of the object, empty for the root. */
    <T extends Record> T record(Class<T> type, JsonNode node, String path) {
        if (!(node instanceof ObjectNode object)) {
            throw wrong(path, "an object with the keys " + String.join(", ", names(type)), node);
        }
        requireKnown(object, names(type), path);
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            JsonNode value = object.get(name);
            if (value == null) {
                throw new ConfigException(origins.of(path) + "key '" + join(path, name) + "' is missing");
            }
            values[i] = value(components[i].getGenericType(), value, join(path, name));
        }
        return construct(type, values, path);
    }

    /** Refuses keys that are not among some names. */
    void requireKnown(ObjectNode object, List<String> names, String path) {
        for (Iterator<String> keys = object.fieldNames(); keys.hasNext();) {
            String key = keys.next();
            if (!names.contains(key)) {
                String wrong = join(path, key);
                String hint = hint(wrong, key);
                throw new ConfigException(origins.of(wrong) + "unknown key '" + wrong + "'" + hint
                        + (hint.isEmpty() ? "; " : " ") + "keys here: " + String.join(", ", names));
            }
        }
    }

    /** Looks for the whole path first, be it of a key or a section, then for the same key in another section. */
    private static String hint(String wrong, String key) {
        List<String> paths = new ArrayList<>(ConfigKey.all().stream().map(ConfigKey::path).toList());
        paths.addAll(names(TrainConfig.class));
        String hint = NearestName.hint(paths, wrong);
        if (!hint.isEmpty()) {
            return hint;
        }
        return paths.stream().filter(path -> path.endsWith("." + key)).findFirst()
                .map(path -> "; did you mean '" + path + "'?").orElse("");
    }

    /** Returns a value of one of the types that components have. */
    Object value(Type type, JsonNode node, String path) {
        if (type instanceof ParameterizedType list) {
            return list(list.getActualTypeArguments()[0], node, path);
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isRecord()) {
            return record(raw.asSubclass(Record.class), node, path);
        }
        if (raw.isEnum()) {
            return choice(raw, node, path);
        }
        if (raw == int.class) {
            return Math.toIntExact(integer(node, path, Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        if (raw == long.class) {
            return integer(node, path, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        if (raw == double.class || raw == Double.class) {
            return number(node, path);
        }
        if (raw == boolean.class) {
            if (!node.isBoolean()) {
                throw wrong(path, "true or false", node);
            }
            return node.booleanValue();
        }
        if (!node.isTextual()) {
            throw wrong(path, "a text in quotes", node);
        }
        return node.textValue();
    }

    private List<Object> list(Type element, JsonNode node, String path) {
        if (!node.isArray()) {
            throw wrong(path, "a list [ ... ]", node);
        }
        List<Object> values = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            values.add(value(element, node.get(i), path + "[" + i + "]"));
        }
        return values;
    }

    private Object choice(Class<?> type, JsonNode node, String path) {
        List<String> names = ConfigKey.names(type);
        int index = node.isTextual() ? names.indexOf(node.textValue()) : -1;
        if (index < 0) {
            ConfigException wrong = wrong(path, "one of " + String.join(", ", names), node);
            throw node.isTextual()
                    ? new ConfigException(wrong.getMessage() + NearestName.hint(names, node.textValue()))
                    : wrong;
        }
        return type.getEnumConstants()[index];
    }

    private long integer(JsonNode node, String path, long least, long most) {
        if (node.isFloatingPointNumber()) {
            double value = node.doubleValue();
            if (value == Math.rint(value) && Math.abs(value) <= LARGEST_EXACT && value >= least && value <= most) {
                return (long) value;
            }
        } else if (node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= least
                && node.longValue() <= most) {
            return node.longValue();
        }
        throw wrong(path, node.isNumber() && node.doubleValue() == Math.rint(node.doubleValue())
                ? "an integer from " + least + " to " + most
                : "an integer", node);
    }

    private double number(JsonNode node, String path) {
        if (!node.isNumber()) {
            throw wrong(path, "a number", node);
        }
        if (!Double.isFinite(node.doubleValue())) {
            throw wrong(path, "a number that a double can hold", node);
        }
        return node.doubleValue();
    }

    private ConfigException wrong(String path, String expected, JsonNode node) {
        String value = node.isNumber() ? node.asText() : node.toString();
        String shown = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "..." : value;
        return new ConfigException(origins.of(path) + path + " must be " + expected + ", got " + shown);
    }

    private <T extends Record> T construct(Class<T> type, Object[] values, String path) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                String message = String.valueOf(refusal.getMessage());
                // Two sections have this type; the record knows only one name.
                String own = type == SamplerConfig.class ? message.replace("sampler.", path + ".") : message;
                throw new ConfigException(origins.ofMessage(own) + own, refusal);
            }
            throw new IllegalStateException("cannot make " + type, e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type, e);
        }
    }

    private static List<String> names(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
