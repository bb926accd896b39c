package dev.idem.io;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The few Python literals that a .npy header is made of: a dictionary from strings to strings, words and tuples of
 * words.
 *
 * @param values strings without quotes, words as they stand, tuples in parentheses without blanks
 */
record PythonDictionary(Map<String, String> values) {

    /** Returns a value that is there. */
    String get(String key) {
        return Objects.requireNonNull(values.get(key));
    }

    /**
     * Reads a dictionary in time proportional to the text.
     *
     * @param text the dictionary, with blanks around it
     * @return null if the text is anything else, or a key occurs twice
     */
    static @Nullable PythonDictionary parse(String text) {
        String body = text.strip();
        if (!body.startsWith("{") || !body.endsWith("}")) {
            return null;
        }
        Map<String, String> values = new HashMap<>();
        int end = body.length() - 1;
        int at = skipBlanks(body, 1);
        while (at < end) {
            int afterKey = endOfValue(body, at, end);
            if (afterKey < 0 || !isQuote(body.charAt(at))) {
                return null;
            }
            int colon = skipBlanks(body, afterKey);
            int value = skipBlanks(body, colon + 1);
            int afterValue = body.charAt(colon) == ':' && value < end ? endOfValue(body, value, end) : -1;
            if (afterValue < 0
                    || values.put(content(body, at, afterKey), content(body, value, afterValue)) != null) {
                return null;
            }
            at = skipBlanks(body, afterValue);
            if (at < end) {
                if (body.charAt(at) != ',') {
                    return null;
                }
                at = skipBlanks(body, at + 1);
            }
        }
        return new PythonDictionary(values);
    }

    /** Returns the place after the string, tuple or word that begins here; −1 if none does. */
    private static int endOfValue(String text, int from, int end) {
        char first = text.charAt(from);
        if (isQuote(first) || first == '(') {
            int close = text.indexOf(first == '(' ? ')' : first, from + 1);
            return close < 0 || close >= end ? -1 : close + 1;
        }
        int at = from;
        while (at < end && Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        return at == from ? -1 : at;
    }

    private static String content(String text, int from, int to) {
        char first = text.charAt(from);
        if (isQuote(first)) {
            return text.substring(from + 1, to - 1);
        }
        return text.substring(from, to).replaceAll("\\s", "");
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"';
    }

    /** Returns the first place from {@code at} on that is no blank; the closing brace stops the search. */
    private static int skipBlanks(String text, int at) {
        int place = Math.min(at, text.length() - 1);
        while (Character.isWhitespace(text.charAt(place))) {
            place++;
        }
        return place;
    }
}
