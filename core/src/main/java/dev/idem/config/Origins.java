package dev.idem.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Where each key's value was given: in which file, by which option. Decides what an error message begins with. */
final class Origins {

    private final Map<String, String> ofPath = new LinkedHashMap<>();
    private final String otherwise;

    /** Starts with an origin for all paths that none is noted for; empty if there is none. */
    Origins(String otherwise) {
        this.otherwise = otherwise;
    }

    /** Notes the origin of a node and of all below it. */
    void note(String path, JsonNode node, String origin) {
        ofPath.put(path, origin);
        node.properties().forEach(field -> note(path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                field.getValue(), origin));
    }

    /** Returns {@code "ORIGIN: "} of a path or the nearest one above it; empty if nobody gave it. */
    String of(String path) {
        String at = path.replaceFirst("\\[.*", "");
        while (true) {
            String origin = ofPath.get(at);
            if (origin != null) {
                return origin + ": ";
            }
            if (at.isEmpty()) {
                return otherwise.isEmpty() ? "" : otherwise + ": ";
            }
            at = at.substring(0, Math.max(0, at.lastIndexOf('.')));
        }
    }

    /** Returns the origins of the keys that a message names, {@code "A, B: "}. */
    String ofMessage(String message) {
        Set<String> origins = new LinkedHashSet<>();
        ofPath.forEach((path, origin) -> {
            if (path.contains(".")
                    && Pattern.compile("(?<![\\w.])" + Pattern.quote(path) + "(?!\\w)").matcher(message).find()) {
                origins.add(origin);
            }
        });
        return origins.isEmpty() ? of("") : String.join(", ", origins) + ": ";
    }
}
