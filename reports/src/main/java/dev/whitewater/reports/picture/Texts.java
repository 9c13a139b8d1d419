package dev.whitewater.reports.picture;

/** Texts that fit: long data is cut between characters, never inside one, and says so. */
public final class Texts {

    private Texts() {}

    private static final int RUN_MIN = 8;

    /**
     * A character that is repeated many times is written once, with the count: padding in values
     * would push everything else aside.
     */
    public static String unpadded(String text) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            int end = i + 1;
            while (end < text.length() && text.charAt(end) == text.charAt(i)) {
                end++;
            }
            boolean padding = end - i >= RUN_MIN && !Character.isSurrogate(text.charAt(i));
            out.append(padding ? text.charAt(i) + "×" + (end - i) : text.substring(i, end));
            i = end;
        }
        return out.toString();
    }

    /** At most {@code limit} characters, the last one an ellipsis when something was cut. */
    public static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = limit - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }

    /** As {@link #cut}, with the full length, for places where a reader may want to know. */
    public static String cutTelling(String text, int limit) {
        return text.length() <= limit
                ? text
                : cut(text, limit) + " (" + text.length() + " characters)";
    }
}
