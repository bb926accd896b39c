package dev.idem.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that somebody meant.
 *
 * <p>The distance is the number of letters inserted, left out, replaced or exchanged with their neighbour (optimal
 * string alignment), upper and lower case alike.
 */
public final class NearestName {

    private static final int LETTERS_PER_SLIP = 3;

    private NearestName() {}

    /**
     * Returns the nearest of some names, the first of several; none if more than one letter in three, and more than two
     * letters, would have to change.
     */
    public static Optional<String> among(Collection<String> names, String wrong) {
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String name : names) {
            int distance = distance(name.toLowerCase(Locale.ROOT), wrong.toLowerCase(Locale.ROOT));
            if (distance < least && distance <= allowed(name, wrong)) {
                nearest = name;
                least = distance;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Returns {@code "; did you mean 'NAME'?"}, or nothing if no name is near. */
    public static String hint(Collection<String> names, String wrong) {
        return among(names, wrong).map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    private static int allowed(String name, String wrong) {
        int shorter = Math.min(name.length(), wrong.length());
        return Math.min(Math.max(2, shorter / LETTERS_PER_SLIP), shorter - 1);
    }

    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        Arrays.setAll(last, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], 1 + beforeLast[j - 2]);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
