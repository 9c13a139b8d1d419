package dev.whitewater.scenarios.io;

import dev.whitewater.node.port.CrashPoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Small pieces of sentences. */
public final class Wording {
    private static final int LONGEST_QUOTE = 60;

    private Wording() {}

    /** One line of at most 60 characters, without control characters. */
    static String shorten(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .limit(LONGEST_QUOTE)
                .forEach(
                        c -> {
                            if (Character.isISOControl(c)) {
                                out.append(' ');
                            } else {
                                out.appendCodePoint(c);
                            }
                        });
        return text.codePointCount(0, text.length()) > LONGEST_QUOTE ? out + "…" : out.toString();
    }

    /** "a, b or c". */
    public static String anyOf(List<String> names) {
        if (names.size() < 2) {
            return String.join("", names);
        }
        int last = names.size() - 1;
        return String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }

    /** A crash point in the words of scenario files. */
    static String point(CrashPoint point) {
        return point.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static CrashPoint point(String word) {
        return CrashPoint.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    static List<String> points() {
        List<String> words = new ArrayList<>();
        for (CrashPoint point : CrashPoint.values()) {
            words.add(point(point));
        }
        return words;
    }

    /**
     * The names nearest to what was typed, if it differs in no more than a third of its letters.
     */
    public static List<String> nearest(String typed, List<String> known) {
        List<String> found = new ArrayList<>();
        for (int distance = 0; found.isEmpty() && distance <= typed.length() / 3 + 1; distance++) {
            for (String name : known) {
                if (editDistance(typed, name) == distance) {
                    found.add(name);
                }
            }
        }
        return found.subList(0, Math.min(3, found.size()));
    }

    /** " (did you mean a or b?)", or nothing when no name is near. */
    public static String didYouMean(String typed, List<String> known) {
        List<String> near = nearest(typed, known);
        return near.isEmpty() ? "" : " (did you mean " + anyOf(near) + "?)";
    }

    /** Levenshtein's distance, by rows. */
    private static int editDistance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
