package dev.idem.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Reads JSON text into trees, with messages for people. */
final class JsonFiles {

    private static final JsonMapper MAPPER = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /** For values on the command line, where .5 and +1 are numbers too. */
    private static final JsonMapper LENIENT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_TRAILING_DECIMAL_POINT_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS).build();

    private static final Pattern START_MARKER = Pattern
            .compile("\\(start marker at \\[.*?line: (\\d+), column: (\\d+)\\]\\)");

    private JsonFiles() {}

    /** Returns the object that a file holds. */
    static ObjectNode read(Path file) {
        try {
            return parse(Files.readAllBytes(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new ConfigException("cannot read " + file + ": no such file", e);
        } catch (AccessDeniedException e) {
            throw new ConfigException("cannot read " + file + ": permission denied", e);
        } catch (IOException e) {
            throw new ConfigException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Returns the object that a text holds; origin names it in messages. */
    static ObjectNode parse(byte[] text, String origin) {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new ConfigException(origin + ": " + position(e.getLocation()) + message(e), e);
        } catch (IOException e) {
            throw new ConfigException(origin + ": " + e.getMessage(), e);
        }
        if (root instanceof ObjectNode object) {
            return object;
        }
        throw new ConfigException(origin + ": must hold a JSON object { ... }, "
                + (root == null || root.isMissingNode() ? "but is empty" : "got " + root.getNodeType()));
    }

    /** Returns a value as it stands on the command line: JSON, or else a text without quotes. */
    static JsonNode value(String text) {
        try {
            JsonNode node = LENIENT.readTree(text);
            return node == null || node.isMissingNode() ? TextNode.valueOf(text) : node;
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }

    private static String position(JsonLocation location) {
        return location == null ? "" : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }

    private static String message(JsonProcessingException e) {
        String plain = START_MARKER.matcher(e.getOriginalMessage()).replaceAll("(opened in line $1, column $2)");
        // Whoever wrote the file cannot enable features of the parser.
        return plain.replaceAll(": enable `.*", ", which JSON does not know").replaceAll("\\s+", " ").strip();
    }
}
