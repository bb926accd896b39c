package dev.idem.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A setting of a run.
 *
 * @param path as {@code --set} and configuration files have it, as {@code optimiser.learningRate}
 * @param allowed kind of value in words, or the names to choose from, as {@code integer} or {@code unit | variance}
 */
public record ConfigKey(String path, String allowed) {

    /** The section of a user's own mixture. */
    static final String MIXTURE = "mixture";

    /** Returns all keys of the settings, in the order of the configuration's records, and those of a user's mixture. */
    public static List<ConfigKey> all() {
        List<ConfigKey> keys = new ArrayList<>();
        append(TrainConfig.class, "", keys);
        append(MixtureConfig.class, MIXTURE + ".", keys);
        return List.copyOf(keys);
    }

    private static void append(Class<?> type, String prefix, List<ConfigKey> keys) {
        for (RecordComponent component : type.getRecordComponents()) {
            String path = prefix + component.getName();
            if (component.getType().isRecord()) {
                append(component.getType(), path + ".", keys);
            } else {
                keys.add(new ConfigKey(path, words(component.getGenericType())));
            }
        }
    }

    private static String words(Type type) {
        if (type instanceof ParameterizedType list) {
            return "list of " + plural(words(list.getActualTypeArguments()[0]));
        }
        if (type instanceof Class<?> choice && choice.isEnum()) {
            return String.join(" | ", names(choice));
        }
        if (type == int.class || type == long.class) {
            return "integer";
        }
        if (type == boolean.class) {
            return "true | false";
        }
        return "number";
    }

    private static String plural(String words) {
        return words.startsWith("list") ? words.replaceFirst("list", "lists") : words + "s";
    }

    /** Returns the names of an enum's choices. */
    static List<String> names(Class<?> choice) {
        return Arrays.stream(choice.getEnumConstants()).map(constant -> Names.of((Enum<?>) constant)).toList();
    }
}
