package dev.whitewater.reports.picture;

/** Texts that fit: long data is cut between characters, never inside one, and says so. */
public final class Texts {

    private Texts() {}

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
