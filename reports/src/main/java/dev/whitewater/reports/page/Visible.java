package dev.whitewater.reports.page;

/**
 * Makes characters visible that would otherwise be invisible, break the file, or turn the reading
 * direction of what follows: control characters, lone surrogates, bidirectional overrides. The last
 * step over the whole page, so that no text can get around it.
 */
final class Visible {

    private static final char FIRST_PICTURE = '\u2400';

    private Visible() {}

    static String text(String page) {
        StringBuilder out = new StringBuilder(page.length() + 64);
        int i = 0;
        while (i < page.length()) {
            int c = page.codePointAt(i);
            i += Character.charCount(c);
            append(c, out);
        }
        return out.toString();
    }

    private static void append(int c, StringBuilder out) {
        if (c < 0x20 && c != '\n') {
            out.append((char) (FIRST_PICTURE + c));
        } else if (c == 0x7f) {
            out.append('\u2421');
        } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
            out.append('\ufffd');
        } else if (isHidden(c)) {
            out.append("‹U+").append(hex(c)).append('›');
        } else {
            out.appendCodePoint(c);
        }
    }

    private static boolean isHidden(int c) {
        boolean direction = c == 0x061c || in(c, 0x200e, 0x200f) || in(c, 0x202a, 0x202e);
        boolean isolate = in(c, 0x2066, 0x2069);
        boolean newLine = in(c, 0x2028, 0x2029);
        boolean nothing = in(c, 0x200b, 0x200d) || c == 0xfeff;
        boolean high = in(c, 0x80, 0x9f) || (c & 0xfffe) == 0xfffe;
        return direction || isolate || newLine || nothing || high;
    }

    private static boolean in(int c, int first, int last) {
        return c >= first && c <= last;
    }

    private static String hex(int c) {
        String digits = Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT);
        return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
    }
}
