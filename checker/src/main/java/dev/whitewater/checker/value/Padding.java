package dev.whitewater.checker.value;

/**
 * Shortens what fills values up to a size: a run of one character becomes that character and how
 * often it stood there, so that a sentence about the value can be read.
 */
public final class Padding {
    private static final int SHOWN_IN_FULL = 7;

    private Padding() {}

    /** {@code "v1......................"} as {@code "v1.×22"}. */
    public static String shortened(String text) {
        StringBuilder out = new StringBuilder();
        int end;
        for (int from = 0; from < text.length(); from = end) {
            end = from + 1;
            while (end < text.length() && text.charAt(end) == text.charAt(from)) {
                end++;
            }
            // Half a character can't be written, not even once.
            if (end - from > SHOWN_IN_FULL && !Character.isSurrogate(text.charAt(from))) {
                out.append(text.charAt(from)).append('×').append(end - from);
            } else {
                out.append(text, from, end);
            }
        }
        return out.toString();
    }
}
